import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { EvaluationDocument } from '../src/model/evaluation.ts';
import { call } from './command.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-evaluate-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

async function virga(...argv: string[]): Promise<{ status: number; out: string; err: string }> {
  const { status, out, err } = await call(argv);
  return { status, out, err };
}

const small = ['--seeds', '1', '--hosts', '60', '--days', '1', '--each', '2'];

describe('virga evaluate', () => {
  test('what is listed is found in a made-up network, and the same seed says the same', {
    timeout: 60_000,
  }, async () => {
    const ask = [
      'evaluate',
      ...small,
      '--telemetry',
      'dns',
      '--scenario',
      'listed-once',
      '--scenario',
      'listed-path',
      '--format',
      'json',
    ];
    const { status, out, err } = await virga(...ask);
    expect(`${status} ${err}`).toBe('0 ');
    const document: EvaluationDocument = JSON.parse(out);
    const [row] = document.scenarios;
    expect(row).toMatchObject({ scenario: 'listed-once', telemetry: 'dns', level: 'finding', asked: 2, found: 2 });
    expect(document.scenarios).toHaveLength(1);
    expect(document.out_of_sight).toEqual([{ telemetry: 'dns', scenarios: ['listed-path'] }]);
    expect(document.telemetry[0]?.false_findings.count).toBe(0);
    const { run: _first, ...same }: EvaluationDocument = JSON.parse((await virga(...ask)).out);
    const { run: _again, ...before } = document;
    expect(same).toEqual(before);
  });

  test('plants into logs of one’s own, and reports as Markdown', { timeout: 60_000 }, async () => {
    const file = path.join(temp, 'report.md');
    const logs = path.join(import.meta.dirname, '..', 'examples', 'logs', 'zeek');
    const { status, out, err } = await virga(
      ...['evaluate', '--logs', logs, '--seeds', '1', '--each', '2', '--scenario', 'listed-once', '--out', file],
    );
    expect(`${status} ${err}${out}`).toBe('0 ');
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('| listed-once | own | finding | 2 of 2 |');
    expect(text).toContain('examples/logs/zeek');
    expect(text).not.toContain('MITRE');
  });

  test('logs that name no hosts are refused in one sentence', async () => {
    const profile = path.join(import.meta.dirname, '..', 'examples', 'intel');
    const { status, err } = await virga('evaluate', '--logs', profile, ...small);
    expect(status).toBe(1);
    expect(err.trim().split('\n').at(-1)).toMatch(/nothing can be planted there/);
  });

  test.each([
    [['--scenario', 'nonsense'], '--scenario takes listed-beacon, '],
    [['--telemetry', 'smoke'], '--telemetry takes dns, flow, tls, proxy, all'],
    [['--hosts', '0'], '--hosts takes a whole number from 1'],
    [['--format', 'pdf'], '--format takes table, json, markdown, html'],
  ])('%s is wrong usage', async (argv, sentence) => {
    const { status, err } = await virga('evaluate', ...argv);
    expect(status).toBe(2);
    expect(err).toContain(sentence);
  });
});
