/** Merge: what several sources say of one observable becomes one indicator, with every statement kept beside the others. Pure. */
import type { Endpoint } from '../model/endpoint.ts';
import type { StoredIndicator } from '../model/indicator.ts';
import { observableKey, observableText } from './identity.ts';
import { type Expiry, expiryOf, type Life, lifeOf, type Prolonged, weightLeft } from './life.ts';
import { type Stand, unreviewed } from './review.ts';

export const statuses = [
  'active',
  'expired',
  'not-yet-valid',
  'not-for-detection',
  'rejected',
  'monitor-only',
  'quarantined',
] as const;
export type Status = (typeof statuses)[number];

/** One observable with everything that is known of it as of one time. */
export type MergedIndicator = {
  readonly key: string;
  /** The statement that speaks for all: for detection before not, surer before less sure, later before earlier. */
  readonly leading: StoredIndicator;
  readonly statements: readonly StoredIndicator[];
  readonly stand: Stand;
  readonly life: Life;
  /** When the last of its statements expires. */
  readonly expiry: Expiry;
  readonly status: Status;
  /** `compromised` where any source says so: then nobody follows the rest of the tenant. `acquired` where one says that and none contradicts. */
  readonly endpoint: StoredIndicator['endpoint'];
  /** The last word on it, or its last sighting: what its decay is counted from; milliseconds since 1970. */
  readonly since: number;
  /** The leading confidence as it has faded, 0 to 100; null where no source gives one. */
  readonly fadedConfidence: number | null;
};

/** What is known besides the statements. */
export type Knowledge = {
  readonly stands: ReadonlyMap<string, Stand>;
  /** Key → when it was seen last in one's own logs, milliseconds since 1970. */
  readonly seen: ReadonlyMap<string, number>;
  readonly classify: (text: string) => Endpoint;
  /** Milliseconds since 1970. */
  readonly asOf: number;
};

/** Groups statements that come sorted by observable. */
export async function* byObservable(
  batches: AsyncIterable<readonly StoredIndicator[]>,
): AsyncGenerator<readonly StoredIndicator[]> {
  let group: StoredIndicator[] = [];
  let text = '';
  for await (const batch of batches)
    for (const statement of batch) {
      const mine = observableText(statement);
      if (mine !== text && group.length > 0) {
        yield group;
        group = [];
      }
      text = mine;
      group.push(statement);
    }
  if (group.length > 0) yield group;
}

/** The indicator that statements about one observable make. */
export function merge(statements: readonly [StoredIndicator, ...StoredIndicator[]], known: Knowledge): MergedIndicator {
  const leading = statements.reduce((best, next) => (leads(next, best) ? next : best));
  const key = observableKey(leading);
  const stand = known.stands.get(key) ?? unreviewed;
  const life = lifeOf(leading, known.classify);
  const prolonged: Prolonged = { until: stand.until, seen: known.seen.get(key) ?? null };
  const expiries = statements.map((statement) => expiryOf(statement, life, prolonged));
  const expiry = expiries.reduce((latest, next) => (next.at > latest.at ? next : latest));
  const since = Math.max(prolonged.seen ?? 0, ...statements.map(wordOf));
  return {
    key,
    leading,
    statements,
    stand,
    life,
    expiry,
    status: statusOf(statements, stand, expiry, known.asOf),
    endpoint: endpointOf(statements),
    since,
    fadedConfidence:
      leading.confidence === null ? null : Math.round(leading.confidence * weightLeft(life, known.asOf - since)),
  };
}

function leads(one: StoredIndicator, other: StoredIndicator): boolean {
  if (one.detect !== other.detect) return one.detect;
  const [sure, less] = [one.confidence ?? -1, other.confidence ?? -1];
  return sure === less ? one.learned >= other.learned : sure > less;
}

function statusOf(statements: readonly StoredIndicator[], stand: Stand, expiry: Expiry, asOf: number): Status {
  if (stand.verdict !== 'candidate' && stand.verdict !== 'approved') return stand.verdict;
  // Who approves what a source only tells of says that it may convict.
  if (stand.verdict !== 'approved' && statements.every((s) => !s.detect)) return 'not-for-detection';
  if (asOf >= expiry.at) return 'expired';
  const begun = statements.some((s) => s.validFrom === null || s.validFrom <= asOf);
  return begun ? 'active' : 'not-yet-valid';
}

/** When a source spoke of it last: by its own dates, else when it became known here. */
const wordOf = ({ validFrom, recorded, learned }: StoredIndicator): number =>
  Math.max(validFrom ?? 0, recorded ?? 0) || learned;

function endpointOf(statements: readonly StoredIndicator[]): StoredIndicator['endpoint'] {
  if (statements.some(({ endpoint }) => endpoint === 'compromised')) return 'compromised';
  return statements.some(({ endpoint }) => endpoint === 'acquired') ? 'acquired' : 'unknown';
}
