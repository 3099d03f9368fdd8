import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyHint, readPattern } from './stix-pattern.ts';

describe('readPattern', () => {
  it.each([
    ["[domain-name:value = 'evil.example']", 'domain-name:value', 'evil.example'],
    ["[ ipv4-addr:value='192.0.2.7' ]", 'ipv4-addr:value', '192.0.2.7'],
    ["[url:value == 'https://evil.example/a']", 'url:value', 'https://evil.example/a'],
    ["[url:value = 'it\\'s \\\\ here']", 'url:value', "it's \\ here"],
    ["[url:value = '] AND [']", 'url:value', '] AND ['],
    ["[file:hashes.'SHA-256' = 'ab']", "file:hashes.'SHA-256'", 'ab'],
    ["[email-message:to_refs[*].value = 'a@b.example']", 'email-message:to_refs[*].value', 'a@b.example'],
    ["[domain-name:value IN ('evil.example')]", 'domain-name:value', 'evil.example'],
    ['[network-traffic:dst_port = 8443]', 'network-traffic:dst_port', '8443'],
    [
      "[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value = '192.0.2.7']",
      'network-traffic:dst_ref.value',
      '192.0.2.7',
    ],
  ])('%s is one comparison', (pattern, path, value) => {
    expect(readPattern(pattern)).toEqual({ shape: 'single', path, like: false, value });
  });

  it('knows LIKE, and that LIKE without a wildcard is equality', () => {
    expect(readPattern("[domain-name:value LIKE '%.evil.example']")).toMatchObject({ like: true });
    expect(readPattern("[domain-name:value LIKE 'evil.example']")).toMatchObject({ like: false });
    expect(readPattern("[domain-name:value = '%.evil.example']")).toMatchObject({ like: false });
  });

  it.each([
    "[domain-name:value = 'a.example' OR domain-name:value = 'b.example']",
    "[domain-name:value = 'a.example' AND network-traffic:dst_port = 443]",
    "[domain-name:value IN ('a.example', 'b.example')]",
    "[domain-name:value = 'a.example'] AND [url:value = 'x']",
    "([domain-name:value = 'a.example'])",
    "[domain-name:value = 'a.example'] START t'2026-01-01T00:00:00Z' STOP t'2026-01-02T00:00:00Z'",
    "[domain-name:value != 'a.example']",
    "[NOT domain-name:value = 'a.example']",
    "[domain-name:value NOT = 'a.example']",
    "[url:value MATCHES '^https?://(a+)+$']",
    "[ipv4-addr:value ISSUBSET '192.0.2.0/24']",
    "[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:src_ref.value = '192.0.2.7']",
    `[${Array.from({ length: 4000 }, (_, i) => `url:value = 'https://evil.example/${i}'`).join(' OR ')}]`,
  ])('more than one comparison, or another: %#', (pattern) => {
    expect(readPattern(pattern)).toEqual({ shape: 'complex' });
  });

  it.each([
    '',
    'domain-name:value',
    "[domain-name:value = 'a",
    "[domain-name:value = 'a'",
    "[a:b = 'a']]",
    'alert tcp any',
    '(',
    ')',
  ])('broken: %j', (pattern) => {
    expect(readPattern(pattern)).toMatchObject({ shape: 'broken' });
  });

  it('never throws, and gives back the text of any single comparison', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...`[]()'\\ =LIKEa:.-%AND`) }),
        (text) => readPattern(text) !== null,
      ),
    );
    fc.assert(
      fc.property(fc.string(), (value) => {
        const quoted = value.replace(/[\\']/g, '\\$&');
        expect(readPattern(`[url:value = '${quoted}']`)).toMatchObject({ shape: 'single', value });
      }),
    );
  });

  it('stays linear on hostile text', () => {
    for (const piece of ["'", "\\'", '[', 'a', ' ', "a:b = ' AND ", '[*]'])
      expect(readPattern(`[a:${piece.repeat(60_000 / piece.length)}`).shape).not.toBe('single');
  });
});

describe('propertyHint', () => {
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
});
