import { expect, it } from 'vitest';
import { propertyHint } from './stix-properties.ts';

it.each([
  ['domain-name:value', 'domain'],
  ['ipv6-addr:value', 'address'],
  ['network-traffic:src_ref.value', 'address'],
  ['file:hashes.MD5', 'hash'],
  ["file:hashes.'SHA-256'", 'hash'],
  ['file:hashes.sha256', 'hash'],
  ['file:hashes.SSDEEP', null],
  ["x509-certificate:hashes.'SHA-1'", 'certificate'],
  ["network-traffic:extensions.'tls-ext'.ja3_hash", 'ja3'],
  ['network-traffic:x_ja4', 'ja4'],
  ["network-traffic:extensions.'http-request-ext'.request_header.Host", 'domain'],
  ['email-message:from_ref.value', 'email'],
  ['file:name', null],
  ['domain-name:resolves_to_refs[*].value', null],
])('%s: %s', (path, hint) => {
  expect(propertyHint(path)).toBe(hint);
});
