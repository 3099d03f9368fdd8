/** Damaged samples of every format: nothing crashes, both ways of reading agree. `npx tsx bench/fuzz.ts` does a million. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { formats } from '../src/telemetry/formats/index.ts';
import { fuzzFormats } from './intake/fuzz.ts';

it('reads what was damaged', async () => {
  const temp = mkdtempSync(path.join(tmpdir(), 'virga-fuzz-'));
  const aFile = 40;
  try {
    const told = await fuzzFormats({ inputs: aFile * formats.length, seed: Date.now() % 1_000_000, temp, aFile });
    expect(told.batches).toBeGreaterThanOrEqual(formats.length);
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
});
