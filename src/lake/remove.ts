import type { Engine } from './engine.ts';

const TABLES = ['contact', 'lease', 'refusal', 'refusal_example', 'part', 'arrival', 'batch'] as const;

/** Takes every row of these batches out, inside the caller's transaction; their segments stay until `rmSync`. */
export async function removeBatches(engine: Engine, seqs: readonly number[]): Promise<void> {
  const list = seqs.map((seq) => Math.trunc(seq)).join(', ');
  for (const table of TABLES) await engine.run(`DELETE FROM ${table} WHERE seq IN (${list})`);
}
