import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TraitFault } from '../reader.ts';
import { malleable } from './index.ts';
import { readProfile } from './profile.ts';

const source = { name: 'own.profile', file: 'own.profile', url: null, licence: null, date: null };

const own = String.raw`# A profile of our own: "http-get {" in a comment is a comment.
set sleeptime "1000"; set sleeptime "45000"; # the later one counts
set jitter    "37";
set useragent "Old \"Browser\"/1.0 (\x41\u0042) # no comment";

http-get {
    set uri "/one.js /two/three";
    client {
        header "Host" "cdn.example";
        header "Referer" "http://cdn.example/";
        header "X-Tag" "7";
        parameter "v" "3";
        metadata { base64url; prepend "sid="; append "; theme=dark"; header "Cookie"; }
    }
    server { header "Content-Type" "application/javascript; charset=utf-8"; output { mask; prepend "}{"; print; } }
}
http-get "quiet" {
    set uri "/quiet";
    client { metadata { netbios; uri-append; } }
}
http-post {
    set uri "/send"; set verb "PUT";
    client { id { prepend "hidden"; base64; parameter "id"; } output { print; } }
}
http-stager { set uri_x86 "/s86"; set uri_x64 "/s64"; }
stage { transform-x86 { prepend "\x90"; strrep "a;b" "{c"; } stringw "text"; }
process-inject { execute { CreateThread "ntdll!Rtl"; SetThreadContext; } }
`;

describe('the Malleable C2 language', () => {
  const profile = readProfile(own);

  it('keeps what the file sets, the last one of each', () => {
    expect(profile).toMatchObject({
      sleeptime: 45_000,
      jitter: 37,
      useragent: 'Old "Browser"/1.0 (AB) # no comment',
      get: { uris: ['/one.js', '/two/three'], verb: null, parameters: { v: '3' } },
      post: { uris: ['/send'], verb: 'PUT' },
      stager: { uris: ['/s86'], urisX64: ['/s64'] },
    });
  });

  it('keeps transforms in their order, with where the data goes', () => {
    expect(profile.get?.metadata).toEqual([
      { step: 'base64url', value: null },
      { step: 'prepend', value: 'sid=' },
      { step: 'append', value: '; theme=dark' },
      { step: 'header', value: 'Cookie' },
    ]);
  });

  it('gives a variant its own blocks and the default ones for the rest', () => {
    expect(profile.variants).toHaveLength(1);
    expect(profile.variants[0]).toMatchObject({
      variant: 'quiet',
      get: { uris: ['/quiet'] },
      post: { uris: ['/send'] },
    });
  });

  it('names an attribute that begins with __proto__ without harm', () => {
    const odd = readProfile('http-get { client { header "__proto__" "x"; } }');
    expect(Object.keys(odd.get?.headers ?? {})).toEqual(['__proto__']);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });
});

describe('characteristics of a profile', () => {
  const [first, quiet] = malleable.read(own, source).characteristics;
  const values = (kind: string, role: string | null) =>
    first?.traits.filter((t) => t.kind === kind && t.role === role).flatMap((t) => t.values);

  it('says what a request shows: cookie names around the data, parameters, hosts, content types', () => {
    expect(values('uri', 'get')).toEqual(['/one.js', '/two/three']);
    expect(values('cookie', 'get')).toEqual(['sid', 'theme']);
    expect(values('parameter', 'get')).toEqual(['v']);
    expect(values('host-header', 'get')).toEqual(['cdn.example']);
    expect(values('referrer', 'get')).toEqual(['http://cdn.example/']);
    expect(values('mime', 'get')).toEqual(['application/javascript']);
    expect(values('method', 'post')).toEqual(['PUT']);
    expect(values('uri', 'stage')).toEqual(['/s86', '/s64']);
    expect(values('request-header', 'get')).toEqual(['X-Tag: 7']);
  });

  it('takes no text for a constant that an encoding hides', () => {
    expect(values('parameter', 'post')).toEqual(['id']);
    expect(JSON.stringify(first)).not.toContain('hidden');
  });

  it('makes the URI a beginning where data is appended to it', () => {
    expect(quiet?.traits).toContainEqual({ kind: 'uri-prefix', role: 'get', values: ['/quiet'] });
  });

  it('keeps the rhythm and gives the same id to the same content', () => {
    expect(first?.rhythm).toEqual({ interval: 45_000, jitter: 37 });
    expect(malleable.read(own, source).characteristics.map((c) => c.id)).toEqual([first?.id, quiet?.id]);
    expect(first?.id).not.toBe(quiet?.id);
  });
});

describe('broken profiles', () => {
  it.each([
    ['http-get {\n set uri "/a";\n', 'line 1: the block `http-get` is never closed.'],
    ['http-get { }\n}\n', 'line 2: a closing brace has no opening one.'],
    ['set sleeptime "5000', 'line 1: a string is never closed.'],
    ['set sleeptime "1" "2";', 'line 1: `set` takes a name and one value.'],
    ['http-get {\n  header "A" "b"\n}', 'line 2: `header` is not ended by a semicolon.'],
    ['"x";', 'line 1: a statement begins with a word, not with a string.'],
    ['a "b" "c" { }', 'line 1: the block `a` has more than one name.'],
    [`${'a {'.repeat(40)}${'}'.repeat(40)}`, 'line 1: blocks nest too deep.'],
  ])('%j is refused with its line', (text, says) => {
    expect(() => malleable.read(text, source)).toThrow(new TraitFault(says));
  });

  it('any text is read or refused, never more', () => {
    const words = fc.constantFrom(
      'set ',
      'uri ',
      '"/a"',
      '"',
      '{',
      '}',
      ';',
      '#',
      '\n',
      'http-get ',
      '\\',
      'x41',
      'client ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((w) => w.join('')),
        ),
        (text) => {
          try {
            malleable.read(text, source);
          } catch (error) {
            expect(error).toBeInstanceOf(TraitFault);
          }
          expect(malleable.detect(text)).toBeTypeOf('boolean');
        },
      ),
      { numRuns: 500 },
    );
  });
});
