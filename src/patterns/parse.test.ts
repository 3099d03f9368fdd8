import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPattern } from './check.ts';
import { parsePattern } from './parse.ts';
import { quote, writePath } from './pattern.ts';

const fault = (text: string): string => {
  const reading = parsePattern(text, '2.1');
  return reading.ok ? 'ok' : `${reading.column}: ${reading.why}`;
};
const shape = (text: string): unknown => {
  const reading = parsePattern(text, '2.1');
  return reading.ok ? reading.pattern : reading;
};

describe('what binds closer', () => {
  it('AND before OR before FOLLOWEDBY, and a qualifier before all of them', () => {
    expect(shape('[a:b=1] FOLLOWEDBY [a:b=2] OR [a:b=3] AND [a:b=4] REPEATS 2 TIMES')).toMatchObject({
      node: 'then',
      parts: [
        { node: 'observation' },
        { node: 'any', parts: [{ node: 'observation' }, { node: 'all', parts: [{}, { node: 'repeats', times: 2 }] }] },
      ],
    });
  });

  it('inside brackets AND before OR, and parentheses before both', () => {
    expect(shape('[a:b=1 OR a:b=2 AND (a:b=3 OR a:b=4)]')).toMatchObject({
      condition: { node: 'any', parts: [{}, { node: 'all', parts: [{}, { node: 'any' }] }] },
    });
  });
});

it('reads every kind of constant', () => {
  const text =
    "[a:b IN (1, -2.5, +.5, true, 'it\\'s \\\\', h'00fF', b'AQI=', t'2026-02-30T23:59:60.5Z') OR a:b NOT LIKE '%'] /* why */ // so";
  expect(shape(text)).toMatchObject({
    condition: {
      parts: [
        {
          values: [
            { kind: 'number', value: 1 },
            { kind: 'number', value: -2.5 },
            { kind: 'number', value: 0.5 },
            { kind: 'boolean', value: true },
            { kind: 'text', value: "it's \\" },
            { kind: 'binary', value: '\u0000\u00ff' },
            { kind: 'binary', value: '\u0001\u0002' },
            { kind: 'time', value: '2026-02-30T23:59:60.5Z' },
          ],
        },
        { operator: 'LIKE', negated: true },
      ],
    },
  });
});

it('writes a path as it read it', () => {
  for (const path of [
    "network-traffic:extensions.'http-request-ext'.request_header[*].'a\\'b'",
    'a:b[3].c',
    "a:'B c'",
  ]) {
    const reading = parsePattern(`[EXISTS ${path}]`, '2.1');
    expect(reading.ok && 'condition' in reading.pattern && reading.pattern.condition).toMatchObject({
      operator: 'EXISTS',
    });
    if (!reading.ok || !('condition' in reading.pattern) || !('path' in reading.pattern.condition)) throw new Error();
    expect(writePath(reading.pattern.condition.path)).toBe(path);
  }
});

it.each([
  ['', "1: expected '[', found the end"],
  ['a:b = 1', '1: expected \'[\', found "a"'],
  ['[a:b = 1', "9: expected ']', found the end"],
  ['[a:b = 1]]', '10: expected AND, OR, FOLLOWEDBY, a qualifier or the end, found "]"'],
  ['[a:b-c = 1]', '4: expected quotes around a name with a hyphen, found "b-c"'],
  ["[a:b = 'x", "8: a quote is not closed, or a backslash in it stands before something else than ' or \\"],
  ['[a:b = "x"]', '8: "\\"" belongs to no pattern'],
  ['[a:b > true]', /^8: expected a number/],
  ['[NOT a:b = 1]', '6: expected \'EXISTS\', found "a"'],
  ["[a:b=1] START '2026-01-01T00:00:00Z' STOP '2026-01-02T00:00:00Z'", /^15: expected a time such as/],
  ["[a:b = t'2026-13-01T00:00:00Z']", /^8: expected/],
  ['[a:b = 1] WITHIN -1 SECONDS', '18: expected a number of seconds, found "-1"'],
  ['[a:b = 1] REPEATS 1.5 TIMES', '19: expected a whole number, found "1.5"'],
  ['[a:true = 1]', '4: expected the name of a property, found "true"'],
  ['[a:b[x] = 1]', '6: expected an index or *, found "x"'],
  [`[a:b = ${'x'.repeat(50)}]`, /found "x{40}…"$/],
])('%s: %s', (text, why) => {
  expect(fault(text)).toMatch(why);
});

