/** What goes out to others: indicators that a person approved, as their sources allow it, and where they were seen. */
import type { MergedIndicator } from '../../intel/merge.ts';
import type { Fact } from '../../model/fact.ts';
import { indicatorObjects } from '../../stix/indicator.ts';
import { ourIdentity, type Tlp, tlpMarking } from '../../stix/marking.ts';
import { domainObject, type StixObject, stamp } from '../../stix/object.ts';
import { type Desk, type DeskOptions, openDesk } from './desk.ts';
import { allowedOf } from './export.ts';
import { indicatorsOf } from './list.ts';

export type Share = {
  readonly upTo: Tlp;
  /** The TLP of what has none. */
  readonly unmarked: Tlp;
  readonly now: () => Date;
};

/** An object and when it became what it is, milliseconds since 1970. */
export type SharedObject = { readonly at: number; readonly object: StixObject };
export type Shared = { readonly indicators: readonly SharedObject[]; readonly sightings: readonly SharedObject[] };

/** Opens the workspace for sharing; `read` gives what may be shared now, anew when something was decided since. */
export async function openShare(desk: DeskOptions, share: Share) {
  const open = await openDesk(desk);
  let known: { readonly last: number; readonly shared: Shared } | null = null;
  const read = async (): Promise<Shared> => {
    const last = await open.state.last();
    if (known?.last !== last) known = { last, shared: await sharedNow(open, share) };
    return known.shared;
  };
  return { read, close: open.close };
}

async function sharedNow(desk: Desk, share: Share): Promise<Shared> {
  const now = share.now().getTime();
  const approved = everApproved(await desk.state.facts('intel.decided'));
  const indicators: SharedObject[] = [];
  const ids = new Map<string, StixObject>();
  for await (const indicator of indicatorsOf(desk, now)) {
    const { verdict } = indicator.stand;
    if (verdict !== 'approved' && !(verdict === 'rejected' && approved.has(indicator.key))) continue;
    const at = sinceOf(indicator, now);
    const objects = objectsOf(indicator, share, at, now);
    for (const object of objects) {
      indicators.push({ at, object });
      if (object.type === 'indicator' && verdict === 'approved') ids.set(indicator.key, object);
    }
  }
  const sighted = await desk.state.facts('intel.sighted');
  return { indicators: once(indicators), sightings: once(sighted.flatMap((fact) => sightingOf(fact, ids, share))) };
}

/** What was taken back after it had gone out must go out as revoked. */
const everApproved = (decisions: readonly Fact<'intel.decided'>[]): ReadonlySet<string> =>
  new Set(
    decisions.flatMap(({ detail }) => (detail.verdict === 'approved' ? detail.subjects.map(({ key }) => key) : [])),
  );

/** When it became what it is: with the decision, or with what the source said later. */
const sinceOf = ({ stand, leading }: MergedIndicator, now: number): number =>
  Math.min(now, Math.max(stand.at ?? now, leading.learned));

function objectsOf(
  indicator: MergedIndicator,
  { upTo, unmarked }: Share,
  at: number,
  now: number,
): readonly StixObject[] {
  const allowed = allowedOf(indicator, { format: 'stix', use: 'share', blockable: false, upTo, unmarked });
  if ('left' in allowed) return [];
  const { leading, expiry, stand } = allowed.kept;
  return indicatorObjects({ ...leading, validUntil: expiry.at }, unmarked, now).map((object) =>
    object.type === 'indicator' ? revised(object, at, stand.verdict === 'rejected') : object,
  );
}

/** The wording of the decision: a later version than that of the source. */
const revised = (object: StixObject, at: number, revoked: boolean): StixObject => ({
  ...object,
  ...{ modified: [stamp(at), String(object.created)].sort().at(-1), ...(revoked && { revoked }) },
});

function sightingOf(
  fact: Fact<'intel.sighted'>,
  shared: ReadonlyMap<string, StixObject>,
  { unmarked }: Share,
): SharedObject[] {
  const { detail, at } = fact;
  const indicator = shared.get(detail.subject.key);
  if (indicator === undefined || detail.kind !== 'seen') return [];
  const marking = tlpMarking(unmarked);
  const object = domainObject('sighting', [indicator.id, String(fact.n)], stamp(at), stamp(at), {
    ...{ created_by_ref: ourIdentity.id, object_marking_refs: indicator.object_marking_refs ?? [marking.id] },
    sighting_of_ref: indicator.id,
    first_seen: stamp(detail.first),
    last_seen: stamp(Math.max(detail.first, detail.last)),
    count: Math.min(Math.max(detail.count, 1), 999_999_999),
  });
  return [{ at, object }];
}

/** Objects that many refer to (identity, markings) go out once, with the first of them. */
function once(objects: readonly SharedObject[]): readonly SharedObject[] {
  const sorted = [...objects].sort((a, b) => a.at - b.at);
  return [...new Map(sorted.toReversed().map((shared) => [shared.object.id, shared])).values()].sort(
    (a, b) => a.at - b.at,
  );
}
