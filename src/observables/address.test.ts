import { describe, expect, it } from 'vitest';
import { isAddress, parseAddress } from './address.ts';

describe('parseAddress', () => {
  it.each([
    ['192.0.2.10', 4, '192.0.2.10'],
    ['2001:DB8:0:0:0:0:0:1', 6, '2001:db8::1'],
    ['2001:db8:0:1:1:1:1:1', 6, '2001:db8:0:1:1:1:1:1'],
    ['::ffff:192.0.2.10', 4, '192.0.2.10'],
    ['::ffff:c000:20a', 4, '192.0.2.10'],
    ['fe80::1%eth0', 6, 'fe80::1'],
    ['::', 6, '::'],
  ])('reads %s', (text, version, canonical) => {
    expect(parseAddress(text)).toEqual({ version, text: canonical });
    expect(isAddress(text)).toBe(true);
  });

  it.each(['', '1.2.3', '1.2.3.256', '01.2.3.4', '1.2.3.4 ', '[::1]', '1::2::3', 'a.b.c.d', `${':'.repeat(100)}`])(
    'refuses %j',
    (text) => expect(parseAddress(text)).toBeNull(),
  );
});
