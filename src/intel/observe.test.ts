import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDefanged } from '../observables/defang.ts';
import { parseHost } from '../observables/host.ts';
import { parseUrl } from '../observables/url.ts';
import { isCleanHost, observe } from './observe.ts';

const MD5 = '0123456789abcdef0123456789abcdef';

describe('observe without a hint', () => {
  it.each([
    ['evil.acct.workers.dev', 'domain', 'evil.acct.workers.dev'],
    ['EVIL.Acct.Workers.Dev.', 'domain', 'evil.acct.workers.dev'],
    ['*.evil.example', 'domain', 'evil.example'],
    ['.evil.example', 'domain', 'evil.example'],
    ['evil[.]example:8443', 'domain', 'evil.example'],
    ['bücher.example', 'domain', 'xn--bcher-kva.example'],
    ['_dmarc.evil.example', 'domain', '_dmarc.evil.example'],
    ['hxxps://evil[.]pages[.]dev/', 'domain', 'evil.pages.dev'],
    ['https://evil.pages.dev', 'domain', 'evil.pages.dev'],
    ['https://evil.pages.dev:8443/', 'domain', 'evil.pages.dev'],
    ['evil.pages.dev/', 'domain', 'evil.pages.dev'],
    ['http://192.0.2.7:8080/', 'ipv4', '192.0.2.7'],
    ['https://evil.pages.dev/?q=1', 'url', 'https://evil.pages.dev/?q=1'],
    ['HTTPS://user:pw@EVIL.pages.dev:443/Path/X?Q=a#frag', 'url', 'https://evil.pages.dev/Path/X?Q=a'],
    ['http://evil.pages.dev:8080/a', 'url', 'http://evil.pages.dev:8080/a'],
    ['hxxp[:]//evil[.]example/a', 'url', 'http://evil.example/a'],
    ['evil[.]example/Drop', 'url', 'evil.example/Drop'],
    ['http://[2001:db8::1]/a', 'url', 'http://[2001:db8::1]/a'],
    ['192.0.2.7', 'ipv4', '192.0.2.7'],
    ['192.0.2.7:443', 'ipv4', '192.0.2.7'],
    ['192[.]0[.]2[.]7', 'ipv4', '192.0.2.7'],
    ['2001:DB8::0:1', 'ipv6', '2001:db8::1'],
    ['[2001:db8::1]:443', 'ipv6', '2001:db8::1'],
    ['192.0.2.7/24', 'cidr', '192.0.2.0/24'],
    ['192.0.2.7/32', 'ipv4', '192.0.2.7'],
    ['2001:db8::1/128', 'ipv6', '2001:db8::1'],
    ['2001:db8::/32', 'cidr', '2001:db8::/32'],
    [MD5.toUpperCase(), 'hash', MD5],
    ['t13d1516h2_8daaf6152771_02713d6af862', 'ja4', 't13d1516h2_8daaf6152771_02713d6af862'],
    ['User.Name[@]Evil[.]example', 'email', 'user.name@evil.example'],
  ])('%s is a %s', (given, kind, value) => {
    expect(observe(given)).toEqual({ ok: true, kind, value });
  });

  it.each([
    ['', 'missing-value'],
    ['   ', 'missing-value'],
    ['localhost', 'bad-host'],
    ['evil.exe1.', 'ok'],
    ['192.0.2.256', 'bad-host'],
    ['192.0.2', 'bad-host'],
    ['evil..example', 'bad-host'],
    [`${'a'.repeat(64)}.example`, 'bad-host'],
    ['evil example', 'bad-host'],
    ['https://', 'bad-url'],
    ['1/2', 'bad-url'],
    ['1.5/9', 'bad-url'],
    ['https://localhost/a', 'bad-url'],
    ['https://evil.example/long/pa…', 'cut-off'],
    ['https://evil.example/long/pa...', 'cut-off'],
    ['a@b@', 'bad-email'],
    ['@evil.example', 'bad-email'],
  ])('%j: %s', (given, reason) => {
    const seen = observe(given);
    expect(seen.ok ? 'ok' : seen.reason).toBe(reason);
  });
});

describe('observe with a hint', () => {
  it.each([
    ['domain', 'https://evil.example/a', 'url', 'https://evil.example/a'],
    ['domain', '192.0.2.7', 'ipv4', '192.0.2.7'],
    ['address', 'evil.example', 'domain', 'evil.example'],
    ['url', 'evil.example', 'domain', 'evil.example'],
    ['url', 'evil.example/', 'url', 'evil.example/'],
    ['url', 'https://evil.example/', 'url', 'https://evil.example/'],
    ['url', 'https://evil.example', 'url', 'https://evil.example/'],
    ['ja3', MD5, 'ja3', MD5],
    ['certificate', MD5, 'certificate', MD5],
    ['email', 'a@evil.example', 'email', 'a@evil.example'],
  ] as const)('%s: %s is a %s', (hint, given, kind, value) => {
    expect(observe(given, hint)).toEqual({ ok: true, kind, value });
  });

  it.each([
    ['hash', 'evil.example', 'bad-hash'],
    ['ja3', 'evil.example', 'bad-hash'],
    ['ja4', MD5, 'bad-hash'],
    ['email', 'evil.example', 'bad-email'],
    ['address', 'localhost', 'bad-address'],
    ['domain', 'a@evil.example', 'bad-host'],
  ] as const)('%s: %s is refused as %s', (hint, given, reason) => {
    expect(observe(given, hint)).toMatchObject({ ok: false, reason });
  });
});

/** Texts near hosts and URLs: the alphabet decides where the cheap way is taken and where not. */
const near = fc.string({ unit: fc.constantFrom(...'abz09.-_A/:?#[]()@ \\%…é\u0000'), maxLength: 60 });

describe('the cheap way', () => {
  it('leaves half a defanged dot to the long way', () => {
    expect(observe('https://evil.example/a.]b')).toEqual(observe(' https://evil.example/a.]b'));
  });

  it('agrees with the parser of hosts', () => {
    fc.assert(
      fc.property(fc.oneof(near, fc.domain()), (text) => {
        if (!isCleanHost(text)) return;
        const parsed = parseHost(text);
        expect(parsed.ok && parsed.host).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives the answer of the long way for URLs, and every answer is its own normal form', () => {
    const urls = fc
      .tuple(fc.constantFrom('https://', 'http://', 'hxxp://', ''), fc.domain(), near)
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(urls, near), fc.constantFrom('any', 'url', 'domain'), (text, hint) => {
        const seen = observe(text, hint);
        if (!seen.ok) return;
        const spaced = observe(` ${text} `, hint); // surrounding spaces always take the long way
        expect(spaced).toEqual(seen);
        if (!isDefanged(seen.value)) expect(observe(seen.value, hint)).toEqual(seen);
        if (seen.kind === 'url') expect(parseUrl(seen.value).ok).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
