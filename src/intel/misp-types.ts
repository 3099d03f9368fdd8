/**
 * The attribute types of MISP that name an observable, and as what: https://www.misp-project.org/datamodels/ (checked
 * 2026-11-24). Types that are not here are context: `other`.
 */
import type { Hint } from './observe.ts';

export type AttributeType = {
  /** As what the value reads; null for what no network log shows: it is kept as a STIX pattern. */
  readonly hint: Hint | null;
  /** Context unless `to_ids` is set: a link is a reference, a file name alone names nothing. */
  readonly onlyIfFlagged: boolean;
  /** The part of a compound value (`a|b`) that is the indicator. */
  readonly part: (value: string) => string;
  /** The STIX pattern that says the same, for types without a hint. */
  readonly pattern: (value: string) => string;
};

const whole = (value: string): string => value;
const first = (value: string): string => value.split('|', 1)[0] ?? value;
const last = (value: string): string => value.slice(value.lastIndexOf('|') + 1);

const types = new Map<string, AttributeType>();

function observable(hint: Hint, names: string, part = whole, onlyIfFlagged = false): void {
  for (const name of names.split(' ')) types.set(name, { hint, onlyIfFlagged, part, pattern: whole });
}

observable('domain', 'domain hostname');
observable('domain', 'domain|ip hostname|port', first);
observable('url', 'url uri');
observable('url', 'link', whole, true);
observable('address', 'ip-src ip-dst');
observable('address', 'ip-src|port ip-dst|port', first);
observable('hash', 'md5 sha1 sha224 sha256 sha384 sha512');
observable('hash', 'filename|md5 filename|sha1 filename|sha224 filename|sha256 filename|sha384 filename|sha512', last);
observable('certificate', 'x509-fingerprint-md5 x509-fingerprint-sha1 x509-fingerprint-sha256');
observable('ja3', 'ja3-fingerprint-md5');
observable('ja4', 'ja4 ja4-fingerprint');
observable('email', 'email email-src email-dst email-reply-to');

/** Type → STIX property, for what can be held but not seen in network logs. */
const properties: Readonly<Record<string, string>> = {
  filename: 'file:name',
  ssdeep: 'file:hashes.SSDEEP',
  tlsh: 'file:hashes.TLSH',
  imphash: 'file:hashes.IMPHASH',
  pehash: 'file:hashes.PEHASH',
  authentihash: 'file:hashes.AUTHENTIHASH',
  mutex: 'mutex:name',
  regkey: 'windows-registry-key:key',
  'user-agent': "network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'",
  'mac-address': 'mac-addr:value',
  AS: 'autonomous-system:number',
  'email-subject': 'email-message:subject',
  'email-attachment': 'email-message:body_multipart[*].body_raw_ref.name',
};
for (const [name, property] of Object.entries(properties))
  types.set(name, {
    hint: null,
    onlyIfFlagged: true,
    part: whole,
    pattern: (value) => `[${property} = ${quoted(value)}]`,
  });

function quoted(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}

/**
 * What an attribute of this type and value holds; context unless it is flagged, where the type is none of ours: then its
 * source wants it looked for, and it is kept under its own words. A sample is known by its hash, else by its name.
 */
export function attributeType(name: string, value: string): AttributeType {
  if (name === 'malware-sample') return attributeType(value.includes('|') ? 'filename|md5' : 'filename', value);
  return types.get(name) ?? elsewhere(name);
}

const elsewhere = (name: string): AttributeType => ({
  hint: null,
  onlyIfFlagged: true,
  part: whole,
  pattern: (value) => `[x-misp-attribute:type = ${quoted(name)} AND x-misp-attribute:value = ${quoted(value)}]`,
});
