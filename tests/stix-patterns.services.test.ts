/** Our verdicts on STIX patterns beside those of the OASIS matcher and validator, on made-up patterns and data. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkPattern } from '../src/patterns/check.ts';
import { matchPattern } from '../src/patterns/match.ts';
import { runPython } from './python.ts';

type Version = '2.0' | '2.1';

const MATCH = `
import json, sys
from stix2matcher.matcher import match
for line in sys.stdin:
    q = json.loads(line)
    try:
        print('match' if match(q['pattern'], q['observations'], stix_version=q['version']) else 'nomatch')
    except Exception:
        print('error')
`;
const CHECK = `
import json, sys
from stix2patterns.validator import validate
for line in sys.stdin:
    q = json.loads(line)
    print(validate(q['pattern'], q['version']))
`;

const literal = fc.constantFrom('1', '2', '-1.5', "'a'", "'ab'", "''", 'true', "h'61'", "b'YWI='");
/** Values that are no text: with text, OASIS looks at each and stops at the first that is no time, we at those that matter. */
const timeless = fc.constantFrom('x:n', 'x:b', 'x:z', 'y:n');
/** To Python, true is 1. */
const numeric = fc.constantFrom('x:n', 'x:s', 'x:s_hex', 'y:n', 'x:none');
const orderable = literal.filter((text) => text !== 'true');
const path = fc.constantFrom(
  'x:n',
  'x:s',
  'x:b',
  'x:s_hex',
  'x:list[*]',
  'x:list[1]',
  'x:d.k',
  "x:'d'.k",
  'x:none',
  'x:z',
  'y:n',
);
const not = fc.constantFrom('', 'NOT ');
const numbers = fc.array(fc.constantFrom('1', '2', '5'), { maxLength: 3 }).map((list) => `(${list.join(', ')})`);
const comparison = fc
  .oneof(
    fc.tuple(path, not, fc.constantFrom('=', '!='), literal),
    fc.tuple(path, not, fc.constantFrom('<', '<=', '>', '>='), orderable),
    fc.tuple(numeric, not, fc.constant('IN'), numbers),
    fc.tuple(timeless, not, fc.constantFrom('=', '!=', '<', '>='), fc.constant("t'2026-01-01T00:00:00Z'")),
    fc.tuple(path, not, fc.constant('LIKE'), fc.constantFrom("'a%'", "'_'", "'%b'", "'a'")),
    fc.tuple(path, not, fc.constant('MATCHES'), fc.constantFrom("'^a'", "'b$'", "'[a-b]+'", "'.'")),
    fc.tuple(
      fc.constantFrom('x:ip', 'x:n'),
      not,
      fc.constant('ISSUBSET'),
      fc.constantFrom("'10.1.0.0/16'", "'10.2.0.0/15'"),
    ),
  )
  .map((parts) => parts.join(' '));
const condition = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 2 },
    comparison,
    fc.tuple(tie('any'), fc.constantFrom('AND', 'OR'), tie('any')).map((parts) => parts.join(' ')),
    tie('any').map((inner) => `(${inner})`),
  ),
})).any;
const qualifier = fc.constantFrom(
  ' WITHIN 3 SECONDS',
  ' WITHIN 0.5 SECONDS',
  ' REPEATS 2 TIMES',
  ' REPEATS 3 TIMES',
  " START t'2026-01-01T00:00:02Z' STOP t'2026-01-01T00:00:06Z'",
);
const pattern = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    condition.map((inner) => `[${inner}]`),
    fc.tuple(tie('any'), fc.constantFrom('AND', 'OR', 'FOLLOWEDBY'), tie('any')).map((parts) => parts.join(' ')),
    fc.tuple(tie('any'), qualifier).map(([inner, more]) => `(${inner})${more}`),
    fc.tuple(condition, qualifier).map(([inner, more]) => `[${inner}]${more}`),
  ),
})).any;

