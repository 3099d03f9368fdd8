/** The indicator: one observable that a source calls adversary infrastructure, with how long and how surely. */

export const indicatorKinds = [
  'domain',
  'url',
  'ipv4',
  'ipv6',
  'cidr',
  'ja3',
  'ja4',
  'certificate',
  'hash',
  'email',
  'pattern',
] as const;
export type IndicatorKind = (typeof indicatorKinds)[number];

/** Where indicators come from: one object shared by all indicators of a file or feed. */
export type IntelSource = {
  /** Name for people: what the record itself says, else the file's name. */
  readonly name: string;
  /** SPDX id or the words of the source; null where it says nothing. */
  readonly licence: string | null;
  /** The file it was read from. */
  readonly file: string;
  /** Set where the workspace kept it; absent where this run was given the file. */
  readonly from?: 'workspace';
};

/** Where a run has intelligence from: files that it was given, or what its workspace kept. */
export type IntelOrigin = 'given' | 'workspace';

export type Indicator = {
  /** STIX id, MISP uuid, or a hash of source, kind and value: the same input gives the same id. */
  readonly id: string;
  readonly kind: IndicatorKind;
  /** Normalised (lower case, no trailing dot, URL without credentials and fragment); null where a pattern is more than one comparison. */
  readonly value: string | null;
  /** The STIX pattern as it was given; null where the source had none. */
  readonly pattern: string | null;
  /** `like`: `value` holds the STIX wildcards `%` and `_`. */
  readonly match: 'equals' | 'like';
  readonly source: IntelSource;
  /** 0 to 100; null where the source says nothing. */
  readonly confidence: number | null;
  /** Milliseconds since 1970, UTC; null means open. `validUntil` is the first instant at which it is no longer valid. */
  readonly validFrom: number | null;
  readonly validUntil: number | null;
  /** When the source recorded it (STIX created, MISP timestamp, CSV created); null where it does not say. */
  readonly recorded: number | null;
  /** False where the source says that it is context and not for detection (MISP to_ids false). */
  readonly detect: boolean;
  /** Whose endpoint it was: decides whether its whole tenant may be followed. */
  readonly endpoint: 'acquired' | 'compromised' | 'unknown';
  /** Malware family, campaign or name, as the source gives it. */
  readonly description: string | null;
  readonly labels: readonly string[];
  /** 1-based line or record number in the file. */
  readonly line: number;
};

/** A revision of what one source says of one observable, as the workspace keeps it. */
export type StoredIndicator = Indicator & {
  /** When this revision became known here; milliseconds since 1970, UTC. */
  readonly learned: number;
  /** Number of the import that brought it. */
  readonly seq: number;
};
