/** The nouns of the ATT&CK mirror: a release, an object as it stood in one, and how objects point at each other. */

/** Where an object stands: a release of a domain. */
export type ReleaseKey = { readonly domain: string; readonly release: string };

/** `2.0` or `2.1`: the STIX form that a bundle came in. Both give the same mirror. */
export type StixForm = '2.0' | '2.1';

export type AttackRelease = ReleaseKey & {
  /** A number of this workspace. */
  readonly n: number;
  readonly form: StixForm;
  readonly bundle: string | null;
  /** Of the bundle's bytes, unpacked. */
  readonly sha256: string;
  /** Of the file as it was given. */
  readonly file_sha256: string;
  readonly bytes: number;
  readonly objects: number;
  /** SHA-256 over the content of all objects, whatever the STIX form and the order. */
  readonly content_hash: string;
  /** References to objects that the bundle does not hold. */
  readonly dangling: number;
  /** RFC 3339, UTC. */
  readonly imported: string;
};

export type AttackStatus = 'active' | 'deprecated' | 'revoked';

/** What is asked of an object often, read from its JSON at import. */
export type AttackFacts = {
  /** STIX id. */
  readonly id: string;
  /** STIX type. */
  readonly type: string;
  /** Such as `T1584.007`; null for relationships, identities and the like. */
  readonly attack_id: string | null;
  readonly name: string | null;
  /** Its page at attack.mitre.org, as MITRE's own reference has it. */
  readonly url: string | null;
  readonly version: string | null;
  readonly created: string | null;
  readonly modified: string | null;
  readonly status: AttackStatus;
  readonly content_hash: string;
};

/** An object in a release: its number there (its place in the bundle, from 0), its bytes' place. */
export type AttackObject = AttackFacts & { readonly n: number; readonly start: number; readonly length: number };

/** That an object points at another: by a relationship (`via` its id) or by a field of its own (`via` null). */
export type AttackEdge = {
  readonly source: string;
  /** `uses`, `detects`, `mitigates`, `revoked-by`…, or a field such as `x_mitre_analytic_refs`. */
  readonly kind: string;
  readonly target: string;
  readonly via: string | null;
};