const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const object = fc.record({
  type: fc.constantFrom('x', 'x', 'y'),
  n: fc.constantFrom(1, 2, 2.5, -1.5),
  s: fc.constantFrom('a', 'ab', 'b', '\u0103'),
  b: fc.boolean(),
  z: fc.constant(null),
  s_hex: fc.constantFrom('61', '6162', ''),
  list: fc.array(fc.constantFrom<unknown>(1, 'a', true), { maxLength: 3 }),
  d: fc.record({ k: fc.constantFrom<unknown>(1, 'ab') }),
  ip: fc.constantFrom('10.1.2.3', '10.2.0.0/16', '10.9.9.9'),
});
const observations = (version: Version): fc.Arbitrary<unknown[]> =>
  fc
    .array(fc.tuple(fc.nat(8), fc.nat(3), fc.integer({ min: 1, max: 2 }), fc.array(object, { maxLength: 2 })), {
      minLength: 1,
      maxLength: 4,
    })
    .map((list) =>
      list.map(([from, length, times, objects], i) => {
        const observed = {
          type: 'observed-data',
          id: `observed-data--${i}`,
          number_observed: times,
          first_observed: at(from),
          last_observed: at(from + length),
        };
        const named = objects.map((one, j) => ({ ...one, id: `${one.type}--${i}-${j}` }));
        if (version === '2.0')
          return { ...observed, objects: Object.fromEntries(named.map((one, j) => [String(j), one])) };
        return {
          type: 'bundle',
          id: `bundle--${i}`,
          objects: [{ ...observed, object_refs: named.map(({ id }) => id) }, ...named],
        };
      }),
    );

it.each(['2.0', '2.1'] as const)('version %s: the same verdict on every question', async (version) => {
  const questions = fc.sample(fc.record({ pattern, observations: observations(version) }), {
    numRuns: 1500,
    seed: 20260101,
  });
  const asked = questions.filter(({ pattern }) => version === '2.1' || !pattern.includes('START')); // their 2.0 parser and matcher disagree there
  const input = asked.map((question) => `${JSON.stringify({ version, ...question })}\n`).join('');
  const theirs = (await runPython(MATCH, [], input)).trimEnd().split('\n');
  const ours = asked.map(({ pattern, observations }) => matchPattern(pattern, version, observations).verdict);
  const differ = asked.flatMap(({ pattern, observations }, i) =>
    ours[i] === theirs[i]
      ? []
      : [{ pattern, observations: JSON.stringify(observations), ours: ours[i], theirs: theirs[i] }],
  );
  expect(theirs.filter((verdict) => verdict === 'match').length).toBeGreaterThan(200);
  expect(differ.slice(0, 5)).toEqual([]);
});

it.each(['2.0', '2.1'] as const)('version %s: the same patterns are valid', async (version) => {
  const damaged = fc
    .tuple(pattern, fc.nat(), fc.constantFrom('', ' ', "'", ')', '[', 'x', '.', ' AND ', '-', '/*', '1'))
    .map(([text, at, piece]) => {
      const cut = at % (text.length + 1);
      return text.slice(0, cut) + piece + text.slice(cut + (at % 3));
    });
  const patterns = fc
    .sample(fc.oneof(pattern, damaged), { numRuns: 1500, seed: 20260102 })
    .filter((text) => text !== '' && !text.includes('[-') && !/ST(?:ART|OP) *'/.test(text)); // what OASIS stumbles over or took back
  const input = patterns.map((text) => `${JSON.stringify({ version, pattern: text })}\n`).join('');
  const theirs = (await runPython(CHECK, [], input)).trimEnd().split('\n');
  const differ = patterns.filter((text, i) => String(checkPattern(text, version).valid) !== theirs[i]?.toLowerCase());
  expect(theirs.filter((valid) => valid === 'False').length).toBeGreaterThan(200);
  expect(differ.slice(0, 10)).toEqual([]);
});
