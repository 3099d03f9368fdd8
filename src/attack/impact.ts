/** From mentions and a difference to what the user has to look at. */

import type { AttackObject } from '../model/attack.ts';
import type { AttackDiff, FieldChange, ObjectChange } from '../model/attack-diff.ts';
import type { Affected, AttackImpact, ImpactEffect, Mention, Migration } from '../model/attack-impact.ts';
import { kindOf } from './kinds.ts';
import { titleOf } from './title.ts';

/** One release as the impact needs it. */
export type ImpactSide = {
  /** The object that carries an id: the active one first. */
  readonly named: (attackId: string) => AttackObject | null;
  readonly object: (id: string) => AttackObject | null;
  readonly replacement: (object: AttackObject) => AttackObject | null;
  /** Tactic short names of a technique. */
  readonly phases: (object: AttackObject) => readonly string[];
  /** The short name of a tactic. */
  readonly shortName: (object: AttackObject) => string | null;
  /** STIX ids of what detects a technique: strategies, analytics, data components. */
  readonly detectedBy: (object: AttackObject) => readonly string[];
};

export type ImpactFacts = {
  readonly diff: AttackDiff;
  readonly from: ImpactSide;
  readonly to: ImpactSide;
  readonly mentions: readonly Mention[];
  readonly files: AttackImpact['files'];
  readonly skipped: AttackImpact['skipped'];
};

export function impactOf({ diff, from, to, mentions, files, skipped }: ImpactFacts): AttackImpact {
  const changes = new Map(diff.objects.map((o) => [o.id, o]));
  const affected: Affected[] = [];
  const unaffected: { attack_id: string; name: string | null; mentions: number }[] = [];
  const unknown: { attack_id: string; mentions: Mention[] }[] = [];
  for (const [attack_id, places] of byId(mentions)) {
    const [old, fresh] = [from.named(attack_id), to.named(attack_id)];
    const object = old ?? fresh;
    if (!object) {
      unknown.push({ attack_id, mentions: places });
      continue;
    }
    const now = to.object(object.id);
    const told = judge({ attack_id, old, fresh, now, changes, from, to });
    if (told) affected.push({ attack_id, id: object.id, name: object.name, ...told, mentions: places });
    else unaffected.push({ attack_id, name: object.name, mentions: places.length });
  }
  return {
    from: diff.from,
    to: diff.to,
    domain: diff.domain,
    ...{ files, skipped, affected: affected.sort(byEffect), unaffected, unknown },
  };
}

function byId(mentions: readonly Mention[]): [string, Mention[]][] {
  const out = new Map<string, Mention[]>();
  for (const mention of mentions) {
    const places = out.get(mention.attack_id);
    if (places) places.push(mention);
    else out.set(mention.attack_id, [mention]);
  }
  return [...out].sort(([a], [b]) => (a < b ? -1 : 1));
}

const EFFECTS: readonly ImpactEffect[] = [
  'revoked',
  'removed',
  'renumbered',
  'reused',
  'deprecated',
  'stale',
  'changed',
];
const byEffect = (a: Affected, b: Affected): number =>
  EFFECTS.indexOf(a.effect) - EFFECTS.indexOf(b.effect) || (a.attack_id < b.attack_id ? -1 : 1);

type Case = {
  readonly attack_id: string;
  /** What carries the id in each release. */
  readonly old: AttackObject | null;
  readonly fresh: AttackObject | null;
  /** The old object (or the fresh one, where there is no old) in the newer release. */
  readonly now: AttackObject | null;
  readonly changes: ReadonlyMap<string, ObjectChange>;
  readonly from: ImpactSide;
  readonly to: ImpactSide;
};
type Told = Pick<Affected, 'effect' | 'says' | 'changes' | 'migration'>;

/** Null where nothing of substance changed. */
function judge(c: Case): Told | null {
  const { attack_id, old, fresh, now, changes, to } = c;
  const change = now ? changes.get(now.id) : undefined;
  if (!old) return null; // New in the newer release: whoever names it is ahead already.
  if (!now) return { effect: 'removed', says: ['it is not in the newer release at all'], changes: [], migration: null };
  if (now.attack_id !== attack_id) {
    const says = [
      `${titleOf(now)} is its id now`,
      ...(fresh && fresh.id !== now.id ? [`${attack_id} names ${titleOf(fresh)} now`] : []),
    ];
    return {
      effect: fresh ? 'reused' : 'renumbered',
      says,
      changes: change?.changes ?? [],
      migration: migrationTo(attack_id, now, 'renumbered', false),
    };
  }
  if (now.status === 'revoked') {
    const next = to.replacement(now);
    const before = old.status === 'revoked';
    const says = [
      before ? 'it was revoked before the older release already' : 'it is revoked',
      next ? `${titleOf(next)} takes its place` : 'MITRE names nothing in its place',
    ];
    const migration =
      next && migrationTo(attack_id, next, `MITRE revoked it in favour of ${titleOf(next)}`, now.name !== next.name);
    return { effect: before ? 'stale' : 'revoked', says, changes: [], migration };
  }
  if (now.status === 'deprecated') {
    const before = old.status === 'deprecated';
    const says = [
      before ? 'it was deprecated before the older release already' : 'it is deprecated: MITRE keeps it no longer',
    ];
    return {
      effect: before ? 'stale' : 'deprecated',
      says,
      changes: before ? [] : (change?.changes ?? []),
      migration: null,
    };
  }
  return changed(c, old, now, change);
}

const migrationTo = (replace: string, object: AttackObject, why: string, review: boolean): Migration | null =>
  object.attack_id === null ? null : { of: 'id', replace, with: [object.attack_id], why, review };

function changed(
  { changes, from, to }: Case,
  old: AttackObject,
  now: AttackObject,
  change: ObjectChange | undefined,
): Told | null {
  const own: readonly FieldChange[] =
    change && !change.bookkeeping ? change.changes.filter((c) => !isEmptyRemoval(c)) : [];
  const around = [...new Set([...from.detectedBy(old), ...to.detectedBy(now)])].flatMap((id) =>
    aroundWords(id, changes),
  );
  const [before, after] = now.type === 'x-mitre-tactic' ? [from.shortName(old), to.shortName(now)] : [null, null];
  const migration = before !== null && after !== null && before !== after ? tacticMigration(before, after) : null;
  if (own.length === 0 && around.length === 0 && !migration) return null;
  return { effect: 'changed', says: around, changes: own, migration };
}

const isEmptyRemoval = (c: FieldChange): boolean =>
  c.says.every((says) => says.endsWith('removed (it was empty)') || says.endsWith('put in another order'));

const tacticMigration = (before: string, after: string): Migration => ({
  ...{ of: 'tactic', replace: before, with: [after], review: true },
  why: 'the tactic has another short name; where the techniques of a file moved to another tactic, that one is written',
});

/** What changed about a strategy, analytic or data component that belongs to a technique. */
function aroundWords(id: string, changes: ReadonlyMap<string, ObjectChange>): string[] {
  const change = changes.get(id);
  if (!change || change.bookkeeping) return [];
  const what = `${kindOf(change.type)} ${change.subject}`;
  if (change.categories.some((c) => c === 'added' || c === 'removed' || c === 'deprecated' || c === 'revoked'))
    return [`${what}: ${change.categories.filter((c) => c !== 'modified_same_version').join(', ')}`];
  const says = change.changes.filter((c) => !isEmptyRemoval(c)).flatMap((c) => c.says);
  return says.length === 0
    ? []
    : [`${what}: ${says.slice(0, 6).join('; ')}${says.length > 6 ? `; ${says.length - 6} more` : ''}`];
}
