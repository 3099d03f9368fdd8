import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Address, parseAddress } from './address.ts';
import { cidrSet, parseCidr } from './cidr.ts';

const address = (text: string): Address => {
  const parsed = parseAddress(text);
  if (parsed === null) throw new Error(`${text} is no address`);
  return parsed;
};
const setOf = (...texts: string[]) =>
  cidrSet(
    texts.map((text) => {
      const range = parseCidr(text);
      if (range === null) throw new Error(`${text} is no range`);
      return [range, text] as const;
    }),
  );

describe('parseCidr', () => {
  it.each([
    ['10.1.2.3/8', '10.0.0.0/8', 4],
    ['203.0.113.129/25', '203.0.113.128/25', 4],
    ['203.0.113.7/32', '203.0.113.7/32', 4],
    ['1.2.3.4/0', '0.0.0.0/0', 4],
    ['2001:DB8:0:1::5/48', '2001:db8::/48', 6],
    ['::ffff:10.1.2.3/104', '10.0.0.0/8', 4],
    [' 10.0.0.0/8 ', '10.0.0.0/8', 4],
  ])('%s → %s', (given, text, version) => {
    expect(parseCidr(given)).toMatchObject({ text, version });
  });

  it.each([
    '10.0.0.0',
    '10.0.0.0/33',
    '10.0.0/8',
    '2001:db8::/129',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '::ffff:1.2.3.4/95',
    'a/8',
    '1.2.3.4/255.0.0.0',
    'fe80::%eth0/10',
  ])('refuses %j', (text) => {
    expect(parseCidr(text)).toBeNull();
  });
});

describe('cidrSet', () => {
  it('finds every range around an address, narrowest first', () => {
    const set = setOf('10.0.0.0/8', '10.1.0.0/16', '10.1.2.0/24', '10.2.0.0/16', '192.0.2.0/24', '2001:db8::/32');
    expect(set.size).toBe(6);
    expect(set.find(address('10.1.2.3'))).toEqual(['10.1.2.0/24', '10.1.0.0/16', '10.0.0.0/8']);
    expect(set.find(address('10.1.3.1'))).toEqual(['10.1.0.0/16', '10.0.0.0/8']);
    expect(set.find(address('10.200.0.1'))).toEqual(['10.0.0.0/8']);
    expect(set.find(address('11.0.0.0'))).toEqual([]);
    expect(set.find(address('2001:db8:ffff::1'))).toEqual(['2001:db8::/32']);
    expect(set.find(address('2001:db9::'))).toEqual([]);
  });

  it('knows the first and the last address of a range, and repeats', () => {
    const set = setOf('192.0.2.16/28', '192.0.2.16/28', '0.0.0.0/0');
    expect(set.find(address('192.0.2.16'))).toEqual(['192.0.2.16/28', '192.0.2.16/28', '0.0.0.0/0']);
    expect(set.find(address('192.0.2.31'))).toHaveLength(3);
    expect(set.find(address('192.0.2.15'))).toEqual(['0.0.0.0/0']);
    expect(set.find(address('255.255.255.255'))).toEqual(['0.0.0.0/0']);
    expect(cidrSet([]).find(address('192.0.2.1'))).toEqual([]);
  });

  it('agrees with masking every range by hand', () => {
    const quad = fc.integer({ min: 0, max: 0xffffffff });
    const text = (n: number): string => [24, 16, 8, 0].map((shift) => (n >>> shift) & 255).join('.');
    const holds = (n: number, wanted: number, prefix: number): boolean =>
      prefix === 0 || n >>> (32 - prefix) === wanted >>> (32 - prefix);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(quad, fc.integer({ min: 0, max: 32 })), { maxLength: 40 }),
        quad,
        (ranges, wanted) => {
          const near = ranges.flatMap(([n, prefix]) => [
            [n, prefix] as const,
            [(wanted ^ (n & 0xff)) >>> 0, prefix] as const,
          ]);
          const set = cidrSet(
            near.flatMap(([n, prefix]) => {
              const range = parseCidr(`${text(n)}/${prefix}`);
              return range === null ? [] : [[range, prefix] as const];
            }),
          );
          const expected = near.filter(([n, prefix]) => holds(n, wanted, prefix)).map(([, prefix]) => prefix);
          expect(set.find(address(text(wanted)))).toEqual(expected.sort((a, b) => b - a));
        },
      ),
    );
  });
});
