import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchPattern, type Verdict } from './match.ts';
import { quote } from './pattern.ts';

type Bag = Record<string, unknown>;
const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
/** Observed data of STIX 2.0 with these objects, from one second to another. */
const seen = (objects: readonly Bag[], from = 0, to = from, times = 1): Bag => ({
  type: 'observed-data',
  number_observed: times,
  first_observed: at(from),
  last_observed: at(to),
  objects: Object.fromEntries(objects.map((object, i) => [String(i), object])),
});
const word = ({ verdict, ...rest }: Verdict): string => ('error' in rest ? `error: ${rest.error}` : verdict);
const judge = (pattern: string, observations: readonly unknown[], version: '2.0' | '2.1' = '2.0'): string =>
  word(matchPattern(pattern, version, observations));
/** The verdict on one object of type `x`. */
const on = (test: string, facts: Bag): string => judge(`[${test}]`, [seen([{ type: 'x', ...facts }])], '2.1');

describe('comparisons', () => {
  it.each([
    ['x:n = 5', true],
    ['x:n = 5.0', true],
    ["x:n = '5'", false],
    ["x:n != '5'", true],
    ['x:n > 4.9 AND x:n <= 5', true],
    ["x:n < 'a'", false],
    ["x:n NOT < 'a'", false],
    ['x:n NOT < 4', true],
    ["x:s > 'alic'", true],
    ["x:s = h'616c696365'", true],
    ["x:s_hex = 'alice'", true],
    ["x:s_bin = h'616c696365'", true],
    ["x:wide > h'00'", false],
    ["x:wide NOT > h'00'", true],
    ["x:wide != h'00'", true],
    ["x:astral > '\uffff'", true],
    ['x:b = true AND x:b != false', true],
    ['x:b = 1', false],
    ['x:z = true', false],
    ["x:z != 'a'", true],
    ["x:z < 'a'", false],
    ["x:t > t'2025-12-31T23:59:59.999999Z' AND x:t < t'2026-01-01T00:00:00.5Z'", true],
    ["x:t IN (t'2026-01-01T00:00:00.000Z')", true],
    ['x:n IN (1, 5.0)', true],
    ['x:n NOT IN ()', true],
    ["x:s IN ('bob', 'alice')", true],
    ["x:s_hex IN (h'616c696365')", true],
    ["x:s LIKE 'a%c_'", true],
    ["x:s LIKE 'lic'", false],
    ["x:s_bin LIKE '%lic%'", true],
    ["x:nfd LIKE '\u1e0d\u0307'", true],
    ["x:nfd = '\u1e0d\u0307'", false],
    ["x:s MATCHES '^al[a-z]+$'", true],
    ["x:s MATCHES 'lic'", true],
    ["x:raw_hex MATCHES '\\\\x00\\\\xff$'", true],
    ["x:nfd MATCHES '^\u1e0d\u0307$'", true],
    ["x:ip ISSUBSET '10.1.0.0/16' AND x:ip ISSUBSET '10.1.2.3'", true],
    ["x:ip ISSUBSET '10.2.0.0/16'", false],
    ["x:net ISSUPERSET '10.1.9.0/24' AND x:net ISSUPERSET '10.1.9.9'", true],
    ["x:net ISSUPERSET '10.0.0.0/8'", false],
    ["x:v6 ISSUBSET '2001:db8::/32'", true],
    ["x:v6 ISSUBSET '10.0.0.0/8'", false],
    ["x:s ISSUBSET '10.0.0.0/8'", false],
    ["x:n NOT ISSUBSET '10.0.0.0/8'", true],
    ['EXISTS x:n', true],
    ['EXISTS x:none', false],
    ['NOT EXISTS x:none', true],
    ['y:n = 5', false],
    ['x:__proto__.a = 1', false],
    ["x:constructor.name != 'a'", false],
  ])('%s is %s', (test, expected) => {
    const facts = {
      ...{ n: 5, s: 'alice', b: true, z: null, t: '2026-01-01T00:00:00Z', ip: '10.1.2.3', net: '10.1.0.0/16' },
      ...{ s_hex: '616c696365', s_bin: 'YWxpY2U=', raw_hex: '4100ff', wide: '\u0103', astral: '\u{1f600}' },
      ...{ nfd: 'd\u0323\u0307', v6: '2001:db8::7' },
    };
    expect(on(test, facts)).toBe(expected ? 'match' : 'nomatch');
  });

  it.each([
    ["x:n = t'2026-02-30T00:00:00Z'", /no time/],
    ["x:s = t'2026-01-01T00:00:00Z'", /no time/],
    ["x:s IN (1, 'a')", /one type/],
    ["x:s MATCHES '('", /RE2/],
    ["x:s MATCHES '(?=a)'", /look-around/],
    ["x:s MATCHES '(a)\\\\1'", /back references/],
    ["x:s ISSUBSET 'here'", /no IP address/],
    ["x:odd_hex = 'a'", /not hex/],
  ])('%s cannot be answered: %s', (test, why) => {
    expect(on(test, { n: 5, s: 'alice', odd_hex: 'xyz' })).toMatch(why);
  });
});

