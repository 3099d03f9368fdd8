import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defang, isDefanged, refang } from './defang.ts';

describe('refang', () => {
  it.each([
    ['evil[.]pages[.]dev', 'evil.pages.dev'],
    ['evil(.)pages{.}dev', 'evil.pages.dev'],
    ['evil[dot]pages(dot)dev', 'evil.pages.dev'],
    ['evil [.] pages [.] dev', 'evil.pages.dev'],
    ['evil[.] workers[.]dev', 'evil.workers.dev'],
    ['evil dot pages dot dev', 'evil.pages.dev'],
    ['evil\\.pages\\.dev', 'evil.pages.dev'],
    ['evil[.pages.]dev', 'evil.pages.dev'],
    ['hxxps://evil.example/a', 'https://evil.example/a'],
    ['hXXp[:]//evil[.]example/a', 'http://evil.example/a'],
    ['h**ps[://]evil.example', 'https://evil.example'],
    ['hxxps[:][/][/]evil.example', 'https://evil.example'],
    ['hxxps:\\\\evil.example', 'https:\\\\evil.example'],
    ['fxp://evil.example/a', 'ftp://evil.example/a'],
    ['user[@]evil[.]example', 'user@evil.example'],
    ['user [at] evil.example', 'user@evil.example'],
    ['192[.]0[.]2[.]1', '192.0.2.1'],
    ['2001[:]db8[:][:]1', '2001:db8::1'],
  ])('%s → %s', (given, expected) => {
    expect(isDefanged(given)).toBe(true);
    expect(refang(given)).toBe(expected);
  });

  it.each([
    'evil.pages.dev',
    'https://[2001:db8::1]:443/a',
    'https://evil.example/a[0]?b={c}',
    'C:\\.ssh',
    'xxp://evil.example',
    'dot',
    '',
  ])('leaves %j as it is', (text) => {
    expect(isDefanged(text)).toBe(false);
    expect(refang(text)).toBe(text);
  });

  it('takes no more time for long hostile texts than their length', () => {
    for (const piece of ['[', '[ ', '(.', '\\.', ' dot', '[.', '{ ', 'hxxp'])
      expect(refang(piece.repeat(60_000 / piece.length)).length).toBeLessThanOrEqual(65_536);
    expect(refang('[.]'.repeat(30_000))).toBe('[.]'.repeat(30_000)); // longer than anything is rewritten
  });
});

describe('defang', () => {
  it.each([
    ['evil.pages.dev', 'evil[.]pages[.]dev'],
    ['https://evil.pages.dev/a.b?c=d.e', 'hxxps://evil[.]pages[.]dev/a.b?c=d.e'],
    ['ftp://evil.example', 'fxp://evil[.]example'],
    ['evil.example/a.b', 'evil[.]example/a.b'],
    ['192.0.2.1', '192[.]0[.]2[.]1'],
    ['192.0.2.0/24', '192[.]0[.]2[.]0/24'],
    ['2001:db8::1', '2001[:]db8[:][:]1'],
    ['user@evil.example', 'user[@]evil[.]example'],
  ])('%s → %s', (given, expected) => {
    expect(defang(given)).toBe(expected);
    expect(refang(expected)).toBe(given);
  });

  it('is undone by refang for every host and URL', () => {
    fc.assert(
      fc.property(fc.oneof(fc.domain(), fc.ipV4(), fc.webUrl(), fc.emailAddress()), (text) => {
        fc.pre(!isDefanged(text));
        expect(refang(defang(text))).toBe(text);
      }),
    );
  });
});
