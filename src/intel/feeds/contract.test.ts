import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Feed, HEAD_LENGTH, noteReasons, refusalReasons } from '../feed.ts';
import { MAX_LINE } from '../lines.ts';
import { indicatorsOf, recordsIn } from '../testing.ts';
import { feeds } from './index.ts';

const STIX_ID = 'indicator--6f1c2d3e-0000-4000-8000-000000000001';
/** These name files and values of a feed, and hold no indicator. */
const BESIDE: ReadonlySet<string> = new Set(['misp-manifest', 'misp-hashes']);

/** Reader → a sample in which every value is `evil.acct.workers.dev`, `https://evil.example/Gate`, 192.0.2.7, in this order. */
const samples: Readonly<Record<string, string>> = {
  plain: '# list\nevil.acct.workers.dev\nhxxps://evil[.]example/Gate\n192.0.2.7\n',
  csv: 'value,type,source\nevil.acct.workers.dev,domain,"made, up"\nhttps://evil.example/Gate,url,x\n192.0.2.7,ip,x\n',
  stix: JSON.stringify({
    type: 'bundle',
    id: 'bundle--1',
    objects: [
      { type: 'identity', id: 'identity--1', name: 'Made up' },
      { type: 'indicator', id: STIX_ID, pattern: "[domain-name:value = 'evil.acct.workers.dev']" },
      { type: 'indicator', id: STIX_ID, pattern: "[url:value = 'https://evil.example/Gate']" },
      { type: 'indicator', id: STIX_ID, pattern: "[ipv4-addr:value = '192.0.2.7']" },
    ],
  }),
  misp: JSON.stringify({
    Event: {
      info: 'made up',
      Attribute: [
        { type: 'domain', value: 'evil.acct.workers.dev', to_ids: true },
        { type: 'url', value: 'https://evil.example/Gate', to_ids: true },
        { type: 'ip-dst', value: '192.0.2.7', to_ids: true },
      ],
    },
  }),
  json: JSON.stringify({
    query_status: 'ok',
    data: [
      { ioc: 'evil.acct.workers.dev', ioc_type: 'domain', tags: ['a', 'b'] },
      { ioc: 'https://evil.example/Gate', ioc_type: 'url' },
      { ioc: '192.0.2.7:443', ioc_type: 'ip:port' },
    ],
  }),
  'misp-manifest': JSON.stringify({
    '6f1c2d3e-0000-4000-8000-000000000001': { info: 'made up', Orgc: { name: 'Made up' }, timestamp: '1700000000' },
  }),
  'misp-hashes': '0123456789abcdef0123456789abcdef,6f1c2d3e-0000-4000-8000-000000000001\n',
  maltrail:
    '# Reference: https://blog.example/a\n\nevil.acct.workers.dev\nhttps://evil.example/Gate\n/gate.php\n\n# Reference: https://blog.example/b\n\n192.0.2.7:443\n',
  'maltrail-csv':
    'evil.acct.workers.dev,loader (malware),(static)\nhttps://evil.example/Gate,loader (malware),feed.example\n192.0.2.7,scanner (suspicious),(static)\n',
  'zeek-intel':
    '#fields\tindicator\tindicator_type\tmeta.source\nevil.acct.workers.dev\tIntel::DOMAIN\tx\nhttps://evil.example/Gate\tIntel::URL\tx\n192.0.2.7\tIntel::ADDR\tx\n',
  'report-html':
    '<!doctype html><title>x</title><script>var a=1</script><p>The loader asks evil[.]acct[.]workers[.]dev and <code>hxxps://evil[.]example/Gate</code>,<br>later 192[.]0[.]2[.]7.</p>',
  report:
    'A report of one made-up case in a few words.\nThe loader asks evil[.]acct[.]workers[.]dev and hxxps://evil[.]example/Gate, then it is quiet.\nLater it speaks with 192[.]0[.]2[.]7, see https://blog.example/ for all the details.\n',
};
const VALUES = ['evil.acct.workers.dev', 'https://evil.example/Gate', '192.0.2.7'];

