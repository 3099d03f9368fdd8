import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memberText } from './member.ts';

describe('the text of a member', () => {
  it('is what JSON.parse reads there, whatever the object holds', () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1, maxKeys: 5 });
    fc.assert(
      fc.property(object, fc.constantFrom(0, 2), (value, indent) => {
        const json = JSON.stringify(value, null, indent);
        for (const [key, inner] of Object.entries(JSON.parse(json) as Record<string, unknown>))
          expect(JSON.parse(memberText(json, key) ?? 'null')).toEqual(inner);
      }),
    );
  });

  it('keeps every digit of a number', () => {
    expect(memberText('{"a": {"b": 1234567890123456789} , "c": 1.0}', 'a')).toBe('{"b": 1234567890123456789}');
    expect(memberText('{"a": 1, "c": 1.0 }', 'c')).toBe('1.0');
  });

  it.each(['', 'a', '[]', '{', '{"a"', '{"a":', '{"b":1}', '{"b":"{\\"a\\":1}"}', '{"b":{"a":1}}', '{"b":1 "a":2}'])(
    'is none in %s',
    (json) => {
      expect(memberText(json, 'a')).toBeNull();
    },
  );

  it('ends for any text', () => {
    fc.assert(fc.property(fc.string(), (text) => memberText(`{"a":${text}`, 'b') === null || text.includes('"b"')));
  });
});
