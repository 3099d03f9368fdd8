/** Warning lists of a workspace: take in, remove, list, ask. */
import { observe } from '../../intel/observe.ts';
import { readWho } from '../../intel/person.ts';
import { newest, type ReadList, readWarningLists } from '../../intel/warnings/read.ts';
import type { Effect, Warned } from '../../intel/warnings/warning-list.ts';
import { VirgaError } from '../../model/errors.ts';
import { type Desk, type DeskOptions, openDesk, personOf } from './desk.ts';
import { keepList, lastWords, listsAt, warningsAt } from './warning-store.ts';

type Person = { readonly by: string | null; readonly now: () => Date };

/** What became of one file: entries = accepted + refused, or why it is no list. */
export type TakenList = {
  readonly file: string;
  readonly name: string | null;
  readonly version: string | null;
  readonly type: string | null;
  readonly effect: Effect | null;
  readonly entries: number;
  readonly accepted: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly outcome: 'in force' | 'unchanged' | 'older' | 'no list';
  readonly detail: string | null;
};

/** Takes lists in; an older version than the one in force changes nothing. `effect` overrules what the list says. */
export async function addWarnings(
  options: DeskOptions & Person,
  paths: readonly string[],
  effect: Effect | null,
): Promise<readonly TakenList[]> {
  const read = await readWarningLists(paths);
  return atDesk(options, async (desk) => {
    const taken: TakenList[] = [];
    for (const one of read) taken.push(await take(desk, one, effect, options));
    return taken;
  });
}

async function atDesk<T>(options: DeskOptions, work: (desk: Desk) => Promise<T>): Promise<T> {
  const desk = await openDesk(options);
  try {
    return await work(desk);
  } finally {
    await desk.close();
  }
}

async function take(desk: Desk, read: ReadList, effect: Effect | null, person: Person): Promise<TakenList> {
  const list = read.list === null ? null : { ...read.list, effect: effect ?? read.list.effect };
  const said = {
    ...{ file: read.file, name: list?.name ?? null, version: list?.version ?? null, type: list?.type ?? null },
    ...{ effect: list?.effect ?? null, entries: read.entries, accepted: list?.entries.length ?? 0 },
    ...{ refused: read.refused, detail: read.fault },
  };
  if (list === null) return { ...said, outcome: 'no list' };
  const before = (await lastWords(desk.state)).get(list.name)?.detail.list ?? null;
  const [latest] = newest([...(before === null ? [] : [{ ...list, version: before.version }]), list]);
  if (latest?.version !== list.version)
    return { ...said, outcome: 'older', detail: `version ${latest?.version} is in force` };
  const kept = await keepList(desk.directory, list);
  if (before?.sha256 === kept.sha256) return { ...said, outcome: 'unchanged' };
  const { name, version, type, entries } = list;
  const detail = { name, list: { version, type, effect: list.effect, entries: entries.length, ...kept } };
  await desk.state.append([{ action: 'warnings.set', detail }], stampOf(person));
  return { ...said, outcome: 'in force' };
}

const stampOf = ({ by, now }: Person) => ({ who: personOf(by), at: now().getTime() });

/** Takes a list out of force, one of ours too. */
export const removeWarnings = (options: DeskOptions & Person, name: string): Promise<void> =>
  atDesk(options, async (desk) => {
    if (!(await listsAt(desk)).some((list) => list.name === name))
      throw new VirgaError(
        'usage.wrong',
        `No list ${JSON.stringify(name)} is in force; \`virga intel warnings\` names them.`,
      );
    await desk.state.append([{ action: 'warnings.set', detail: { name, list: null } }], stampOf(options));
  });

/** The lists in force, with since when and by whom; null where they came with the program. */
export const listWarnings = (options: DeskOptions, asOf?: number) =>
  atDesk(options, async (desk) => {
    const words = await lastWords(desk.state, asOf);
    return (await listsAt(desk, asOf)).map(({ name, version, description, type, effect, attributes, entries }) => {
      const word = words.get(name);
      const since = word === undefined ? null : new Date(word.at).toISOString();
      return {
        name,
        version,
        type,
        effect,
        entries: entries.length,
        attributes,
        description,
        since,
        by: word === undefined ? null : readWho(word.who).name,
      };
    });
  });

/** What the lists in force say of values, as sources write them. */
export const askWarnings = (options: DeskOptions, values: readonly string[]) =>
  atDesk(options, async (desk) => {
    const warnings = await warningsAt(desk);
    return values.map((input) => {
      const seen = observe(input);
      if (!seen.ok) return { input, error: seen.detail };
      const lists: readonly Warned[] = warnings.of({ kind: seen.kind, value: seen.value, match: 'equals' });
      return { input, kind: seen.kind, value: seen.value, held: lists.some((w) => w.effect === 'hold'), lists };
    });
  });
