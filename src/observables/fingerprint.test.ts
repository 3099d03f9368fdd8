import { describe, expect, it } from 'vitest';
import { parseJa3, parseJa4 } from './fingerprint.ts';

describe('parseJa3', () => {
  it('is an MD5 in lower case', () => {
    expect(parseJa3(' 0123456789ABCDEF0123456789abcdef')).toBe('0123456789abcdef0123456789abcdef');
  });
  it.each(['', '0123456789abcdef0123456789abcde', '0123456789abcdef0123456789abcdeg'])('refuses %j', (text) => {
    expect(parseJa3(text)).toBeNull();
  });
});

describe('parseJa4', () => {
  it.each([
    't13d1516h2_8daaf6152771_02713d6af862',
    'q13i0310h3_55b375c5d22e_cd85d2d88918',
    'd00d000000_000000000000_000000000000',
    'ts3d1715h2_5b57614c22b0_3d5424432f57',
  ])('reads %s', (text) => {
    expect(parseJa4(text.toUpperCase())).toBe(text);
  });
  it.each([
    '',
    't14d1516h2_8daaf6152771_02713d6af862',
    't13x1516h2_8daaf6152771_02713d6af862',
    't13d1516h2_8daaf6152771_02713d6af86',
    't13d1516h2-8daaf6152771-02713d6af862',
    't13d1516h2_002f,0035,009c_0005,000a,000b',
  ])('refuses %j', (text) => {
    expect(parseJa4(text)).toBeNull();
  });
});
