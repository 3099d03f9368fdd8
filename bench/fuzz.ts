/**
 * Damaged samples of every format, through the whole way into a lake: nothing may crash, and read = accepted + refused.
 * `npx tsx bench/fuzz.ts [INPUTS] [SEED]`; many damaged records go into one file, each file is one batch.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fuzzFormats } from '../tests/intake/fuzz.ts';

const inputs = Number(process.argv[2] ?? 1_000_000);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const temp = mkdtempSync(path.join(tmpdir(), 'virga-fuzz-'));
const started = performance.now();
try {
  const { records, batches } = await fuzzFormats({ inputs, seed, temp, aFile: 2000 });
  console.log(
    `seed ${seed}: ${records} damaged records in ${batches} batches, ${((performance.now() - started) / 1000).toFixed(0)} s`,
  );
} catch (error) {
  writeFileSync('fuzz-failure.txt', `seed ${seed}\n${error instanceof Error ? error.stack : error}\n`);
  throw error;
} finally {
  rmSync(temp, { recursive: true, force: true });
}
