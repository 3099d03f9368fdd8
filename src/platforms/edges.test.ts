import { expect, it } from 'vitest';
import { edgeOwner } from './edges.ts';

it.each([
  ['104.21.16.1', 'Cloudflare'],
  ['2606:4700::6810:84e5', 'Cloudflare'],
  ['151.101.1.1', 'Fastly'],
  ['203.0.113.5', null],
  ['no address', null],
])('the shared edge of %s is %s', (address, owner) => {
  expect(edgeOwner(address)).toBe(owner);
});
