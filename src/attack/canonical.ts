/**
 * The canonical form of an object, by which content is compared and hashed. It is the JSON Canonicalization Scheme
 * (RFC 8785: sorted members, no spaces, ECMAScript numbers and strings) of the object without
 * - what only the STIX form adds: `spec_version`; `is_family: true` of malware; the one label of malware and tools that
 *   repeats their type (STIX 2.0 asks for it, 2.1 does not);
 * - defaults that are written out: `revoked: false` and `x_mitre_deprecated: false`.
 * The order of lists counts. So the STIX 2.0 and the 2.1 form of an object have one hash.
 */
import { createHash } from 'node:crypto';
import { field, isObject, type Json, type JsonObject } from './json.ts';

/** The object's own field, or nothing where only the STIX form adds it. */
export function fieldOf(object: JsonObject, name: string): Json | undefined {
  const value = field(object, name);
  return value === undefined || isOfForm(object, name, value) ? undefined : value;
}

/** The object's fields but for those that only its STIX form adds. */
export const fieldsOf = (object: JsonObject): [string, Json][] =>
  Object.entries(object).filter(([name, value]) => !isOfForm(object, name, value));

/** The same without defaults: what the canonical form holds. */
const contentOf = (object: JsonObject): [string, Json][] =>
  Object.entries(object).filter(([name, value]) => !isOfForm(object, name, value) && !isDefault(name, value));

/** The text that is hashed. */
export const canonicalText = (object: JsonObject): string => write(contentOf(object));

/** SHA-256 of the canonical text, in hexadecimal. */
export const contentHash = (object: JsonObject): string =>
  createHash('sha256').update(canonicalText(object), 'utf8').digest('hex');

/** Whether two values are equal as JSON: the order of lists counts, that of members does not. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  return text(a) === text(b);
}

const isDefault = (name: string, value: Json): boolean => name === 'revoked' && value === false;

function isOfForm(object: JsonObject, name: string, value: Json): boolean {
  if (name === 'spec_version') return true;
  if (name === 'is_family') return value === true && field(object, 'type') === 'malware';
  // MITRE's 2.0 form writes this default out where its 2.1 form does not (mobile-attack 17.0, 2026-11-24).
  if (name === 'x_mitre_deprecated') return value === false;
  const type = field(object, 'type');
  return (
    name === 'labels' &&
    (type === 'malware' || type === 'tool') &&
    Array.isArray(value) &&
    value.length === 1 &&
    value[0] === type
  );
}

function text(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(text).join(',')}]`;
  if (isObject(value)) return write(Object.entries(value));
  return JSON.stringify(value);
}

/** Members sorted by UTF-16 code units, as RFC 8785 has it and as JavaScript compares text. */
const write = (members: [string, Json][]): string =>
  `{${members
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${JSON.stringify(name)}:${text(value)}`)
    .join(',')}}`;