it('the list names every file of the folder, each id once, each with a sample', () => {
  const files = readdirSync(new URL('.', import.meta.url)).filter(
    (name) => name.endsWith('.ts') && !/index|test/.test(name),
  );
  expect(feeds.map(({ id }) => `${id}.ts`).sort()).toEqual(files.sort());
  expect(Object.keys(samples).sort()).toEqual(feeds.map(({ id }) => id).sort());
});

describe.each(feeds.map((feed) => [feed.id, feed] as const))('%s', (id, feed: Feed) => {
  const sample = samples[id] ?? '';
  const expected = BESIDE.has(id) ? [] : VALUES;

  it('accepts its own sample, with the same values as every other reader', async () => {
    expect(feed.detect(sample, 'x')).toBe(true);
    expect(indicatorsOf(await recordsIn(feed, sample)).map(({ value }) => value)).toEqual(expected);
  });

  it('refuses the samples of the others, and what is none', () => {
    const others = Object.entries(samples).filter(([other]) => other !== id);
    const none = [
      '',
      '\n',
      ' ',
      '# only a comment\n',
      '<!doctype html><p>evil.example</p>',
      '{"a":1}',
      '[]',
      'Just some words of text.\n',
    ];
    expect(others.filter(([, text]) => feed.detect(text, 'x')).map(([other]) => other)).toEqual([]);
    expect(none.filter((text) => feed.detect(text, 'x'))).toEqual([]);
  });

  it('says what it is blind to', () => {
    expect(feed.name.length).toBeGreaterThan(3);
    expect(feed.blindTo.length).toBeGreaterThan(0);
  });

  it('reads the same whatever pieces the text comes in', async () => {
    const whole = await recordsIn(feed, sample);
    for (const size of [1, 2, 3, 17]) expect(await recordsIn(feed, sample, 'list.txt', size)).toEqual(whole);
  });

  it('gives the same ids again, and other ids to other values', async () => {
    const ids = async (text: string): Promise<string[]> => indicatorsOf(await recordsIn(feed, text)).map((i) => i.id);
    expect(await ids(sample)).toEqual(await ids(sample));
    if (id !== 'stix') expect(new Set(await ids(sample)).size).toBe(expected.length);
  });

  it('survives an over-long line', async () => {
    const long = 'x'.repeat(MAX_LINE * 3);
    const records = await recordsIn(feed, `${sample}${long}\n`);
    expect(records.every((record) => 'indicator' in record || 'other' in record || record.detail.length < 400)).toBe(
      true,
    );
    expect(records.length).toBeGreaterThan(0);
  });

  it('survives random, cut and mixed text, and every record is one of three', async () => {
    const cutSample = fc.nat(sample.length).map((at) => sample.slice(0, at));
    const spliced = fc
      .tuple(fc.nat(sample.length), fc.string({ unit: 'binary', maxLength: 40 }))
      .map(([at, text]) => sample.slice(0, at) + text + sample.slice(at));
    const known = fc.constantFrom(...Object.values(samples));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), cutSample, spliced, known), async (text) => {
        expect(typeof feed.detect(text.slice(0, HEAD_LENGTH), 'x')).toBe('boolean');
        for (const record of await recordsIn(feed, text)) {
          if ('indicator' in record) {
            expect(record.indicator.line).toBeGreaterThan(0);
            expect(record.indicator.value !== null || record.indicator.kind === 'pattern').toBe(true);
            expect(record.note === undefined || record.note in noteReasons).toBe(true);
          } else if ('refused' in record) {
            expect(record.refused in refusalReasons).toBe(true);
            expect(record.detail).not.toMatch(/[\u0000-\u001f]/);
          } else expect(record.other).not.toBe('');
        }
      }),
      { numRuns: 150 },
    );
  });

  it('at most one reader takes a mixed text', () => {
    const pieces = fc.array(fc.constantFrom(...Object.values(samples).flatMap((text) => text.split('\n'))), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(pieces, (lines) => {
        const takers = feeds.filter((candidate) => candidate.detect(lines.join('\n'), 'x'));
        expect(takers.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 100 },
    );
  });
});
