/** `virga stix` through the front door. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../src/cli/run.ts';

async function virga(argv: readonly string[], input: string | Buffer = '') {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [out, err] = [text(stdout), text(stderr)];
  const status = await run(argv, { stdin: Readable.from([Buffer.from(input)]), stdout, stderr });
  stdout.end();
  stderr.end();
  const answers = (await out).split('\n').filter(Boolean);
  return { status, answers: answers.map((line): unknown => JSON.parse(line)), err: await err };
}

const lines = (...questions: readonly unknown[]): string =>
  questions.map((question) => `${typeof question === 'string' ? question : JSON.stringify(question)}\n`).join('');
const observed = {
  type: 'observed-data',
  number_observed: 1,
  first_observed: '2026-01-01T00:00:00Z',
  last_observed: '2026-01-01T00:00:00Z',
  objects: { 0: { type: 'domain-name', value: 'a.example' } },
};

describe('virga stix match', () => {
  it('answers each question in order, whatever the one before was', async () => {
    const pattern = "[domain-name:value = 'a.example']";
    const { status, answers, err } = await virga(
      ['stix', 'match'],
      lines(
        { id: 'a', stix_version: '2.0', pattern, observations: [observed] },
        '',
        { id: 'b', stix_version: '2.1', pattern: '[a:b', observations: [observed] },
        { id: 'c', stix_version: '3.0', pattern, observations: [] },
        'no json',
        { id: 7, pattern: "[domain-name:value LIKE 'b%']", observations: [observed] },
        { pattern },
      ),
    );
    expect([status, err]).toEqual([0, '']);
    expect(answers).toEqual([
      { id: 'a', verdict: 'match' },
      { id: 'b', verdict: 'error', error: 'column 5: expected a comparison operator, found the end' },
      { id: 'c', verdict: 'error', error: expect.stringMatching(/^line 4: stix_version: /) },
      { id: null, verdict: 'error', error: 'line 5: not JSON' },
      { id: 7, verdict: 'nomatch' },
      { id: null, verdict: 'error', error: expect.stringMatching(/^line 7: observations: /) },
    ]);
  });

  it('a line without end is one error', async () => {
    const { status, answers } = await virga(['stix', 'match'], Buffer.alloc(70_000_000, 'x'));
    expect(status).toBe(0);
    expect(answers).toEqual([{ id: null, verdict: 'error', error: 'line 1: longer than 67108864 characters' }]);
  });
});

describe('virga stix check', () => {
  it('answers each question in order', async () => {
    const { status, answers } = await virga(
      ['stix', 'check'],
      lines(
        { id: 1, stix_version: '2.0', pattern: '[EXISTS a:b]' },
        { id: 2, stix_version: '2.1', pattern: '[EXISTS a:b]' },
        { id: 3, stix_version: '2.1', pattern: "[file:hashes.MD5 = 'x']" },
        [],
      ),
    );
    expect(status).toBe(0);
    expect(answers).toEqual([
      { id: 1, valid: false, error: 'column 2: expected an object path such as domain-name:value, found "EXISTS"' },
      { id: 2, valid: true },
      { id: 3, valid: false, error: '"x" is no MD5 hash' },
      { id: null, valid: false, error: expect.stringMatching(/^line 4: /) },
    ]);
  });
});

describe('virga stix find', () => {
  const log = 'tests-stix-dns.log';
  const rows = [
    ['1767225600.000000', 'CaaA', '10.0.0.1', '50000', '192.0.2.53', '53', 'udp', 'a.evil.example', 'A', '192.0.2.7'],
    ['1767225660.000000', 'CbbB', '10.0.0.2', '50001', '192.0.2.53', '53', 'udp', 'good.example', 'A', '192.0.2.8'],
  ];
  const fields = [
    'ts',
    'uid',
    'id.orig_h',
    'id.orig_p',
    'id.resp_h',
    'id.resp_p',
    'proto',
    'query',
    'qtype_name',
    'answers',
  ];
  const types = ['time', 'string', 'addr', 'port', 'addr', 'port', 'enum', 'string', 'string', 'vector[string]'];
  const zeek = [
    '#separator \\x09',
    '#set_separator\t,',
    '#empty_field\t(empty)',
    '#unset_field\t-',
    '#path\tdns',
    `#fields\t${fields.join('\t')}`,
    `#types\t${types.join('\t')}`,
    ...rows.map((row) => row.join('\t')),
    '',
  ].join('\n');
  const dir = mkdtempSync(path.join(tmpdir(), 'virga-find-'));
  const file = path.join(dir, log);
  writeFileSync(file, zeek);
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('prints the events with file and line, of logs and of a workspace', async () => {
    const workspace = path.join(dir, 'kept');
    const pattern = "[domain-name:value LIKE '%.evil.example' OR file:size > 1] OR [ipv4-addr:value = '192.0.2.9']";
    for (const where of [[file], [file, '-w', workspace], ['-w', workspace]]) {
      const { status, answers, err } = await virga(['stix', 'find', pattern, ...where]);
      expect(status).toBe(0);
      expect(answers).toMatchObject([
        { file, line: 8, format: 'zeek.dns', event: { query_hostname: 'a.evil.example' } },
      ]);
      expect(err).toBe('virga: zeek.dns: no column of these events holds file:size.\n');
    }
  });

  it('says where it stops, and what it cannot ask', async () => {
    const many = await virga(['stix', 'find', "[domain-name:value LIKE '%.example']", file, '--limit', '1']);
    expect([many.answers.length, many.err]).toEqual([1, 'virga: the first 1 are given; raise --limit for more.\n']);
    const broken = await virga(['stix', 'find', '[a:b', file]);
    expect([broken.status, broken.err]).toEqual([1, expect.stringContaining('does not read: column 5')]);
    const two = await virga(['stix', 'find', '[a:b=1] AND [a:b=2]', file]);
    expect([two.status, two.err]).toEqual([1, expect.stringContaining('it needs more than one event')]);
    expect((await virga(['stix', 'find', '[a:b=1]'])).status).toBe(2);
  });
});
