import { expect, test } from 'vitest';
import { healthOf } from './health.ts';

const HOUR = 3_600_000;
const pull = (hour: number, indicators: number, more: object = {}) => ({
  at: hour * HOUR,
  detail: {
    name: 'f',
    outcome: 'imported' as const,
    detail: '',
    kind: 'plain',
    objects: indicators,
    indicators,
    bytes: 1,
    etag: null,
    modified: null,
    cursor: null,
    ...more,
  },
});
const steady = [pull(0, 100), pull(24, 110), pull(48, 90)];
const ails = (pulls: ReturnType<typeof pull>[], hour: number) => healthOf(pulls, 24, hour * HOUR).ailments;

test.each([
  ['a steady feed', steady, 49, []],
  ['one that was never pulled', [], 1, ['never-pulled']],
  ['one that is just in time', steady, 96, []],
  ['one that is late', steady, 97, ['late']],
  [
    'one that failed and is not late yet',
    [...steady, pull(50, 0, { outcome: 'failed', detail: 'no answer' })],
    51,
    ['failing'],
  ],
  ['one that was not modified', [...steady, pull(96, 0, { outcome: 'unchanged' })], 100, []],
  ['one that is empty', [...steady, pull(72, 0)], 73, ['empty']],
  ['one that is half as large', [...steady, pull(72, 50)], 73, []],
  ['one that shrank below half', [...steady, pull(72, 49)], 73, ['shrunk']],
  ['one that is suddenly HTML', [...steady, pull(72, 0, { kind: null })], 73, ['empty', 'changed-in-shape']],
])('%s', (_what, pulls, hour, expected) => expect(ails(pulls, hour)).toEqual(expected));
