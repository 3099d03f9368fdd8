/** Review: a named person decides about the indicators that a filter means, with a reason. */
import type { MergedIndicator } from '../../intel/merge.ts';
import { VirgaError } from '../../model/errors.ts';
import type { Detail } from '../../model/fact.ts';
import type { NewFact } from '../../state/store.ts';
import { type Desk, type DeskOptions, openDesk, personOf } from './desk.ts';
import { type Filter, indicatorsOf } from './list.ts';

export type Verdicts = Omit<Detail<'intel.decided'>, 'subjects'>;
type Reviewer = { readonly by: string | null; readonly now: () => Date };

export type ReviewReport = {
  /** How many indicators the filter meant. */
  readonly decided: number;
  /** Of those, how many may be blocked now, and how many wait for a second person. */
  readonly blockable: number;
  readonly awaiting: number;
  /** Of those that may be blocked, how many by two names of one account. */
  readonly one_account: number;
};

/** Subjects of one fact, so that a bulk review is a few facts and not a million. */
const SUBJECTS = 1000;

/** Decides about every indicator that `filter` means. */
export async function reviewIntel(
  options: DeskOptions & Reviewer & { readonly filter: Filter; readonly verdicts: Verdicts },
): Promise<ReviewReport> {
  const desk = await openDesk(options);
  try {
    return await decideOn(desk, options.filter, options.verdicts, options);
  } finally {
    await desk.close();
  }
}

/** The same at a desk that is open. */
export async function decideOn(
  desk: Desk,
  filter: Filter,
  verdicts: Verdicts,
  { by, now }: Reviewer,
): Promise<ReviewReport> {
  if (verdicts.reason.trim() === '')
    throw new VirgaError('usage.wrong', '--reason is needed: a decision without one cannot be reviewed.');
  const at = now().getTime();
  const subjects: Detail<'intel.decided'>['subjects'] = [];
  for await (const indicator of indicatorsOf(desk, at, filter))
    subjects.push({ key: indicator.key, value: textOf(indicator) });
  const facts: NewFact[] = [];
  for (let i = 0; i < subjects.length; i += SUBJECTS)
    facts.push({ action: 'intel.decided', detail: { ...verdicts, subjects: subjects.slice(i, i + SUBJECTS) } });
  if (facts.length > 0) await desk.state.append(facts, { who: personOf(by), at });
  return {
    decided: subjects.length,
    ...(await blocking(
      desk,
      subjects.map((s) => s.key),
      at,
    )),
  };
}

const textOf = ({ leading }: MergedIndicator): string => leading.value ?? leading.pattern ?? '';

async function blocking(
  desk: Desk,
  keys: readonly string[],
  at: number,
): Promise<Pick<ReviewReport, 'blockable' | 'awaiting' | 'one_account'>> {
  const { standings } = await import('../../intel/review.ts');
  const stands = standings(await desk.state.facts('intel.decided', at));
  const mine = keys.flatMap((key) => stands.get(key) ?? []);
  return {
    blockable: mine.filter((s) => s.blockable).length,
    awaiting: mine.filter((s) => s.awaits !== null).length,
    one_account: mine.filter((s) => s.oneAccount).length,
  };
}
