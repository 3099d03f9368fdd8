/** Properties of STIX objects that name an observable that we match. */
import type { Hint } from './observe.ts';

const properties: readonly (readonly [RegExp, Hint])[] = [
  [/^domain-name:value$/, 'domain'],
  [/^url:value$/, 'url'],
  [/^ipv[46]-addr:value$/, 'address'],
  [/^network-traffic:(?:src|dst)_ref\.value$/, 'address'],
  [/^network-traffic:extensions\.'http-request-ext'\.request_header\.'?Host'?$/i, 'domain'],
  [/^network-traffic:.*ja3(?:_?hash|_?fingerprint|_md5)?'?$/i, 'ja3'],
  [/^network-traffic:.*ja4(?:_?hash|_?fingerprint)?'?$/i, 'ja4'],
  [/^email-addr:value$/, 'email'],
  [/^email-message:(?:from_ref|sender_ref|to_refs\[\*\])\.value$/, 'email'],
  [/^(?:file|artifact):(?:.*\.)?hashes\.'?(?:MD5|SHA-?1|SHA-?224|SHA-?256|SHA-?384|SHA-?512)'?$/i, 'hash'],
  [/^x509-certificate:hashes\.'?(?:MD5|SHA-?1|SHA-?256|SHA-?512)'?$/i, 'certificate'],
];

/** What the property of a comparison holds; null for one that no network log shows. */
export function propertyHint(path: string): Hint | null {
  return properties.find(([name]) => name.test(path))?.[1] ?? null;
}
