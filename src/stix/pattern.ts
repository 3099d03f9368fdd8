/** A value of ours as a STIX pattern, and as an observable object. */
import type { IndicatorKind } from '../model/indicator.ts';
import { parseAddress } from '../observables/address.ts';
import { quote } from '../patterns/pattern.ts';
import { observableObject, type StixObject } from './object.ts';

const hashNames: Readonly<Record<number, string>> = {
  32: 'MD5',
  40: "'SHA-1'",
  56: "'SHA-224'",
  64: "'SHA-256'",
  96: "'SHA-384'",
  128: "'SHA-512'",
};
const hashOf = (object: string, value: string): string =>
  `${object}:hashes.${hashNames[value.length] ?? 'x_other'} = ${quote(value)}`;
const addressType = (value: string): string => (value.includes(':') ? 'ipv6-addr' : 'ipv4-addr');

type Write = (value: string, like: boolean) => string;
const compare =
  (path: string): Write =>
  (value, like) =>
    `${path} ${like ? 'LIKE' : '='} ${quote(value)}`;

/** No standard property holds a fingerprint of TLS; these are of the form that readers look for. */
const writers: Readonly<Record<Exclude<IndicatorKind, 'pattern'>, Write>> = {
  domain: compare('domain-name:value'),
  url: compare('url:value'),
  ipv4: compare('ipv4-addr:value'),
  ipv6: compare('ipv6-addr:value'),
  cidr: (value) => `${addressType(value)}:value ISSUBSET ${quote(value)}`,
  ja3: compare("network-traffic:extensions.'x-tls-ext'.ja3_hash"),
  ja4: compare("network-traffic:extensions.'x-tls-ext'.ja4_fingerprint"),
  certificate: (value) => hashOf('x509-certificate', value),
  hash: (value) => hashOf('file', value),
  email: compare('email-addr:value'),
};

/** The pattern of a value. */
export const patternOf = (kind: Exclude<IndicatorKind, 'pattern'>, value: string, like: boolean): string =>
  `[${writers[kind](value, like)}]`;

/** A name or an address as an observable object; null where it is neither, so that STIX could not hold it. */
export function hostObject(text: string): StixObject | null {
  if (parseAddress(text) !== null) return observableObject(addressType(text), text);
  return /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/i.test(text) && text.length <= 253
    ? observableObject('domain-name', text)
    : null;
}

/** A URL as an observable object; null where it is none. */
export const urlObject = (text: string): StixObject | null =>
  URL.canParse(text) ? observableObject('url', text) : null;
