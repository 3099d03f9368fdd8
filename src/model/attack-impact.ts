/** What a new release changes for what a user has: rules, layers, reports, notes that name ATT&CK objects. */
import type { FieldChange } from './attack-diff.ts';

export type OwnFileKind =
  | 'Sigma rule'
  | 'Navigator layer'
  | 'hunt document'
  | 'JSON file'
  | 'text file'
  | 'analyst note'
  | 'indicator'
  | 'stored finding'
  | 'coverage claim';

/** A place that names an object. */
export type Mention = {
  readonly file: string;
  readonly kind: OwnFileKind;
  /** The rule's title, the layer's name. */
  readonly title: string | null;
  /** 1-based; null in JSON, where `path` says the place. */
  readonly line: number | null;
  readonly path: string | null;
  /** As it stands there, such as `attack.t1562.001`. */
  readonly written: string;
  readonly attack_id: string;
};

/**
 * `revoked`, `deprecated`, `removed`, `renumbered`: since the older release. `stale`: it was so in the older release
 * already. `reused`: the id names another object now. `changed`: its content, or that of what detects it, changed.
 */
export type ImpactEffect = 'revoked' | 'deprecated' | 'removed' | 'renumbered' | 'reused' | 'stale' | 'changed';

/** What to write instead; applied only where the user says so. */
export type Migration = {
  /** An ATT&CK id, or the short name of a tactic. */
  readonly of: 'id' | 'tactic';
  readonly replace: string;
  readonly with: readonly string[];
  readonly why: string;
  /** True where a person should look before it is taken: the new object covers more or less than the old one. */
  readonly review: boolean;
};

export type Affected = {
  readonly attack_id: string;
  readonly id: string;
  readonly name: string | null;
  readonly effect: ImpactEffect;
  /** In sentences without a full stop. */
  readonly says: readonly string[];
  readonly changes: readonly FieldChange[];
  readonly mentions: readonly Mention[];
  readonly migration: Migration | null;
};

export type AttackImpact = {
  readonly from: string;
  readonly to: string;
  readonly domain: string;
  readonly files: readonly {
    readonly file: string;
    readonly kind: OwnFileKind;
    readonly title: string | null;
    readonly mentions: number;
  }[];
  /** Files that were not looked through, and why. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  readonly affected: readonly Affected[];
  /** Named, and the same in substance in both releases. */
  readonly unaffected: readonly {
    readonly attack_id: string;
    readonly name: string | null;
    readonly mentions: number;
  }[];
  /** Ids of the domain's shape that neither release has. */
  readonly unknown: readonly { readonly attack_id: string; readonly mentions: readonly Mention[] }[];
};
