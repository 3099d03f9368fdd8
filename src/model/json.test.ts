import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseJson } from './json.ts';

it('reads what JSON.parse reads', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(parseJson(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
  expect(() => parseJson('{')).toThrow(SyntaxError);
});

it('brackets in quotes are text, escaped quotes among them', () => {
  const text = `${'['.repeat(500)}\\" \\ ${'{'.repeat(500)}`;
  expect(parseJson(JSON.stringify([text, { [text]: '"' }]))).toEqual([text, { [text]: '"' }]);
});

it('refuses what nests too deep, closed or not, in linear time', () => {
  const nested = (depth: number): string => `${'[{"a":'.repeat(depth / 2)}1${'}]'.repeat(depth / 2)}`;
  expect(parseJson(nested(200))).toBeTypeOf('object');
  expect(() => parseJson(nested(202))).toThrow('deeper than 200');
  expect(() => parseJson('['.repeat(1_000_000))).toThrow('deeper than 200');
  expect(() => parseJson(`"${'\\"'.repeat(500_000)}`)).toThrow(SyntaxError);
  expect(() => parseJson(`"${'\\\\'.repeat(500_000)}`)).toThrow(SyntaxError);
});
