import type { Endpoint } from '../model/endpoint.ts';
import type { Evidence, IndicatorCitation, InternalHost, Row, Standing } from '../model/finding.ts';
import type { Indicator } from '../model/indicator.ts';

/** What one indicator's match showed of one internal host and one endpoint, at one place and with one standing. */
export type Sighting = {
  readonly indicator: Indicator;
  readonly how: IndicatorCitation['match'];
  readonly place: string;
  readonly standing: Standing;
  readonly events: number;
  /** RFC 3339, UTC. */
  readonly first: string;
  readonly last: string;
  readonly days: readonly { readonly day: string; readonly events: number }[];
  /** Oldest first, at most four. */
  readonly examples: readonly Row[];
  /** Why this indicator may not convict by what it names (shared apex, popular name, resolver…), or null. */
  readonly guard: string | null;
  /** What warning lists say of it though it may convict. */
  readonly remark?: string;
};

/** Evidence of another class than an indicator's match, worked out elsewhere for one internal host and one endpoint. */
export type Support = {
  readonly src: string;
  /** The name that was asked for, or an address. */
  readonly host: string;
  readonly evidence: Evidence;
  /** True where it is worth a look by itself; false where it only speaks beside other evidence. */
  readonly opens: boolean;
};

/** One internal host and one endpoint with everything that was seen of them: what a finding is judged from. */
export type Entity = {
  /** The source as the ledger has it: an address, or a host that had several. */
  readonly src: string;
  readonly internal: InternalHost;
  /** True where leases were read, but none says whose the address was. */
  readonly nameless: boolean;
  /** The name that was asked for, or an address. */
  readonly host: string;
  readonly named: boolean;
  readonly url: string | null;
  readonly endpoint: Endpoint;
  /** Where the name is a custom domain: the platform name behind it in the DNS answer. */
  readonly behind: string | null;
  readonly sightings: readonly Sighting[];
  readonly supports: readonly Evidence[];
  /** Contacts by what the ledger holds of the pair, at the place with most of each day: for entities without a sighting. */
  readonly contacts: {
    readonly first: string;
    readonly last: string;
    readonly days: readonly { readonly day: string; readonly events: number }[];
  };
  /** How many internal hosts contact this endpoint, of how many. */
  readonly prevalence: { readonly hosts: number; readonly of: number };
  /** Whether requests of this pair were seen with their path. */
  readonly urlsVisible: boolean;
  readonly bytesOut: number | null;
  readonly bytesIn: number | null;
  /** What the telemetry that covers this host can show. */
  readonly sees: ReadonlySet<string>;
};
