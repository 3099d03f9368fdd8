import { expect, it } from 'vitest';
import { likeMatcher } from './like.ts';

it.each([
  ['%.workers.dev', 'a.b.workers.dev', true],
  ['%.workers.dev', 'workers.dev', false],
  ['a_c', 'abc', true],
  ['a_c', 'abbc', false],
  ['_', '😀', true],
  ['%a%b%', 'xxaxxbxx', true],
  ['%', '', true],
  ['', 'a', false],
])('%s on %s: %s', (wildcards, text, expected) => {
  expect(likeMatcher(wildcards)(text)).toBe(expected);
});
