import { describe, expect, it } from 'vitest';
import { parseAddress } from '../observables/address.ts';
import { parseCidr } from '../observables/cidr.ts';
import { parseHost } from '../observables/host.ts';
import { guardAddress, guardHost, guardIndicator } from './guards.ts';
import { publicResolvers, reservedRanges } from './known-addresses.ts';
import { popularNames } from './popular-names.ts';
import { classify, made } from './testing.ts';

describe('guardIndicator', () => {
  it.each([
    ['domain', 'tenant.fn.example', null],
    ['domain', 'evil.co.uk', null],
    ['domain', 'fn.example', 'shared-apex'],
    ['domain', 'dash.fn.example', 'provider-owned'],
    ['domain', 'co.uk', 'public-suffix'],
    ['domain', 'google.com', 'popular-name'],
    ['domain', 'www.google.com', 'popular-name'],
    ['domain', 'evil.google.com', null],
    ['url', 'https://tenant.fn.example/', null],
    ['url', 'https://fn.example/', 'shared-apex'],
    ['url', 'https://paths.fn.example/x', 'shared-apex'],
    ['url', 'https://paths.fn.example/t/x', null],
    ['url', 'https://docs.google.com/', 'popular-name'],
    ['url', 'https://docs.google.com/document/d/1x', null],
    ['url', 'http://8.8.8.8/', 'public-resolver'],
    ['url', 'http://10.1.2.3/a', 'reserved-address'],
    ['url', 'http://203.0.113.7/a', null],
    ['ipv4', '203.0.113.7', null],
    ['ipv4', '8.8.8.8', 'public-resolver'],
    ['ipv6', '2606:4700:4700::1111', 'public-resolver'],
    ['ipv4', '10.1.2.3', 'reserved-address'],
    ['ipv4', '172.31.255.255', 'reserved-address'],
    ['ipv4', '172.32.0.0', null],
    ['ipv4', '127.0.0.1', 'reserved-address'],
    ['ipv6', '::1', 'reserved-address'],
    ['ipv6', 'fd00::1', 'reserved-address'],
    ['cidr', '203.0.0.0/16', null],
    ['cidr', '203.0.0.0/15', 'broad-range'],
    ['cidr', '2a00::/32', null],
    ['cidr', '2a00::/31', 'broad-range'],
    ['cidr', '192.168.1.0/24', 'reserved-address'],
    ['hash', '0123456789abcdef0123456789abcdef', null],
    ['email', 'a@google.com', null],
  ] as const)('%s %s: %s', (kind, value, reason) => {
    const guard = guardIndicator(made({ kind, value }), classify);
    expect(guard?.reason ?? null).toBe(reason);
    expect(guard?.why ?? 'A sentence.').toMatch(/^[A-Z].*\.$/);
  });

  it.each([
    ['%', 'broad-pattern'],
    ['%.example', 'broad-pattern'],
    ['%.fn.example', 'broad-pattern'],
    ['%-1.fn.example', 'broad-pattern'],
    ['%-125012345.fn.example', null],
    ['a_.tenant.fn.example', null],
    ['%.google.com', 'broad-pattern'],
  ])('the pattern %s: %s', (value, reason) => {
    expect(guardIndicator(made({ value, match: 'like' }), classify)?.reason ?? null).toBe(reason);
  });

  it('has nothing to say of a pattern without a value', () => {
    expect(guardIndicator(made({ kind: 'pattern', value: null }), classify)).toBeNull();
  });
});

it('guards the host of a URL and the address in a range on their own', () => {
  expect(guardHost('fn.example', classify)?.reason).toBe('shared-apex');
  const address = parseAddress('1.1.1.1');
  expect(address && guardAddress(address)?.why).toContain('Cloudflare');
});

describe('the tables of facts', () => {
  it('hold canonical texts, each once', () => {
    const resolvers = publicResolvers.flatMap(({ addresses }) => addresses.split(' '));
    expect(resolvers.filter((text) => parseAddress(text)?.text !== text)).toEqual([]);
    expect(new Set(resolvers).size).toBe(resolvers.length);
    expect(reservedRanges.filter(({ range }) => parseCidr(range)?.text !== range)).toEqual([]);
    expect([...popularNames].filter((name) => !(parseHost(name).ok && name.includes('.')))).toEqual([]);
    expect([...publicResolvers, ...reservedRanges].every(({ source }) => source.length > 4)).toBe(true);
  });
});
