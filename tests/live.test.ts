/** Batches are matched as they come in, with what the workspace keeps and what people decide meanwhile. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';

import { type Lake, openLake } from '../src/lake/lake.ts';
import { ingest } from '../src/pipeline/ingest.ts';
import { startLive } from '../src/pipeline/live.ts';
import { call } from './command.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-live-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

let n = 0;
let workspace = '';
beforeEach(() => {
  workspace = path.join(temp, `workspace-${n++}`);
});

async function virga(...words: readonly string[]): Promise<void> {
  const { status, out, err } = await call([...words, '--workspace', workspace]);
  expect(status, `${out}${err}`).toBe(0);
}

const list = (...values: readonly string[]): string => {
  const file = path.join(temp, `list-${n}-${values.join('-')}.csv`);
  const rows = values.map((v) => `${v},2026-09-01T00:00:00Z,80`);
  writeFileSync(file, ['value,created,confidence', ...rows, ''].join('\n'));
  return file;
};

let batches = 0;
async function arrives(lake: Lake, ...names: readonly string[]): Promise<number> {
  const file = path.join(temp, `batch-${batches++}.log`);
  const head = '#separator \\x09\n#path\tdns\n#fields\tts\tuid\tid.orig_h\tid.resp_h\tquery\n';
  const rows = names.map(
    (name, i) => `${1_790_000_000 + batches * 60 + i}.0\tC${batches}${i}\t10.1.2.${batches}\t10.0.0.53\t${name}\n`,
  );
  writeFileSync(file, head + rows.join(''));
  const seqs: number[] = [];
  const logs = await ingest(lake, [file], { temp, keep: true, done: (_, report) => seqs.push(report.seq) });
  await logs.close();
  return seqs[0] ?? 0;
}

async function listening(intel: readonly string[], work: (tools: Tools) => Promise<void>): Promise<void> {
  const lake = await openLake({ workspace, memory: '300MB', temp });
  let ahead = 0;
  try {
    const live = await startLive(lake, {
      intel,
      workspace,
      internal: [],
      now: () => new Date(Date.now() + ahead),
      leads: false,
    });
    await work({
      told: async (...names) => {
        const seq = await arrives(lake, ...names);
        const findings = await live.match(seq);
        await live.settle(seq, findings);
        return findings.map((f) => f.endpoint.host);
      },
      later: () => {
        ahead += 61_000;
      },
    });
  } finally {
    lake.close();
  }
}

type Tools = { readonly told: (...names: readonly string[]) => Promise<(string | null)[]>; readonly later: () => void };

describe('live matching with the workspace', () => {
  test('what was imported before is matched; beside files that are given', async () => {
    await virga('intel', 'import', list('kept-a1.workers.dev'));
    await listening([list('given-b2.workers.dev')], async ({ told }) => {
      expect(await told('kept-a1.workers.dev', 'other.workers.dev')).toEqual(['kept-a1.workers.dev']);
      expect(await told('given-b2.workers.dev')).toEqual(['given-b2.workers.dev']);
    });
  });

  test('what is imported or rejected while it runs counts for what comes after the next look', async () => {
    await listening([], async ({ told, later }) => {
      expect(await told('late-c3.workers.dev')).toEqual([]);
      await virga('intel', 'import', list('late-c3.workers.dev', 'odd-d4.workers.dev'));
      later();
      expect(await told('late-c3.workers.dev')).toEqual(['late-c3.workers.dev']);
      await virga(
        'intel',
        'review',
        '--value',
        'odd-d4.workers.dev',
        '--set',
        'rejected',
        '--reason',
        'ours',
        '--by',
        'A. Nalyst',
      );
      later();
      expect(await told('odd-d4.workers.dev')).toEqual([]);
    });
  });

  test('a decision holds for files that are given too', async () => {
    await virga('intel', 'import', list('both-e5.workers.dev'));
    await virga(
      'intel',
      'review',
      '--value',
      'both-e5.workers.dev',
      '--set',
      'rejected',
      '--reason',
      'ours',
      '--by',
      'A. Nalyst',
    );
    await listening([list('both-e5.workers.dev')], async ({ told }) => {
      expect(await told('both-e5.workers.dev')).toEqual([]);
    });
  });
});
