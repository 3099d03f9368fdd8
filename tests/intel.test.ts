import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { feeds } from '../src/intel/feeds/index.ts';
import { guardIndicator } from '../src/intel/guards.ts';
import { collectIntel } from '../src/intel/read.ts';
import { knownAt, standing, stateAt } from '../src/intel/validity.ts';
import type { Indicator } from '../src/model/indicator.ts';
import { classifyHost } from '../src/platforms/matcher.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-intel-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));
let files = 0;
function fileWith(content: string | Uint8Array): string {
  const file = path.join(temp, `feed-${files++}`);
  writeFileSync(file, content);
  return file;
}

/** One own sample a reader, with the values that it must give. */
const samples: Readonly<
  Record<string, { readonly text: string; readonly values: readonly string[]; readonly objects: number }>
> = {
  plain: {
    text: '# made up\nBad[.]acct-1[.]workers[.]dev\nhxxps://evil.pages.dev/\n203.0.113.7\n198.51.100.0/24\n',
    values: ['bad.acct-1.workers.dev', 'evil.pages.dev', '203.0.113.7', '198.51.100.0/24'],
    objects: 4,
  },
  csv: {
    text: 'value,type,confidence,valid_from,valid_until,created,source\n"bad.acct-1.workers.dev",domain,80,2026-01-01T00:00:00Z,2026-12-31T00:00:00Z,2026-01-01T00:00:00Z,"made, up"\n203.0.113.7,ip,55,,,,x\n',
    values: ['bad.acct-1.workers.dev', '203.0.113.7'],
    objects: 2,
  },
  stix: {
    text: JSON.stringify({
      type: 'bundle',
      id: 'bundle--1',
      objects: [
        { type: 'identity', id: 'identity--1', name: 'Made up' },
        {
          type: 'indicator',
          id: 'indicator--1',
          created: '2026-01-02T00:00:00Z',
          modified: '2026-01-02T00:00:00Z',
          valid_from: '2026-01-01T00:00:00Z',
          pattern_type: 'stix',
          pattern: "[domain-name:value = 'BAD.acct-1.workers.dev']",
        },
        {
          type: 'indicator',
          id: 'indicator--2',
          created: '2026-01-02T00:00:00Z',
          valid_from: '2026-01-01T00:00:00Z',
          pattern: "[url:value = 'https://script.google.com/macros/s/AKfy/exec']",
        },
      ],
    }),
    values: ['bad.acct-1.workers.dev', 'https://script.google.com/macros/s/AKfy/exec'],
    objects: 3,
  },
  misp: {
    text: JSON.stringify({
      Event: {
        uuid: 'e',
        info: 'made up',
        date: '2026-01-01',
        timestamp: '1767225600',
        Attribute: [
          { uuid: 'a1', type: 'domain', to_ids: true, value: 'bad.acct-1.workers.dev', timestamp: '1767225600' },
          { uuid: 'a2', type: 'ip-dst', to_ids: false, value: '203.0.113.7', timestamp: '1767225600' },
          { uuid: 'a3', type: 'comment', to_ids: false, value: 'words', timestamp: '1767225600' },
        ],
      },
    }),
    values: ['bad.acct-1.workers.dev', '203.0.113.7'],
    objects: 3,
  },
  report: {
    text: 'A made-up report of one paragraph.\nThe implant then calls bad[.]acct-1[.]workers[.]dev every minute, and hxxps://evil[.]pages[.]dev/stage for its second stage.\nIt is described at https://blog.example/post in more words.\n',
    values: ['bad.acct-1.workers.dev', 'https://evil.pages.dev/stage'],
    objects: 4,
  },
  'zeek-intel': {
    text: '#fields\tindicator\tindicator_type\tmeta.source\nbad.acct-1.workers.dev\tIntel::DOMAIN\tmade up\n203.0.113.7\tIntel::ADDR\tmade up\n',
    values: ['bad.acct-1.workers.dev', '203.0.113.7'],
    objects: 2,
  },
};

