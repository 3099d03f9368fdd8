import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalText, contentHash, sameJson } from './canonical.ts';
import { isObject, parseJson } from './json.ts';
import { ids, release20, release21 } from './testing.ts';

const asObject = (value: unknown) => {
  const json = parseJson(JSON.stringify(value));
  if (!isObject(json)) throw new Error('no object');
  return json;
};
const reversed = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(reversed)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([k, v]) => [k, reversed(v)]),
        )
      : value;

describe('the canonical form', () => {
  test('the form of RFC 8785: sorted members, no spaces, numbers as ECMAScript writes them', () => {
    expect(canonicalText(asObject({ b: [1e21, 1.0, -0], a: { '\u20ac': '\u000f', z: null, é: true } }))).toBe(
      '{"a":{"z":null,"é":true,"€":"\\u000f"},"b":[1e+21,1,0]}',
    );
  });

  test('does not depend on the order of members, and comes back as the same value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue({ maxDepth: 3 })), (value) => {
        fc.pre(!Object.keys(value).includes('__proto__'));
        const one = asObject({ ...value, type: 'thing' });
        const text = canonicalText(one);
        expect(canonicalText(asObject(reversed({ ...value, type: 'thing' })))).toBe(text);
        expect(sameJson(one, asObject(reversed({ ...value, type: 'thing' })))).toBe(true);
      }),
    );
  });

  test('the two STIX forms of an object have one hash', () => {
    const other = new Map(release21('30.1').map((o) => [o.id, contentHash(o)]));
    expect(release20().map((o) => [o.id, contentHash(o)])).toEqual(
      release20().map((o) => [o.id, other.get(o.id ?? '')]),
    );
  });

  test('what is said differently is another content: a list’s order, a flag that is set, a label that tells more', () => {
    const malware = release20().find((o) => o.id === ids.malware);
    if (!malware) throw new Error('no malware');
    const hash = contentHash(malware);
    const differing = [
      { revoked: true },
      { x_mitre_deprecated: true },
      { is_family: false },
      { labels: ['malware', 'worm'] },
      { modified: '2031-01-01T00:00:00.000Z' },
    ];
    expect(differing.map((change) => contentHash({ ...malware, ...change }) === hash)).toEqual(
      differing.map(() => false),
    );
    expect(sameJson([1, 2], [2, 1])).toBe(false);
    expect(contentHash(Object.fromEntries(Object.entries(malware).filter(([k]) => k !== 'revoked')))).toBe(hash);
  });
});
