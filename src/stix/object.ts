/**
 * STIX 2.1 objects as we write them. Ids follow from what an object is about, so that the same fact written twice is the
 * same object; times come in as values. Read back by any reader of STIX, ours included.
 */
import { createHash } from 'node:crypto';

/** An object ready to be written as JSON. Properties of STIX and no others. */
export type StixObject = { readonly type: string; readonly id: string; readonly [property: string]: unknown };

/** Our namespace of UUIDv5 (RFC 9562), itself the UUIDv5 of `virga` in that of DNS names. */
const OURS = uuid5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'virga');
/** The namespace that STIX 2.1, 2.9 prescribes for cyber-observable objects. */
const OBSERVABLES = '00abedb4-aa42-466c-9c01-fed23315a9b7';

export function uuid5(namespace: string, name: string): string {
  const space = Buffer.from(namespace.replaceAll('-', ''), 'hex');
  const bytes = createHash('sha1').update(space).update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The id of an object of `type` that is about `parts`. */
export const stixId = (type: string, ...parts: readonly string[]): string =>
  `${type}--${uuid5(OURS, JSON.stringify([type, ...parts]))}`;

/** A domain object: `created` says when the fact became one, `modified` when this wording did. */
export function domainObject(
  type: string,
  about: readonly string[],
  created: string,
  modified: string,
  properties: Readonly<Record<string, unknown>>,
): StixObject {
  const later = modified < created ? created : modified;
  return { type, spec_version: '2.1', id: stixId(type, ...about), created, modified: later, ...properties };
}

/** A cyber-observable object whose one contributing property is `value`. */
export function observableObject(type: string, value: string): StixObject {
  return { type, spec_version: '2.1', id: `${type}--${uuid5(OBSERVABLES, JSON.stringify({ value }))}`, value };
}

/** Objects as one bundle; the same object is written once, the first wording of it. The id follows from the content. */
export function bundle(objects: readonly StixObject[]): StixObject {
  const once = [...new Map(objects.toReversed().map((object) => [object.id, object])).values()].toReversed();
  return { type: 'bundle', id: stixId('bundle', JSON.stringify(once)), objects: once };
}

/** Milliseconds since 1970 as STIX writes a time. */
export const stamp = (time: number): string => new Date(time).toISOString();
