/** Quarantine: an entry that would hit a large share of one's own hosts is shown, not believed, until somebody decides. */

import type { Hit } from '../../hunt/match.ts';
import type { Seen } from '../../hunt/seen.ts';
import { observableKey } from '../../intel/identity.ts';
import { type Stand, standings, unreviewed } from '../../intel/review.ts';
import type { Indicator } from '../../model/indicator.ts';
import type { NewFact } from '../../state/store.ts';
import type { Desk } from './desk.ts';
import type { Met } from './look-back.ts';

/** Share of internal hosts from which an entry is no adversary's: a feed with `google.com` in it, or a poisoned one. */
const MOST = 0.2;
/** Below this many hosts a share says nothing. */
const FEWEST = 20;

/** What a look back met, with the entries held back that would hit too many; each is a fact, once. */
export async function withQuarantine(desk: Desk, met: Met, inside: (src: string) => boolean, at: number): Promise<Met> {
  const stands = standings(await desk.state.facts('intel.decided'));
  const { shown, facts } = quarantine({ ...met, stands }, inside);
  if (facts.length > 0) await desk.state.append(facts, { who: 'virga', at });
  return { ...met, shown: new Map([...met.shown, ...shown]) };
}

/** What decides about quarantine. */
type Reached = Pick<Met, 'hits' | 'seen' | 'shown'> & { readonly stands: ReadonlyMap<string, Stand> };

/** The candidates that would hit too many hosts, each with why, and the facts to keep of it. */
export function quarantine(
  { hits, seen, shown, stands }: Reached,
  inside: (src: string) => boolean,
): { readonly shown: ReadonlyMap<Indicator, string>; readonly facts: readonly NewFact[] } {
  const held = new Map<Indicator, string>();
  const facts: NewFact[] = [];
  const hosts = seen.sources.filter(inside).length;
  if (hosts < FEWEST) return { shown: held, facts };
  for (const [indicator, sources] of reach(hits, seen)) {
    const key = observableKey(indicator);
    if (sources / hosts <= MOST || shown.has(indicator) || (stands.get(key) ?? unreviewed).verdict !== 'candidate')
      continue;
    const reason = `it would hit ${sources} of ${hosts} internal hosts`;
    held.set(indicator, `quarantined: ${reason}`);
    const subjects = [{ key, value: indicator.value ?? '' }];
    const open = { block: false, reliability: null, credibility: null, until: null };
    facts.push({ action: 'intel.decided', detail: { subjects, verdict: 'quarantined', reason, ...open } });
  }
  return { shown: held, facts };
}

/** Indicator → the most hosts that met one of the names which it is seen by. Of a path on a host the ledger cannot tell. */
function reach(hits: readonly Hit[], seen: Seen): ReadonlyMap<Indicator, number> {
  const most = new Map<Indicator, number>();
  for (const { indicator, wanted } of hits.filter((hit) => hit.how !== 'url' && hit.how !== 'url-host'))
    for (const { key } of wanted)
      most.set(indicator, Math.max(most.get(indicator) ?? 0, seen.names.get(key)?.sources ?? 0));
  return most;
}
