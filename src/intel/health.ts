/** The health of a feed, from its pulls: a feed that silently stopped looks like a quiet week. Pure. */
import type { Detail, Fact } from '../model/fact.ts';

export const ailments = ['never-pulled', 'failing', 'late', 'empty', 'shrunk', 'changed-in-shape'] as const;
export type Ailment = (typeof ailments)[number];

export type Health = { readonly ailments: readonly Ailment[]; readonly last: string | null; readonly why: string };

/** A pull that is this many times its interval overdue is late. */
const LATE = 2;
/** Below this share of the usual number of indicators a feed has shrunk. */
const SHRUNK = 0.5;
/** Pulls that tell what is usual. */
const USUAL = 7;

type Pull = Pick<Fact<'feed.pulled'>, 'at'> & { readonly detail: Detail<'feed.pulled'> };

/** How a feed stands whose pulls (oldest first) should come every `hours`; `now` in milliseconds. */
export function healthOf(pulls: readonly Pull[], hours: number, now: number): Health {
  const last = pulls.at(-1);
  if (last === undefined) return { ailments: ['never-pulled'], last: null, why: 'it was never pulled' };
  const found: [Ailment, string][] = [];
  if (last.detail.outcome === 'failed') found.push(['failing', last.detail.detail]);
  const good = pulls.filter(({ detail }) => detail.outcome !== 'failed').at(-1);
  if (good === undefined || now - good.at > LATE * hours * 3_600_000)
    found.push(['late', `nothing came for more than ${LATE * hours} hours`]);
  found.push(...changes(pulls.filter(({ detail }) => detail.outcome === 'imported').map(({ detail }) => detail)));
  return {
    ailments: found.map(([ailment]) => ailment),
    last: new Date(last.at).toISOString(),
    why: found.map(([, why]) => why).join('; '),
  };
}

/** What the newest content says beside the usual one. */
function changes(contents: readonly Detail<'feed.pulled'>[]): [Ailment, string][] {
  const [newest, ...before] = contents.slice(-USUAL - 1).reverse();
  if (newest === undefined) return [];
  const found: [Ailment, string][] = [];
  const usual = median(before.flatMap((content) => sizeOf(content) ?? []));
  const size = sizeOf(newest);
  if (size === 0) found.push(['empty', 'its last content held nothing']);
  else if (size !== null && usual !== null && size < usual * SHRUNK)
    found.push(['shrunk', `it holds ${size} where ${usual} are usual`]);
  const kind = before[0]?.kind;
  if (kind !== undefined && kind !== newest.kind)
    found.push(['changed-in-shape', `it is ${newest.kind ?? 'nothing known'} and was ${kind ?? 'nothing known'}`]);
  return found;
}

/** What the whole content holds; null where a pull brings only what is new. */
const sizeOf = ({ size, indicators }: Detail<'feed.pulled'>): number | null => (size === undefined ? indicators : size);

function median(numbers: readonly number[]): number | null {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
