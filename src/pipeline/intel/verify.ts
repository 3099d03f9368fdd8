/** Verify: the chain of facts holds, and the files of the indicator log are those that the facts name. Needs no network. */
import { createReadStream, existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { VirgaError } from '../../model/errors.ts';
import { chainCheck, ORIGIN, type StoredFact } from '../../state/chain.ts';
import { type Desk, type DeskOptions, openDesk } from './desk.ts';
import { sha256 } from './digest.ts';

export type VerifyReport = {
  readonly facts: number;
  /** Digest of the last fact: note it elsewhere, and `--expect` it later. */
  readonly head: string;
  readonly files: number;
  /** In words; empty where everything holds. */
  readonly faults: readonly string[];
};

/** Faults told at most: one break makes every later fact suspect. */
const MAX_FAULTS = 20;

/** Checks a workspace; `expect` is a head noted before, which must still be in the chain. */
export async function verifyDesk(options: DeskOptions & { readonly expect: string | null }): Promise<VerifyReport> {
  const desk = await openDesk(options);
  try {
    const chain = await follow(desk.state.stored(), options.expect);
    const faults = [...chain.faults];
    let files = 0;
    for (const { file, digest } of chain.faults.length > 0 ? [] : await filesOf(desk)) {
      files++;
      const fault = await fileFault(path.join(desk.directory, file), digest);
      if (fault !== null && faults.length < MAX_FAULTS) faults.push(fault);
    }
    return { facts: chain.facts, head: chain.head, files, faults };
  } finally {
    await desk.close();
  }
}

/** Every file that a fact names: of the indicator log, and warning lists. */
async function filesOf({ state }: Desk): Promise<readonly { readonly file: string; readonly digest: string }[]> {
  const log = (await state.facts('intel.imported')).flatMap(({ detail: { file, sha256: digest } }) =>
    file === null ? [] : [{ file, digest: digest ?? '' }],
  );
  const lists = (await state.facts('warnings.set')).flatMap(({ detail: { list } }) =>
    list === null ? [] : [[list.file, list.sha256] as const],
  );
  return [...log, ...[...new Map(lists)].map(([file, digest]) => ({ file, digest }))];
}

/** Checks a chain that `intel log` printed: any machine can. */
export async function verifyFile(file: string, expect: string | null): Promise<VerifyReport> {
  if (!existsSync(file)) throw new VirgaError('path.missing', `${file} is not there.`);
  return { ...(await follow(linesOf(file), expect)), files: 0 };
}

/** Every fact of a workspace, oldest first. */
export async function* logFacts(options: DeskOptions): AsyncGenerator<StoredFact> {
  const desk = await openDesk(options);
  try {
    yield* desk.state.stored();
  } finally {
    await desk.close();
  }
}

async function follow(
  facts: AsyncIterable<StoredFact>,
  expect: string | null,
): Promise<{ facts: number; head: string; faults: string[] }> {
  const check = chainCheck();
  const faults: string[] = [];
  let [count, head, met] = [0, ORIGIN, expect === null];
  for await (const fact of facts) {
    count++;
    head = fact.digest;
    met ||= fact.digest === expect;
    const fault = check(fact);
    if (fault !== null && faults.length < MAX_FAULTS) faults.push(fault);
  }
  if (!met) faults.push('the head that was noted before is not in the chain');
  return { facts: count, head, faults };
}

async function fileFault(file: string, digest: string): Promise<string | null> {
  if (!existsSync(file)) return `${file} is missing`;
  return (await sha256(file)) === digest ? null : `${file} was changed after it was recorded`;
}

const storedFact = z.object({
  n: z.number(),
  at: z.number(),
  who: z.string(),
  action: z.string(),
  detail: z.string(),
  previous: z.string(),
  digest: z.string(),
});

async function* linesOf(file: string): AsyncGenerator<StoredFact> {
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text.trim() !== '') yield factOf(text, `${file}:${line}`);
  }
}

function factOf(text: string, where: string): StoredFact {
  try {
    return storedFact.parse(JSON.parse(text));
  } catch (cause) {
    throw new VirgaError('intel.unreadable', `${where} is no fact as \`virga intel log\` prints it.`, { cause });
  }
}