describe.each(feeds.map((f) => f.id))('%s', (id) => {
  const sample = samples[id];
  if (!sample) throw new Error(`no sample for ${id}`);

  it('reads its sample, counts every object, and says what it is blind to', async () => {
    const {
      files: [file],
      indicators,
    } = await collectIntel([fileWith(sample.text)]);
    expect(file).toMatchObject({ kind: id, objects: sample.objects });
    expect(indicators.map((i) => i.value)).toEqual(sample.values);
    expect(feeds.find((f) => f.id === id)?.blindTo.length).toBeGreaterThan(0);
  });

  it('reads it packed, and gives the same ids again', async () => {
    const plain = await collectIntel([fileWith(sample.text)]);
    const packed = await collectIntel([fileWith(gzipSync(sample.text))]);
    expect(packed.indicators.map((i) => i.value)).toEqual(plain.indicators.map((i) => i.value));
  });

  it('loses nothing of a mutated sample', async () => {
    const bytes = Buffer.from(sample.text);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ at: fc.nat(bytes.length - 1), byte: fc.nat(255) }), { minLength: 1, maxLength: 5 }),
        async (mutations) => {
          const copy = Buffer.from(bytes);
          for (const { at, byte } of mutations) copy[at] = byte;
          const {
            files: [file],
            indicators,
          } = await collectIntel([fileWith(copy)]);
          const refused = Object.values(file?.refused ?? {}).reduce((sum, n) => sum + n, 0);
          expect(file?.objects).toBe((file?.indicators ?? 0) + (file?.other ?? 0) + refused);
          expect(indicators).toHaveLength(file?.indicators ?? -1);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('what a feed says', () => {
  it('keeps dates, confidence and to_ids', async () => {
    const csv = (await collectIntel([fileWith(samples.csv?.text ?? '')])).indicators;
    expect(csv[0]).toMatchObject({
      confidence: 80,
      validFrom: Date.UTC(2026, 0, 1),
      validUntil: Date.UTC(2026, 11, 31),
      recorded: Date.UTC(2026, 0, 1),
    });
    expect(csv[0]?.source.name).toBe('made, up');
    const misp = (await collectIntel([fileWith(samples.misp?.text ?? '')])).indicators;
    expect(misp.map((i) => i.detect)).toEqual([true, false]);
  });

  it.each([
    ['an HTML page', '<!doctype html><html><body>Not found</body></html>'],
    ['JSON of something else', '{"hello": [1, 2, 3]}'],
    ['a binary', Buffer.from([0, 1, 2, 3, 0, 255])],
    ['an empty file', ''],
  ])('%s is refused in words', async (_what, content) => {
    const {
      files: [file],
      refusals,
    } = await collectIntel([fileWith(content)]);
    expect(file?.indicators).toBe(0);
    expect(refusals[0]?.detail.length).toBeGreaterThan(5);
  });
});

const indicator = (facts: Partial<Indicator>): Indicator => ({
  id: 'i',
  kind: 'domain',
  value: 'bad.acct-1.workers.dev',
  pattern: null,
  match: 'equals',
  source: { name: 's', licence: null, file: 'f' },
  confidence: null,
  validFrom: null,
  validUntil: null,
  recorded: null,
  detect: true,
  endpoint: 'unknown',
  description: null,
  labels: [],
  line: 1,
  ...facts,
});

describe('validity', () => {
  it.each([
    [{}, 'undated'],
    [{ validFrom: 10, validUntil: 20, recorded: 5 }, 'known-then'],
    [{ validUntil: 15 }, 'expired'],
    [{ validUntil: 16 }, 'known-then'],
    [{ validFrom: 16 }, 'not-yet-valid'],
    [{ validFrom: 15 }, 'known-then'],
    [{ recorded: 16 }, 'learned-later'],
    [{ recorded: 15 }, 'known-then'],
  ])('an event at 15 against %j is %s', (facts, expected) => {
    expect(standing(indicator(facts), 15, 100)).toBe(expected);
  });

  it('tells the state and the knowledge as of a time', () => {
    expect(stateAt(indicator({ validUntil: 10 }), 10)).toBe('expired');
    expect(stateAt(indicator({ validUntil: 10 }), 9)).toBe('active');
    expect(stateAt(indicator({ detect: false }), 9)).toBe('not-for-detection');
    expect(knownAt(indicator({ recorded: 10 }), 9)).toBe(false);
  });
});

describe('guards', () => {
  const why = (facts: Partial<Indicator>): string | null =>
    guardIndicator(indicator(facts), classifyHost)?.reason ?? null;
  it.each([
    [{ value: 'pages.dev' }, 'shared-apex'],
    [{ value: 'www.google.com' }, 'popular-name'],
    [{ kind: 'ipv4', value: '8.8.8.8' }, 'public-resolver'],
    [{ kind: 'ipv4', value: '10.0.0.1' }, 'reserved-address'],
    [{ kind: 'cidr', value: '20.0.0.0/8' }, 'broad-range'],
    [{ value: 'bad.acct-1.workers.dev' }, null],
    [{ kind: 'url', value: 'https://script.google.com/macros/s/AKfycbx123/exec' }, null],
  ] as const)('%j: %s', (facts, reason) => {
    expect(why(facts)).toBe(reason);
  });
});
