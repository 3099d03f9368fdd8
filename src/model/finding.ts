/** The document of a hunt, as `interface.md` promises it: findings, leads, observations, coverage, limits. */
import type { IntelOrigin } from './indicator.ts';

export const evidenceClasses = ['intelligence', 'characteristic', 'behaviour', 'lifecycle', 'benign'] as const;
export type EvidenceClass = (typeof evidenceClasses)[number];

/** A row that can be opened again: the file, its 1-based line, when it happened. */
export type Row = { readonly file: string; readonly line: number; readonly time: string };

/** What an indicator match says about time: the event against validity, knowledge against the event. */
export type Standing = 'known-then' | 'learned-later' | 'expired' | 'not-yet-valid' | 'undated';

export type IndicatorCitation = {
  readonly id: string;
  readonly value: string;
  readonly kind: string;
  readonly source: string;
  /** Whether this run was given it, or the workspace kept it. */
  readonly from: IntelOrigin;
  readonly licence: string | null;
  readonly confidence: number | null;
  readonly valid_from: string | null;
  readonly valid_until: string | null;
  readonly recorded: string | null;
  readonly match:
    | 'exact'
    | 'parent'
    | 'pattern'
    | 'url'
    | 'url-host'
    | 'address'
    | 'network'
    | 'same-account'
    | 'fingerprint'
    | 'certificate';
  readonly standing: Standing;
  readonly description: string | null;
};

/** The characteristic that a piece of evidence is about, attribute by attribute. */
export type CharacteristicCitation = {
  readonly id: string;
  readonly name: string;
  readonly software: string;
  readonly source: string;
  readonly url: string | null;
  readonly date: string | null;
  /** matched of observable; hidden: what this telemetry cannot show. */
  readonly matched: number;
  readonly observable: number;
  readonly hidden: number;
  readonly attributes: readonly {
    readonly kind: string;
    readonly role: string | null;
    readonly state: string;
    readonly value: string | null;
    /** Other endpoints of this network that show the value, of how many. */
    readonly others: number | null;
    readonly of: number | null;
    readonly weight: number;
  }[];
};

export type Evidence = {
  readonly class: EvidenceClass;
  /** A `Place`, such as `dns.query`. */
  readonly where: string;
  /** Log-odds share of the score; 0 where the evidence is shown but does not convict. */
  readonly weight: number;
  readonly summary: string;
  readonly indicator?: IndicatorCitation;
  readonly characteristic?: CharacteristicCitation;
  /** Example rows, oldest first; `rows_total` says how many there are. */
  readonly events: readonly Row[];
  readonly rows_total: number;
  /** Why the evidence does not convict, in words; absent where it does. */
  readonly guard?: string;
  /** What other findings of the same operation would share. */
  readonly ties?: readonly Tie[];
};

/** What findings of one operation have in common. */
export const tieKinds = ['endpoint', 'tenant', 'indicator', 'software', 'template', 'cadence', 'origin'] as const;

/** Two findings with the same kind and value of tie belong together; an origin is also tied to the endpoint of that name. */
export type Tie = { readonly by: (typeof tieKinds)[number]; readonly value: string };

export type Level = 'finding' | 'lead';
export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'informational';

export type FindingEndpoint = {
  readonly host: string | null;
  readonly url: string | null;
  readonly ip?: string | null;
  readonly platform: string | null;
  readonly provider: string | null;
  readonly kind: string | null;
  readonly tenant: string | null;
  readonly function: string | null;
  readonly region: string | null;
  readonly granularity: string | null;
  readonly blockable: boolean;
};

/**
 * One of one's own hosts. Where leases were read: its name and card, and where it or its address changed hands, the
 * addresses at which it met the endpoint, oldest first; `ip` is then the last of them.
 */
export type InternalHost = {
  readonly ip: string;
  readonly host: string | null;
  readonly mac?: string | null;
  readonly addresses?: readonly { readonly ip: string; readonly first_seen: string; readonly last_seen: string }[];
};

/** One internal host and one endpoint, with what speaks for and against it. */
export type Finding = {
  readonly id: string;
  readonly level: Level;
  readonly severity: Severity;
  /** 0 to 1, like a probability; the sum of the weights in log-odds. */
  readonly score: number;
  readonly internal: InternalHost;
  readonly endpoint: FindingEndpoint;
  readonly first_seen: string;
  readonly last_seen: string;
  readonly contacts: number;
  /** Contacts by UTC day, `YYYY-MM-DD`, oldest first: for the drawn timeline. */
  readonly by_day: readonly { readonly day: string; readonly contacts: number }[];
  readonly bytes_out: number | null;
  readonly bytes_in: number | null;
  readonly evidence: readonly Evidence[];
  readonly attack: readonly string[];
  readonly not_evaluable: readonly string[];
  /** What would change this verdict. */
  readonly would_change: readonly string[];
  readonly next_steps: readonly string[];
};

