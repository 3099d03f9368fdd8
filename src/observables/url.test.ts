import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUrl } from './url.ts';

const plain = { ok: true, scheme: null, host: null, address: null, port: null, path: '/', query: null };

describe('parseUrl', () => {
  it.each([
    ['https://A.B.Workers.dev', { scheme: 'https', host: 'a.b.workers.dev' }],
    [
      'HTTP://a.example:8080/x/Y?q=1&r#frag',
      { scheme: 'http', host: 'a.example', port: 8080, path: '/x/Y', query: 'q=1&r' },
    ],
    ['ftp://files.example/a', { scheme: 'ftp', host: 'files.example', path: '/a' }],
    ['a.example/x', { host: 'a.example', path: '/x' }],
    ['a.example?x=1', { host: 'a.example', query: 'x=1' }],
    ['a.example:443/x', { host: 'a.example', port: 443, path: '/x' }],
    ['//a.example/x', { host: 'a.example', path: '/x' }],
    ['https://user:p@ss@a.example/x@y', { scheme: 'https', host: 'a.example', path: '/x@y' }],
    ['user:pw@a.example', { host: 'a.example' }],
    ['http://a.example#?not-a-query', { scheme: 'http', host: 'a.example' }],
    ['http://a.example?', { scheme: 'http', host: 'a.example', query: '' }],
    ['http://bad.example\\@good.example/', { scheme: 'http', host: 'bad.example', path: '\\@good.example/' }],
    ['http://a.example/%2E%2e/x', { scheme: 'http', host: 'a.example', path: '/%2E%2e/x' }],
  ])('reads %j', (text, parts) => expect(parseUrl(text)).toEqual({ ...plain, ...parts }));

  it.each([
    ['http://[2001:db8::1]:8443/x', 6, '2001:db8::1'],
    ['http://192.0.2.10/', 4, '192.0.2.10'],
    ['http://3221225994/', 4, '192.0.2.10'],
    ['http://0xc0.0.0x20a/', 4, '192.0.2.10'],
    ['http://0300.0.2.10:80/', 4, '192.0.2.10'],
  ])('tells the address in %j', (text, version, canonical) =>
    expect(parseUrl(text)).toMatchObject({ ok: true, host: null, address: { version, text: canonical } }),
  );

  it.each([
    ['http://', 'no host'],
    ['/path', 'no host'],
    ['http:///x', 'no host'],
    ['https://[bad/', 'bracket is not closed'],
    ['http://a b/', 'a character that no host name holds'],
    ['http://a.example/\u0000', 'a control character'],
    ['http://a.example:x/', 'what follows the colon is not a port'],
    ['javascript:alert(1)', 'what follows the colon is not a port'],
    ['http://999999999999/', 'ends in a number, yet is no address'],
    [`http://a.example/${'x'.repeat(70_000)}`, 'longer than 65536 characters'],
  ])('refuses %.40j in words', (text, why) => expect(parseUrl(text)).toEqual({ ok: false, why }));

  it('never throws, and agrees with the platform on the host of a web URL', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (text) => {
        const parsed = parseUrl(text);
        const node = new URL(text);
        return parsed.ok && (parsed.host ?? parsed.address?.text) === node.hostname;
      }),
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof parseUrl(text).ok === 'boolean'));
  });
});
