/** What expires soon, what expired since it was last announced, and what has faded so far that somebody should look again. */
import { reactionPoints, weightLeft } from '../../intel/life.ts';
import type { MergedIndicator } from '../../intel/merge.ts';
import { type Desk, type DeskOptions, openDesk, personOf } from './desk.ts';
import { indicatorsOf } from './list.ts';

const DAY = 86_400_000;

export type ExpireOptions = DeskOptions & {
  /** Days ahead. */
  readonly within: number;
  /** Remember that what expired by now was announced. */
  readonly announce: boolean;
  readonly by: string | null;
  readonly now: () => Date;
};

export type Expiring = {
  readonly value: string | null;
  readonly kind: string;
  readonly source: string;
  /** `expired` since the last announcement; `expires` within the days asked for; `fading` below a reaction point. */
  readonly what: 'expired' | 'expires' | 'fading';
  readonly valid_until: string;
  readonly by: string;
  /** Days that are left; below 0 since when it has expired. */
  readonly days: number;
  /** Share of the first weight that is left, 0 to 1. */
  readonly weight_left: number;
};

/** The queue, what is due first in front. */
export async function expireIntel(options: ExpireOptions): Promise<readonly Expiring[]> {
  const desk = await openDesk(options);
  try {
    const now = options.now().getTime();
    const announced = (await desk.state.facts('intel.expired')).at(-1)?.detail.upTo ?? 0;
    const queue = await queueOf(desk, now, announced, options.within);
    if (options.announce) {
      const count = queue.filter(({ what }) => what === 'expired').length;
      const detail = { upTo: now, count };
      await desk.state.append([{ action: 'intel.expired', detail }], { who: personOf(options.by), at: now });
    }
    return queue.sort((a, b) => a.days - b.days);
  } finally {
    await desk.close();
  }
}

async function queueOf(desk: Desk, now: number, announced: number, within: number): Promise<Expiring[]> {
  const queue: Expiring[] = [];
  for await (const indicator of indicatorsOf(desk, now)) {
    const what = whatOf(indicator, now, announced, within);
    if (what !== null) queue.push(expiring(indicator, what, now));
  }
  return queue;
}

function whatOf({ status, expiry, life, since }: MergedIndicator, now: number, announced: number, within: number) {
  if (status === 'expired') return expiry.at > announced ? 'expired' : null;
  if (status !== 'active') return null;
  if (expiry.at - now <= within * DAY) return 'expires';
  const left = weightLeft(life, now - since);
  return expiry.by === 'kind' && left <= reactionPoints[1] ? 'fading' : null;
}

function expiring({ leading, expiry, life, since }: MergedIndicator, what: Expiring['what'], now: number): Expiring {
  return {
    value: leading.value,
    kind: leading.kind,
    source: leading.source.name,
    what,
    valid_until: new Date(Math.min(expiry.at, 8.64e15)).toISOString(),
    by: expiry.by,
    days: Math.round(((expiry.at - now) / DAY) * 10) / 10,
    weight_left: Math.round(weightLeft(life, now - since) * 100) / 100,
  };
}