describe('paths', () => {
  const objects = [
    { type: 'x', a_ref: '1', a_refs: ['1', '2', 'none'], list: [{ v: 1 }, { v: [7, 8] }], 'od d': { 'k.v': 3 } },
    { type: 'y', name: 'bob', a_refs: ['0', '2'] },
    { type: 'y', name: 'carol' },
  ];

  it.each([
    ["x:a_ref.name = 'bob'", true],
    ["x:a_refs[*].name = 'carol'", true],
    ["x:a_refs[1].name = 'carol'", true],
    ["x:a_refs[2].name = 'carol'", false],
    ["x:a_refs[*].a_refs[*].a_ref.name = 'bob'", true],
    ["x:a_ref = '1'", false],
    ['x:list[0].v = 1', true],
    ['x:list[*].v[1] = 8', true],
    ['x:list[-1].v = 1', false],
    ['x:list.v = 1', false],
    ["x:'od d'.'k.v' = 3", true],
    ["y:name = 'bob' AND y:name = 'carol'", false],
    ["x:list[0].v = 1 AND y:name = 'bob'", false],
  ])('%s is %s', (test, expected) => {
    expect(judge(`[${test}]`, [seen(objects)])).toBe(expected ? 'match' : 'nomatch');
  });

  it('references lead to objects of the same observed data, in 2.1 too', () => {
    const data = (refs: readonly string[]): Bag => ({ ...seen([]), objects: undefined, object_refs: refs });
    const bundle = (observed: Bag): Bag => ({
      type: 'bundle',
      objects: [
        observed,
        { type: 'domain-name', id: 'domain-name--1', value: 'a.example', resolves_to_refs: ['ipv4-addr--1'] },
        { type: 'ipv4-addr', id: 'ipv4-addr--1', value: '192.0.2.7' },
        { type: 'identity', id: 'identity--1', name: 'us' },
      ],
    });
    const pattern = "[domain-name:resolves_to_refs[*].value = '192.0.2.7']";
    expect(judge(pattern, [bundle(data(['domain-name--1', 'ipv4-addr--1']))], '2.1')).toBe('match');
    expect(judge(pattern, [bundle(data(['domain-name--1']))], '2.1')).toBe('nomatch');
    expect(judge("[identity:name = 'us']", [bundle(data(['identity--1']))], '2.1')).toBe('nomatch');
  });
});

describe('observations', () => {
  const n = (value: number, from = 0, to = from, times = 1): Bag => seen([{ type: 'x', n: value }], from, to, times);
  const data = [n(1, 10), n(2, 20, 25), n(3, 40, 40, 3)];

  it.each([
    ['[x:n = 1] AND [x:n = 2]', true],
    ['[x:n = 1] AND [x:n < 2]', false],
    ['[x:n = 9] OR [x:n = 2]', true],
    ['[x:n = 1] FOLLOWEDBY [x:n = 2] FOLLOWEDBY [x:n = 3]', true],
    ['[x:n = 3] FOLLOWEDBY [x:n = 1]', false],
    ['[x:n > 0] REPEATS 5 TIMES', true],
    ['[x:n > 0] REPEATS 6 TIMES', false],
    ['[x:n = 3] REPEATS 3 TIMES WITHIN 1 SECONDS', true],
    ['[x:n > 0] REPEATS 4 TIMES WITHIN 14 SECONDS', false],
    ['[x:n > 0] REPEATS 4 TIMES WITHIN 15 SECONDS', true],
    ['([x:n = 1] AND [x:n = 3]) WITHIN 29.9 SECONDS', false],
    ['([x:n = 1] AND [x:n = 3]) WITHIN 30 SECONDS', true],
    ['[x:n = 1] AND [x:n = 3] WITHIN 1 SECONDS', true],
    ['([x:n = 1] FOLLOWEDBY [x:n = 3]) REPEATS 2 TIMES', false],
    ['([x:n < 3] FOLLOWEDBY [x:n = 3]) REPEATS 2 TIMES', true],
    ['([x:n = 3] AND [x:n = 3]) REPEATS 2 TIMES', false],
    ["[x:n = 2] START '2026-01-01T00:00:25Z' STOP '2026-01-01T00:00:30Z'", true],
    ["[x:n = 2] START '2026-01-01T00:00:00Z' STOP '2026-01-01T00:00:20Z'", false],
    ["[x:n = 2] START '2026-01-01T00:00:20Z' STOP '2026-01-01T00:00:20Z'", false],
    ["([x:n = 1] AND [x:n = 2]) START '2026-01-01T00:00:11Z' STOP '2026-01-01T00:01:00Z'", false],
    ['([x:n = 3] REPEATS 2 TIMES REPEATS 2 TIMES)', false],
  ])('%s is %s', (pattern, expected) => {
    expect(judge(pattern, data)).toBe(expected ? 'match' : 'nomatch');
  });

  it.each([
    ['[x:n = 1] WITHIN 0 SECONDS', data, /above 0/],
    ['[x:n = 1] REPEATS 0 TIMES', data, /whole number/],
    ["[x:n = 1] START 'soon' STOP 'later'", data, /START: "soon"/],
    ['[x:n = 1]', [{ ...n(1), number_observed: 0 }], /number_observed/],
    ['[x:n = 1]', [{ ...n(1), last_observed: '2025-01-01T00:00:00Z' }], /before first_observed/],
    ['[x:n = 1]', [{ ...n(1), first_observed: 7 }], /first_observed/],
    ['[x:n = 1]', ['text'], /JSON object/],
    ['[x:n = 1]', [{ type: 'bundle' }], /list of objects/],
  ])('%s cannot be answered: %#', (pattern, observations, why) => {
    expect(judge(pattern, observations)).toMatch(why);
  });

  it('repeats within a time are counted as a plain reading of the definition counts them', () => {
    const spans = fc.array(fc.tuple(fc.nat(20), fc.nat(5), fc.integer({ min: 1, max: 2 })), { maxLength: 6 });
    fc.assert(
      fc.property(spans, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 8 }), (given, wanted, limit) => {
        const observations = given.map(([from, length, times]) => n(1, from, from + length, times));
        const single = given.flatMap(([from, length, times]) =>
          Array.from({ length: times }, () => [from, from + length] as const),
        );
        const together = (start: number): number =>
          single.filter(([first, last]) => first <= start + limit && last >= start).length;
        const most = Math.max(
          0,
          ...single.map(([, last]) => together(last)),
          ...single.map(([first]) => together(first)),
        );
        const expected = most >= wanted ? 'match' : 'nomatch';
        expect(judge(`[x:n = 1] REPEATS ${wanted} TIMES WITHIN ${limit} SECONDS`, observations)).toBe(expected);
        const both = `([x:n = 1] REPEATS ${wanted} TIMES AND [x:n = 2]) WITHIN ${limit} SECONDS`;
        expect(judge(both, [...observations, n(2, 0, 100)])).toBe(expected);
      }),
    );
  });
});

