/** What an ATT&CK object says of itself. */
import type { AttackEdge, AttackFacts } from '../model/attack.ts';
import { contentHash } from './canonical.ts';
import { field, isObject, isTrue, type Json, type JsonObject, objectsOf, textOf } from './json.ts';

const STIX_ID = /^[a-z][a-z0-9-]{1,60}--[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;

export const isStixId = (text: string): boolean => STIX_ID.test(text);

/** The facts of an object of a bundle, or in words why it is none. */
export function factsOf(object: JsonObject): AttackFacts | string {
  const type = textOf(object, 'type');
  const id = textOf(object, 'id');
  if (type === null) return 'has no type';
  if (id === null) return `(${type}) has no id`;
  if (!isStixId(id) || !id.startsWith(`${type}--`))
    return `(${type}) has the id ${JSON.stringify(id.slice(0, 80))}, which is none of its type`;
  const own = ownReference(object);
  return {
    id,
    type,
    attack_id: own && textOf(own, 'external_id'),
    name: textOf(object, 'name'),
    url: own && textOf(own, 'url'),
    version: textOf(object, 'x_mitre_version'),
    created: textOf(object, 'created'),
    modified: textOf(object, 'modified'),
    status: isTrue(object, 'revoked') ? 'revoked' : isTrue(object, 'x_mitre_deprecated') ? 'deprecated' : 'active',
    content_hash: contentHash(object),
  };
}

/** MITRE's own reference: `mitre-attack`, `mitre-mobile-attack`, `mitre-ics-attack`. */
export const ownReference = (object: JsonObject): JsonObject | null =>
  objectsOf(object, 'external_references').find(
    (r) => textOf(r, 'source_name')?.startsWith('mitre') === true && textOf(r, 'external_id') !== null,
  ) ?? null;

const attackId = (object: JsonObject): string | null => {
  const own = ownReference(object);
  return own && textOf(own, 'external_id');
};

/** Who made and marked an object is the same for all of them and says nothing about the subject. */
const HOUSEKEEPING = new Set([
  'created_by_ref',
  'x_mitre_modified_by_ref',
  'object_marking_refs',
  'x_mitre_contents',
  'object_ref',
]);

/** Every reference that an object holds, those deep inside too; of a relationship, the relation itself. */
export function edgesOf(object: JsonObject): AttackEdge[] {
  const id = textOf(object, 'id') ?? '';
  const [source, target, kind] = ['source_ref', 'target_ref', 'relationship_type'].map((name) => textOf(object, name));
  if (textOf(object, 'type') === 'relationship' && source && target && kind) return [{ source, kind, target, via: id }];
  return embedded(object).map(([kind, target]) => ({ source: id, kind, target, via: null }));
}

function embedded(value: Json): [field: string, target: string][] {
  if (Array.isArray(value)) return value.flatMap(embedded);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]): [string, string][] => {
    if (HOUSEKEEPING.has(name)) return [];
    if (!/_refs?$/.test(name)) return embedded(inner);
    const targets = Array.isArray(inner) ? inner : [inner];
    return targets
      .filter((t) => typeof t === 'string')
      .filter(isStixId)
      .map((t) => [name, t]);
  });
}

/** Tactic short names of a technique, with the kill chain's name. */
export const phasesOf = (object: JsonObject): { readonly chain: string; readonly phase: string }[] =>
  objectsOf(object, 'kill_chain_phases').flatMap((p) => {
    const [chain, phase] = [textOf(p, 'kill_chain_name'), textOf(p, 'phase_name')];
    return chain && phase ? [{ chain, phase }] : [];
  });

/** The domain that an object names: its matrix's id, or its `x_mitre_domains`. */
export function domainsOf(object: JsonObject): string[] {
  if (textOf(object, 'type') === 'x-mitre-matrix')
    return [attackId(object) ?? ''].filter((d) => /^[a-z]+-attack$/.test(d));
  const domains = field(object, 'x_mitre_domains');
  return Array.isArray(domains) ? domains.filter((d) => typeof d === 'string') : [];
}
