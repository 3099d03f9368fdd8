import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHost } from './host.ts';

const hostOf = (text: string) => {
  const parsed = parseHost(text);
  return parsed.ok ? parsed.host : parsed.why;
};

describe('parseHost', () => {
  it.each([
    ['A.B.Workers.DEV', 'a.b.workers.dev'],
    [' a.b.workers.dev ', 'a.b.workers.dev'],
    ['a.b.workers.dev.', 'a.b.workers.dev'],
    ['*.b.workers.dev', 'b.workers.dev'],
    ['a.b.workers.dev:8443', 'a.b.workers.dev'],
    ['a.b.workers.dev.:443', 'a.b.workers.dev'],
    ['a\u3002b\uff0eworkers\uff61dev', 'a.b.workers.dev'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['FAß.example', 'xn--fa-hia.example'],
    ['a\u00adb.example', 'ab.example'],
    ['_acme-challenge.example.org', '_acme-challenge.example.org'],
    ['localhost', 'localhost'],
    ['a-.example', 'a-.example'],
  ])('reads %j', (text, host) => expect(parseHost(text)).toMatchObject({ ok: true, host, address: null }));

  it.each([
    ['192.0.2.10', 4, '192.0.2.10', null],
    ['192.0.2.10:80', 4, '192.0.2.10', 80],
    ['192.0.2.10.', 4, '192.0.2.10', null],
    ['2001:DB8::1', 6, '2001:db8::1', null],
    ['[2001:db8::1]:8443', 6, '2001:db8::1', 8443],
    ['::ffff:192.0.2.10', 4, '192.0.2.10', null],
    ['１９２.0.2.10', 4, '192.0.2.10', null],
  ])('tells the address in %j', (text, version, canonical, port) =>
    expect(parseHost(text)).toEqual({ ok: true, host: null, address: { version, text: canonical }, port }),
  );

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['..', 'empty label'],
    ['a..example', 'empty label'],
    ['.a.example', 'empty label'],
    ['.', 'no name left'],
    ['*.', 'no name left'],
    ['*', 'a character that no host name holds'],
    ['not a host', 'a character that no host name holds'],
    ['a%2eb.example', 'a character that no host name holds'],
    ['"}{"', 'a character that no host name holds'],
    ['\u200d.example', 'not valid in an internationalised name'],
    ['ａ％.example', 'not valid in an internationalised name'],
    ['a.example:http', 'what follows the colon is not a port'],
    ['a.example:99999', 'port above 65535'],
    ['[::', 'bracket is not closed'],
    ['[a.example]', 'no IPv6 address in the brackets'],
    ['[::1]x', 'text after the closing bracket'],
    ['256.1.1.1', 'ends in a number, yet is no address'],
    [`${'a'.repeat(64)}.example`, 'label longer than 63 characters'],
    [`${'a.'.repeat(126)}ab`, 'longer than 253 characters'],
    ['a'.repeat(2000), 'longer than 1024 characters'],
  ])('refuses %j in words', (text, why) => expect(parseHost(text)).toEqual({ ok: false, why }));

  it('keeps a name of exactly 253 characters and a label of exactly 63', () => {
    expect(hostOf(`${'a.'.repeat(126)}a`)).toHaveLength(253);
    expect(hostOf(`${'a'.repeat(63)}.example`)).toHaveLength(71);
  });

  it('never throws, and a host that it gave reads as itself', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.domain(), fc.ipV6(), fc.ipV4()), (text) => {
        const first = parseHost(text);
        if (!first.ok) return first.why.length > 0;
        const again = parseHost(first.host ?? first.address.text);
        return again.ok && again.host === first.host && again.address?.text === first.address?.text;
      }),
    );
  });
});
