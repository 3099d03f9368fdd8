import type { Hit } from '../hunt/match.ts';
import type { Seen } from '../hunt/seen.ts';
import { knownOf } from '../hunt/traits/known.ts';
import type { Interest } from '../lake/near.ts';
import type { Endpoint } from '../lake/touches.ts';
import type { Characteristic } from '../model/characteristic.ts';
import { namesNobody } from './names-nobody.ts';

/** All that the parts of a hunt will ask the events for. */
export function interestOf(
  hits: readonly Hit[],
  seen: Seen,
  endpoints: readonly Endpoint[],
  characteristics: readonly Characteristic[],
): Interest {
  const wanted = hits.filter((hit) => namesNobody(hit, seen) === null).flatMap((hit) => hit.wanted);
  return {
    keys: new Set([
      ...wanted.filter((w) => w.kind !== 'certificate').map((w) => w.key),
      ...endpoints.map((e) => e.name),
    ]),
    certificates: new Set(wanted.filter((w) => w.kind === 'certificate').map((w) => w.key)),
    requests: knownOf(characteristics).keys,
  };
}
