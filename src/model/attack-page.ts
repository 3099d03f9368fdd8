/** Everything that one ATT&CK object means in one release: MITRE's words, the resolved context, and our notes apart. */
import type { AnalystNote } from './analyst-note.ts';
import type { AttackStatus } from './attack.ts';
import type { Source } from './paper.ts';

/** Another object of the release. */
export type AttackRef = {
  readonly id: string;
  readonly kind: string;
  readonly attack_id: string | null;
  readonly name: string | null;
  readonly status: AttackStatus;
  readonly url: string | null;
  /** MITRE's words about it; null where the page has no room for them. */
  readonly description: string | null;
  /** MITRE's words about the relation to the object that it was reached from. */
  readonly relation: string | null;
  /** STIX id of that relation. */
  readonly relation_id: string | null;
};

export type LogSource = {
  readonly name: string;
  readonly channel: string | null;
  readonly component: AttackRef | null;
};

export type AnalyticRef = AttackRef & {
  readonly platforms: readonly string[];
  readonly log_sources: readonly LogSource[];
  readonly mutable_elements: readonly { readonly field: string; readonly description: string }[];
};

/** A technique that the object leads to, with what hangs on it. */
export type TechniqueRef = AttackRef & {
  readonly tactics: readonly AttackRef[];
  readonly parent: AttackRef | null;
  readonly platforms: readonly string[];
  readonly mitigations: readonly AttackRef[];
  readonly groups: readonly AttackRef[];
  readonly software: readonly AttackRef[];
  readonly campaigns: readonly AttackRef[];
  readonly assets: readonly AttackRef[];
};

/** An object of the same kind with the same description, word for word, and the techniques that it leads to. */
export type TwinRef = AttackRef & {
  readonly strategies: readonly AttackRef[];
  readonly techniques: readonly TechniqueRef[];
};

export type AttackContext = {
  readonly detection_strategies: readonly AttackRef[];
  readonly analytics: readonly AnalyticRef[];
  readonly log_sources: readonly LogSource[];
  readonly data_components: readonly AttackRef[];
  readonly techniques: readonly TechniqueRef[];
  readonly subtechniques: readonly AttackRef[];
  readonly tactics: readonly AttackRef[];
  readonly mitigations: readonly AttackRef[];
  readonly groups: readonly AttackRef[];
  readonly software: readonly AttackRef[];
  readonly campaigns: readonly AttackRef[];
  readonly assets: readonly AttackRef[];
  readonly twins: readonly TwinRef[];
  /** What takes its place, nearest first, where it is revoked. */
  readonly replaced_by: readonly AttackRef[];
  readonly replaces: readonly AttackRef[];
};

export type ReleaseRow = {
  readonly release: string;
  readonly domain: string;
  readonly version: string | null;
  readonly modified: string | null;
  readonly status: AttackStatus;
  readonly content_hash: string;
};

export type AttackPage = {
  readonly release: {
    readonly release: string;
    readonly domain: string;
    readonly sha256: string;
    readonly imported: string;
  };
  readonly object: AttackRef & {
    readonly type: string;
    readonly version: string | null;
    readonly created: string | null;
    readonly modified: string | null;
    readonly content_hash: string;
    readonly domains: readonly string[];
    readonly platforms: readonly string[];
    readonly aliases: readonly string[];
    /** Of an analytic: what a defender may tune. */
    readonly mutable_elements: readonly { readonly field: string; readonly description: string }[];
  };
  /** MITRE's fields as they stand, without those that only the STIX form adds. */
  readonly official: Readonly<Record<string, unknown>>;
  readonly context: AttackContext;
  /** Citations of MITRE's texts on this page, numbered, and the objects that they stand in. */
  readonly citations: readonly Source[];
  /** Ours or a user's, never MITRE's: about the object, then about what it leads to. */
  readonly analyst: readonly AnalystNote[];
  /** Techniques that the notes name as related, as the release has them. */
  readonly related: readonly { readonly technique: AttackRef; readonly note: AnalystNote | null }[];
  /** One row a release that holds the object, oldest first. */
  readonly releases: readonly ReleaseRow[];
  /** Releases of the domain that are imported and do not hold it. */
  readonly absent_from: readonly string[];
  /** Others of the release with the same ATT&CK id. */
  readonly also: readonly AttackRef[];
  readonly licence: string;
};