describe('versions', () => {
  const dated = (mark: string): string =>
    `[a:b=1] START ${mark}'2026-01-01T00:00:00Z' STOP ${mark}'2026-01-02T00:00:00Z'`;

  it.each([
    ['[EXISTS a:b]', false, true, true],
    [dated(''), true, false, true],
    [dated('t'), true, true, true],
    ["[file:hashes.SHA-256 = 'x']", false, false, true],
  ])('%s: 2.0 %s, 2.1 %s, feeds %s', (text, ...expected) => {
    expect((['2.0', '2.1', 'any'] as const).map((version) => parsePattern(text, version).ok)).toEqual(expected);
  });
});

describe('checkPattern', () => {
  it.each([
    ["[file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e']", true, true],
    ["[file:hashes.'SHA-256' = 'd41d8cd98f00b204e9800998ecf8427e']", false, false],
    ["[file:hashes.MD5 IN ('d41d8cd98f00b204e9800998ecf8427e', 'x')]", false, false],
    ["[file:hashes.MD5 LIKE 'd41d%']", true, true],
    ["[file:hashes.x-own = 'x']", false, false],
    ["[file:hashes.own = 'x']", true, true],
    ['[a:b=1] REPEATS 2 TIMES WITHIN 5 SECONDS', true, true],
    ['[a:b=1] WITHIN 5 SECONDS WITHIN 6 SECONDS', true, false],
    ['([a:b=1] REPEATS 2 TIMES REPEATS 2 TIMES) AND [a:b=2]', true, false],
    ['([a:b=1]) WITHIN 5 SECONDS WITHIN 6 SECONDS', true, true],
    ['([a:b=1] WITHIN 5 SECONDS) WITHIN 6 SECONDS', true, true],
  ])('%s: 2.0 %s, 2.1 %s', (text, ...expected) => {
    expect((['2.0', '2.1'] as const).map((version) => checkPattern(text, version).valid)).toEqual(expected);
  });
});

describe('whatever is written', () => {
  it('is a pattern or a fault inside the text', () => {
    const pieces = fc.constantFrom(
      ...`[ ] ( ) ' \\ = a:b 1 'x' AND OR NOT IN LIKE t' h'0 . [*] // /* */ REPEATS 1 TIMES`.split(' '),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 20 }), (parts) => {
        const text = parts.join(' ');
        const reading = parsePattern(text, 'any');
        expect(reading.ok || (reading.column >= 1 && reading.column <= text.length + 1)).toBe(true);
      }),
    );
  });

  it('text comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(shape(`[url:value = ${quote(value)}]`)).toMatchObject({ condition: { values: [{ value }] } });
      }),
    );
  });

  it('depth is bounded, length is not depth', () => {
    expect(fault(`${'('.repeat(100_000)}[a:b=1]`)).toContain('fewer parentheses');
    expect(fault(`[${'('.repeat(100_000)}a:b=1]`)).toContain('fewer parentheses');
    expect(fault(`[a:b=1]${' WITHIN 1 SECONDS'.repeat(1000)}`)).toContain('fewer parentheses');
    expect(fault(`[a:b=1]${' OR [a:b=1]'.repeat(50_000)}`)).toBe('ok');
    expect(fault(`[a:b=1${' AND a:b=1'.repeat(50_000)}]`)).toBe('ok');
    expect(fault(`[a:b${'.c'.repeat(400_000)}=1]`)).toBe('ok');
    expect(fault(`[a:b = '${'x'.repeat(2_000_000)}']`)).toContain('longer than');
  });

  it.each(["'", "\\'", '0', '(', '[*]', ' ', '/*', '//', 'a', "t'2026", 'AAAA', '1.'])(
    'a million characters of %j end',
    (piece) => {
      for (const open of ['', '[a:b = ', "[a:b = '", "[a:b = b'"])
        expect(fault(open + piece.repeat(Math.floor(1_000_000 / piece.length)))).not.toBe('ok');
    },
  );
});