describe('hostile input', () => {
  it('repeated groups of a nested billion are an answer or an error', () => {
    const many = Array.from({ length: 60 }, (_, i) => seen([{ type: 'x', n: i }], i));
    const laughs = (depth: number): string =>
      depth === 0 ? '[x:n >= 0]' : `(${laughs(depth - 1)} AND ${laughs(depth - 1)}) REPEATS 9 TIMES`;
    expect(judge(laughs(9), many)).toMatch(/nomatch|too costly/);
    expect(judge('([x:n >= 0] AND [x:n < 0]) REPEATS 999999999999999 TIMES', many)).toBe('nomatch');
    expect(judge('([x:n >= 0] FOLLOWEDBY [x:n = 0]) REPEATS 20 TIMES', many)).toMatch(/nomatch|too costly/);
    expect(judge(`([x:n >= 0] AND [x:n = 0]) REPEATS 2 TIMES ${'AND [x:n >= 0] '.repeat(50)}`, many)).toMatch(
      /nomatch|too costly/,
    );
  });

  it('a hundred thousand observations are counted, not nested', () => {
    const data = [
      seen([{ type: 'x', n: 1 }], 0, 0, 9_000_000),
      ...Array.from({ length: 5_000 }, (_, i) => seen([{ type: 'x', n: 1 }], i)),
    ];
    expect(judge('[x:n = 1] REPEATS 9005000 TIMES', data)).toBe('match');
    expect(judge('[x:n = 1] REPEATS 9005001 TIMES', data)).toBe('nomatch');
    expect(judge(`${'[x:n = 1] AND '.repeat(3_000)}[x:n = 1]`, data)).toMatch(/too costly/);
  });

  it('references in circles end', () => {
    const ids = Array.from({ length: 60 }, (_, i) => String(i));
    const circle = seen(ids.map(() => ({ type: 'x', a_refs: ids })));
    expect(judge(`[x:${'a_refs[*].'.repeat(90)}none = 1]`, [circle])).toMatch(/nomatch|too costly/);
  });

  it('no regular expression runs away', () => {
    const facts = { s: 'a'.repeat(30_000) };
    for (const evil of ['^(a+)+$!', '(a|a)*b', '^(([a-z])+.)+[A-Z]([a-z])+$', '(.*)*x{0,50}y', 'a{0,500}{0,500}b'])
      expect(on(`x:s MATCHES ${quote(evil)}`, facts)).toMatch(/nomatch|RE2/);
    expect(on(`x:s MATCHES '${'a?'.repeat(3000)}'`, facts)).toMatch(/longer than/);
    expect(on(`x:s LIKE '${'%a'.repeat(50)}b'`, facts)).toBe('nomatch');
  });

  it('whatever the observations are, it is a verdict', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(judge("[x:a_ref.b_refs[*].c_hex MATCHES '.']", [value, seen([{ type: 'x', a_ref: value }])])).toBeTypeOf(
          'string',
        );
      }),
    );
  });
});
