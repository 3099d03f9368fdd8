/** What changed between two releases, object by object. */
import type { AttackStatus } from './attack.ts';

/** In the order in which they are told. More than one may hold for an object. */
export const changeCategories = [
  'added',
  'removed',
  'revoked',
  'deprecated',
  'major_version',
  'minor_version',
  'other_version',
  'modified_same_version',
  'content_changed_same_modified',
] as const;
export type ChangeCategory = (typeof changeCategories)[number];

/** A run of text that both have (`=`), that only the older (`-`) or only the newer (`+`) has. */
export type WordRun = { readonly is: '=' | '-' | '+'; readonly text: string };

export type FieldChange = {
  readonly field: string;
  /** The change in sentences without a full stop, such as `tactic stealth added`. */
  readonly says: readonly string[];
  /** For running text; null for other fields, and for texts too far apart to show. */
  readonly words: readonly WordRun[] | null;
};

export type ObjectChange = {
  readonly id: string;
  readonly type: string;
  readonly attack_id: string | null;
  readonly name: string | null;
  readonly url: string | null;
  readonly categories: readonly ChangeCategory[];
  readonly from_version: string | null;
  readonly to_version: string | null;
  readonly from_modified: string | null;
  readonly to_modified: string | null;
  /** The status after it; of a removed object, before. */
  readonly status: AttackStatus;
  /** Top-level names, sorted; empty for added and removed objects. */
  readonly changed_fields: readonly string[];
  /** True where only dates, editors and the version of the specification changed. */
  readonly bookkeeping: boolean;
  /** The object in words; of a relationship, both ends. */
  readonly subject: string;
  /** Fields of substance, in words. */
  readonly changes: readonly FieldChange[];
  /** The ATT&CK id before, where it is another one now. */
  readonly renumbered_from: string | null;
  /** What replaces it, where it is revoked: the end of the chain. */
  readonly replaced_by: { readonly id: string; readonly attack_id: string | null; readonly name: string | null } | null;
};

export type AttackDiff = {
  readonly from: string;
  readonly to: string;
  readonly domain: string;
  /** How many objects of each type fell under each category, and `unchanged`. */
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly objects: readonly ObjectChange[];
};
