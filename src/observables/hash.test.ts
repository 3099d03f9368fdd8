import { describe, expect, it } from 'vitest';
import { parseHash } from './hash.ts';

const hex = (length: number): string => '0123456789ABCDEF'.repeat(8).slice(0, length);

describe('parseHash', () => {
  it.each([
    [32, 'md5'],
    [40, 'sha1'],
    [56, 'sha224'],
    [64, 'sha256'],
    [96, 'sha384'],
    [128, 'sha512'],
  ])('%i digits are %s, in lower case', (length, algorithm) => {
    expect(parseHash(` ${hex(length)} `)).toEqual({ algorithm, text: hex(length).toLowerCase() });
  });

  it('drops the colons of certificate tools only where they stand between bytes', () => {
    const pairs = hex(40).match(/../g) ?? [];
    expect(parseHash(pairs.join(':'))?.text).toBe(hex(40).toLowerCase());
    expect(parseHash(`${hex(39)}:a`)).toBeNull();
    expect(parseHash(`:${hex(40)}`)).toBeNull();
  });

  it.each(['', hex(31), hex(33), hex(62), `${hex(31)}g`, 'ä'.repeat(32), ':'.repeat(5000)])('refuses %j', (text) => {
    expect(parseHash(text)).toBeNull();
  });
});
