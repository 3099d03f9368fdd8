import type { Shown, Traced } from '../../lake/traits.ts';
import { type Characteristic, type Trait, type TraitRole, traitKinds } from '../../model/characteristic.ts';
import type { Place } from '../../model/event.ts';
import type { Attribute, AttributeState } from '../../model/fit.ts';

/** What was seen of one internal host and one endpoint, to compare characteristics with. */
export type Contacted = {
  readonly host: string;
  readonly requests: readonly Traced[];
  readonly ja3: ReadonlySet<string>;
  readonly ja4: ReadonlySet<string>;
  /** What the logs with these requests can show, by their format and by what they hold. */
  readonly shows: (place: Place, requests: readonly Traced[]) => boolean;
};

/** Every attribute of a characteristic with what the requests say of it; `spread` is filled in later. */
export function compare(characteristic: Characteristic, contacted: Contacted): Attribute[] {
  return characteristic.traits.filter(isCompared).map((trait) => {
    const { place } = traitKinds[trait.kind];
    const requests = requestsOf(characteristic, trait.role, contacted.requests);
    const seen = place === null ? null : compareTrait(trait, contacted, requests);
    return { trait, place, state: seen?.state ?? 'hidden', value: seen?.value ?? null, spread: null };
  });
}

/** A method tells requests of one role from those of another; by itself it is no attribute. */
const isCompared = ({ kind }: Trait): boolean => kind !== 'method';

/** The requests of a role: those with one of its URIs, and its method where both are known. Without a role, all that fit. */
function requestsOf(c: Characteristic, role: TraitRole, all: readonly Traced[]): readonly Traced[] {
  const uris = new Set(c.traits.filter((t) => isUri(t) && (role === null || t.role === role)).flatMap((t) => t.values));
  const withUri = all.filter((r) => r.path !== null && uris.has(r.path));
  if (role === null) return withUri.length > 0 ? withUri : all;
  const methods = c.traits.filter((t) => t.kind === 'method' && t.role === role).flatMap((t) => t.values);
  return withUri.filter((r) => r.method === null || methods.length === 0 || methods.includes(r.method));
}

const isUri = ({ kind }: Trait): boolean => kind === 'uri' || kind === 'uri-prefix' || kind === 'uri-pattern';

type Seen = { readonly state: AttributeState; readonly value: string | null };

const firstOf = (values: readonly string[], seen: Iterable<string>): string | null => {
  const wanted = new Set(values);
  for (const value of seen) if (wanted.has(value)) return value;
  return null;
};

function compareTrait(trait: Trait, contacted: Contacted, requests: readonly Traced[]): Seen {
  const { place } = traitKinds[trait.kind];
  const shown = place !== null && contacted.shows(place, requests.length > 0 ? requests : contacted.requests);
  const met = firstOf(trait.values, seenOf(trait, contacted, requests));
  if (met !== null) return { state: 'matched', value: met };
  if (!shown) return { state: 'hidden', value: null };
  const other = trait.kind === 'user-agent' ? (requests.find((r) => r.agent !== null)?.agent ?? null) : null;
  return other === null ? { state: 'unseen', value: null } : { state: 'different', value: other };
}

/** The values that the requests show of a kind of attribute. */
function seenOf(trait: Trait, contacted: Contacted, requests: readonly Traced[]): Iterable<string> {
  const texts = (of: (r: Traced) => string | null): string[] => requests.map(of).filter((t) => t !== null);
  switch (trait.kind) {
    case 'uri':
    case 'uri-prefix':
    case 'uri-pattern':
      return texts((r) => r.path);
    case 'parameter':
      return requests.flatMap((r) => r.parameters);
    case 'user-agent':
      return texts((r) => r.agent);
    case 'cookie':
      return requests.flatMap((r) => r.cookies);
    case 'referrer':
      return texts((r) => r.referrer);
    case 'mime':
      return texts((r) => r.mime?.split(';', 1)[0]?.trim().toLowerCase() ?? null);
    case 'host-header':
      return [contacted.host];
    case 'ja3':
      return contacted.ja3;
    case 'ja4':
      return contacted.ja4;
    default:
      return [];
  }
}

/** True where the data of a format hold a field at all. */
export function holds(shown: Shown | undefined, place: Place): boolean {
  if (!shown) return true;
  if (place === 'http.user_agent') return shown.agents;
  if (place === 'http.cookie') return shown.cookies;
  if (place === 'http.mime') return shown.mimes;
  return true;
}