/** Findings and leads that belong to one operation: one thing to read. */
export type Cluster = {
  readonly id: string;
  /** Those of its strongest member. */
  readonly level: Level;
  readonly severity: Severity;
  readonly score: number;
  /** Ids of findings and leads, strongest first; two at least. */
  readonly findings: readonly string[];
  readonly internal: readonly string[];
  /** Hosts, URLs or addresses. */
  readonly endpoints: readonly string[];
  readonly first_seen: string;
  readonly last_seen: string;
  readonly contacts: number;
  /** What ties them, and how many of them each tie holds. */
  readonly shared: readonly (Tie & { readonly findings: number })[];
};

export type TelemetryCoverage = {
  readonly format: string;
  readonly files: number;
  readonly events: number;
  readonly start: string | null;
  readonly end: string | null;
  readonly internal_hosts: number;
  readonly sees: readonly string[];
  readonly blind_to: readonly string[];
  /** Hours between start and end without any event. */
  readonly gaps_hours: number;
};

export type PlatformCoverage = {
  readonly platform: string;
  /** Whether this telemetry can name the tenant, and by what. */
  readonly visible: 'yes' | 'partly' | 'no';
  readonly why: string;
  readonly indicators: number;
  readonly contacts: number;
};

export type IdentityCoverage = {
  readonly hosts: number;
  readonly addresses: number;
  /** Hosts that had several addresses, and addresses that were several hosts in turn. */
  readonly hosts_moved: number;
  readonly addresses_shared: number;
  /** Addresses given to another host before the lease of the first had run out: the later lease counts. */
  readonly conflicts: readonly {
    readonly ip: string;
    readonly host: string;
    readonly other: string;
    readonly at: string;
  }[];
  /** Own addresses with contacts at times of which no lease tells, the busiest first. */
  readonly without: readonly {
    readonly ip: string;
    readonly events: number;
    readonly first: string;
    readonly last: string;
  }[];
};

export type HuntDocument = {
  readonly virga: string;
  readonly run: { readonly id: string; readonly started: string; readonly finished: string; readonly as_of: string };
  readonly telemetry: {
    readonly files: number;
    readonly read: number;
    readonly accepted: number;
    readonly refused: number;
    readonly start: string | null;
    readonly end: string | null;
    readonly internal_hosts: number;
  };
  readonly intel: {
    readonly files: number;
    readonly indicators: number;
    readonly active: number;
    readonly expired: number;
    readonly not_yet_valid: number;
    readonly not_for_detection: number;
    readonly refused: number;
    readonly by_kind: Readonly<Record<string, number>>;
    readonly by_platform: Readonly<Record<string, number>>;
    readonly sources: readonly {
      readonly name: string;
      readonly from: IntelOrigin;
      readonly licence: string | null;
      readonly indicators: number;
      readonly newest: string | null;
    }[];
    /** Indicators that may not convict (shared apex, edge address, resolver, popular name), each with why. */
    readonly guarded: readonly { readonly value: string; readonly source: string; readonly why: string }[];
    /** Warning lists that were in force. */
    readonly warning_lists: readonly { readonly name: string; readonly version: string }[];
    /** The feeds of the workspace as they stood: `ailments` is empty where one is well. */
    readonly feeds: readonly {
      readonly name: string;
      readonly ailments: readonly string[];
      readonly why: string;
      readonly last: string | null;
    }[];
  };
  /** Of a look back: whether everything that waited was searched, and what still waits for the next one. */
  readonly searched?: { readonly complete: boolean; readonly imports_left: number; readonly logs_left: number };
  readonly findings: readonly Finding[];
  readonly leads: readonly Finding[];
  /** Findings and leads of one operation, the strongest operation first; what stands alone is in none. */
  readonly clusters: readonly Cluster[];
  readonly observations: {
    readonly platforms: readonly {
      readonly platform: string;
      readonly provider: string;
      readonly tenants: number;
      readonly internal_hosts: number;
      readonly events: number;
    }[];
    /** Accounts and names that look like one's own: nothing is discounted by that; a person confirms with `--own`. */
    readonly own_candidates: readonly { readonly name: string; readonly why: string; readonly sources: number }[];
  };
  readonly coverage: {
    /** Plain sentences for an auditor; the last one is that no hit is no proof of absence. */
    readonly statement: readonly string[];
    readonly telemetry: readonly TelemetryCoverage[];
    readonly platforms: readonly PlatformCoverage[];
    readonly detection_limits: readonly string[];
    /** Who the addresses were, by DHCP; left out where no log tells. */
    readonly identity?: IdentityCoverage;
  };
  readonly refused: {
    readonly total: number;
    readonly reasons: Readonly<Record<string, number>>;
    readonly examples: readonly {
      readonly file: string;
      readonly line: number;
      readonly reason: string;
      readonly detail: string;
    }[];
  };
};
