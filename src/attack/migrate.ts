/** A file of the user's with approved replacements made. Pure: the file itself is for the caller to write, or not. */
import type { AttackImpact } from '../model/attack-impact.ts';
import type { ImpactSide } from './impact.ts';
import { field, isObject, type Json, type JsonObject, textOf } from './json.ts';
import { layerTechniques, mentionsOf, type OwnFile } from './own-file.ts';

export type MigrationPlan = {
  /** Approved: old id to new id. Tactics stand here with their own id when their short name changed. */
  readonly ids: ReadonlyMap<string, string>;
  readonly impact: AttackImpact;
  readonly from: ImpactSide;
  readonly to: ImpactSide;
  /** The tactic id of a short name in the older release. */
  readonly tactic: (shortName: string) => string | null;
};

/** The new text; the same text where nothing in it is to change. Hunt documents stay: they say what was judged then. */
export function migrate(own: OwnFile, plan: MigrationPlan): string {
  if (own.kind === 'hunt document' || own.kind === 'analyst note') return own.text;
  if (own.kind === 'Navigator layer' && own.json !== null && isObject(own.json))
    return migrateLayer(own.text, own.json, plan);
  return migrateTactics(own, migrateIds(own.text, plan.ids), plan);
}

const ID = /(?<![A-Za-z0-9])([A-Za-z]{1,3}[0-9]{4}(?:\.[0-9]{3})?)(?![A-Za-z0-9])/g;

/** Ids keep the case in which they are written: Sigma's tags are small. */
function migrateIds(text: string, ids: ReadonlyMap<string, string>): string {
  return text.replace(ID, (written) => {
    const next = ids.get(written.toUpperCase());
    if (next === undefined || next === written.toUpperCase()) return written;
    return written === written.toUpperCase() ? next : written === written.toLowerCase() ? next.toLowerCase() : written;
  });
}

/** Tactic tags follow the techniques of the file: where these went, the tag goes. */
function migrateTactics(own: OwnFile, text: string, plan: MigrationPlan): string {
  const techniques = mentionsOf(own, () => null).map((m) => m.attack_id);
  return text
    .split('\n')
    .map((line) =>
      line.replace(/(?<![A-Za-z0-9])attack\.([a-z][a-z_-]{2,40})(?![A-Za-z0-9.])/g, (tag, name: string) => {
        const id = plan.tactic(name.replaceAll('_', '-'));
        if (id === null || !plan.ids.has(id)) return tag;
        const next = tacticsFor(id, name.replaceAll('_', '-'), techniques, plan).map(
          (n) => `attack.${name.includes('_') ? n.replaceAll('-', '_') : n}`,
        );
        const item = /^(\s*-\s*)\S+\s*$/.exec(line.replace(/\r$/, ''));
        return next.join(item ? `\n${item[1]}` : ', ');
      }),
    )
    .join('\n');
}

/** Short names that take the place of one: of the named techniques, else of the tactic itself. */
function tacticsFor(id: string, name: string, techniques: readonly string[], plan: MigrationPlan): string[] {
  const moved = techniques.flatMap((technique) => {
    const old = plan.from.named(technique);
    const fresh = plan.to.named(plan.ids.get(technique) ?? technique);
    if (!old || !fresh || !plan.from.phases(old).includes(name)) return [];
    const before = new Set(plan.from.phases(old));
    return plan.to.phases(fresh).filter((phase) => !before.has(phase));
  });
  const tactic = plan.to.named(id);
  const own = tactic && plan.to.shortName(tactic);
  return moved.length > 0 ? [...new Set(moved)].sort() : [own ?? name];
}

function migrateLayer(text: string, layer: JsonObject, plan: MigrationPlan): string {
  const before = layerTechniques(layer);
  const entries = before.flatMap((entry): Json[] => (isObject(entry) ? migrateEntry(entry, plan) : [entry]));
  if (entries.every((e, i) => e === before[i]) && entries.length === before.length) return text;
  const versions = field(layer, 'versions');
  const [attack] = plan.impact.to.split('.');
  const next = {
    ...layer,
    versions: { ...(isObject(versions) ? versions : {}), attack: attack ?? '' },
    techniques: mergeEntries(entries),
  };
  return `${JSON.stringify(next, null, 2)}\n`;
}

function migrateEntry(entry: JsonObject, plan: MigrationPlan): JsonObject[] {
  const id = textOf(entry, 'techniqueID') ?? '';
  const next = plan.ids.get(id) ?? id;
  const name = textOf(entry, 'tactic');
  const tactic = name === null ? null : plan.tactic(name);
  const fresh = plan.to.named(next);
  const kept = name === null || (fresh !== null && plan.to.phases(fresh).includes(name));
  if (next === id && (kept || tactic === null || !plan.ids.has(tactic))) return [entry];
  const tactics = kept || name === null ? [name] : fresh ? tacticsFor(tactic ?? '', name, [id], plan) : [name];
  return tactics.map((t) => ({ ...entry, techniqueID: next, ...(t === null ? {} : { tactic: t }) }));
}

/** Two entries of one technique and tactic become one: the higher score, both comments. */
function mergeEntries(entries: readonly Json[]): Json[] {
  const out: Json[] = [];
  const places = new Map<string, number>();
  for (const entry of entries) {
    const key = isObject(entry) ? `${textOf(entry, 'techniqueID')} ${textOf(entry, 'tactic')}` : '';
    const at = places.get(key);
    const known = at === undefined ? undefined : out[at];
    if (at === undefined || !isObject(entry) || !isObject(known)) {
      if (isObject(entry)) places.set(key, out.length);
      out.push(entry);
    } else out[at] = merged(known, entry);
  }
  return out;
}

function merged(a: JsonObject, b: JsonObject): JsonObject {
  const scores = [field(a, 'score'), field(b, 'score')].filter((s) => typeof s === 'number');
  const comments = [...new Set([textOf(a, 'comment'), textOf(b, 'comment')].filter((c) => c !== null))];
  return {
    ...b,
    ...a,
    ...(scores.length > 0 ? { score: Math.max(...scores) } : {}),
    ...(comments.length > 0 ? { comment: comments.join('\n') } : {}),
  };
}
