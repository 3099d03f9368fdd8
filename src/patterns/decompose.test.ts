import { expect, it } from 'vitest';
import { decompose, writeAlternative } from './decompose.ts';
import { parsePattern } from './parse.ts';

const parts = (text: string): readonly string[] | null => {
  const reading = parsePattern(text, 'any');
  if (!reading.ok) throw new Error(reading.why);
  return decompose(reading.pattern)?.map(writeAlternative) ?? null;
};

it.each([
  ["[domain-name:value = 'a.example']", ["domain-name:value = 'a.example'"]],
  ["[ url:value=='it\\'s \\\\ here' ]", ["url:value = 'it\\'s \\\\ here'"]],
  ["[domain-name:value LIKE '%.a.example']", ["domain-name:value LIKE '%.a.example'"]],
  ["[domain-name:value LIKE 'a.example']", ["domain-name:value = 'a.example'"]],
  ["[ipv4-addr:value ISSUBSET '192.0.2.0/24']", ["ipv4-addr:value = '192.0.2.0/24'"]],
  ['[network-traffic:dst_port = 8443]', ["network-traffic:dst_port = '8443'"]],
  ["[file:hashes.SHA-256 = 'ab']", ["file:hashes.'SHA-256' = 'ab'"]],
  [
    "[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value = '192.0.2.7']",
    ["network-traffic:dst_ref.value = '192.0.2.7'"],
  ],
  [
    "([domain-name:value IN ('a.example', 'b.example') OR url:value = 'x']) OR [ipv4-addr:value = '192.0.2.7']",
    [
      "domain-name:value = 'a.example'",
      "domain-name:value = 'b.example'",
      "url:value = 'x'",
      "ipv4-addr:value = '192.0.2.7'",
    ],
  ],
])('%s', (text, expected) => {
  expect(parts(text)).toEqual(expected);
});

it.each([
  "[domain-name:value = 'a.example' AND network-traffic:dst_port = 443]",
  "[domain-name:value = 'a.example'] AND [url:value = 'x']",
  "[domain-name:value = 'a.example'] FOLLOWEDBY [url:value = 'x']",
  "[domain-name:value = 'a.example'] REPEATS 5 TIMES",
  "[domain-name:value = 'a.example'] START t'2026-01-01T00:00:00Z' STOP t'2026-01-02T00:00:00Z'",
  "[domain-name:value = 'a.example' OR url:value MATCHES 'x']",
  "[domain-name:value != 'a.example']",
  "[domain-name:value NOT = 'a.example']",
  '[EXISTS domain-name:value]',
  "[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:src_ref.value = '192.0.2.7']",
  "[network-traffic:dst_ref.type != 'ipv4-addr' AND network-traffic:dst_ref.value = '192.0.2.7']",
])('%s needs more than one thing', (text) => {
  expect(parts(text)).toBeNull();
});
