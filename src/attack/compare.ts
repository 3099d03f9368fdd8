/** Two states of one object: which fields differ, and what MITRE's changelog would call it. */
import type { AttackFacts } from '../model/attack.ts';
import type { ChangeCategory } from '../model/attack-diff.ts';
import { fieldOf, sameJson } from './canonical.ts';
import type { JsonObject } from './json.ts';

/**
 * Names of the top-level fields that differ, sorted. A default that is written out in one of them only is named here
 * when something else differs too; alone it is no change, because the content hash does not know it.
 */
export function changedFields(before: JsonObject, after: JsonObject): string[] {
  const differs = (name: string): boolean => !sameJson(fieldOf(before, name), fieldOf(after, name));
  const gone = Object.keys(before).filter((name) => !Object.hasOwn(after, name) && differs(name));
  return [...Object.keys(after).filter(differs), ...gone].sort();
}

/** Fields that say when and by whom an object was kept, nothing about its subject. */
const BOOKKEEPING = new Set([
  'modified',
  'created',
  'revoked',
  'x_mitre_attack_spec_version',
  'x_mitre_modified_by_ref',
  'created_by_ref',
  'object_marking_refs',
  'x_mitre_version',
]);

export const isBookkeeping = (name: string): boolean => BOOKKEEPING.has(name);

/** The categories of an object whose content changed. `modified` is looked at last, and never believed alone. */
export function categoriesOf(before: AttackFacts, after: AttackFacts): ChangeCategory[] {
  const status = statusChange(before, after);
  return [...(status ? [status] : []), versionChange(before, after)];
}

function statusChange(before: AttackFacts, after: AttackFacts): ChangeCategory | null {
  if (after.status === 'revoked' && before.status !== 'revoked') return 'revoked';
  return after.status === 'deprecated' && before.status === 'active' ? 'deprecated' : null;
}

function versionChange(before: AttackFacts, after: AttackFacts): ChangeCategory {
  if (before.version === after.version)
    return before.modified === after.modified ? 'content_changed_same_modified' : 'modified_same_version';
  const [a, b] = [steps(before.version), steps(after.version)];
  if (a && b && b.major === a.major + 1 && b.minor === 0) return 'major_version';
  if (a && b && b.major === a.major && b.minor === a.minor + 1) return 'minor_version';
  return 'other_version';
}

function steps(version: string | null): { readonly major: number; readonly minor: number } | null {
  const parts = /^(\d{1,6})\.(\d{1,6})$/.exec(version ?? '');
  return parts && { major: Number(parts[1]), minor: Number(parts[2]) };
}
