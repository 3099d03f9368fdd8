/**
 * The one law of looking: what is found as batches and indicators come, in any order and with looks at any moment, is
 * together what one look at everything finds.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { type Lake, openLake, upTo } from '../src/lake/lake.ts';
import { sight } from '../src/lake/sight.ts';
import { sightByLedger } from '../src/lake/sight-ledger.ts';
import { wantedOf } from '../src/pipeline/entities.ts';
import { ingest } from '../src/pipeline/ingest.ts';
import { type Desk, filesOf, openDesk } from '../src/pipeline/intel/desk.ts';
import { importInto } from '../src/pipeline/intel/import.ts';
import { lookBack, nothingSearched, type Searched } from '../src/pipeline/intel/look-back.ts';
import { decideOn } from '../src/pipeline/intel/review.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-law-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

const HOSTS = [
  'fn.acct.workers.dev',
  'other.acct.workers.dev',
  'fn.someone.workers.dev',
  'service-ab12cd34-1300000001.gz.apigw.tencentcs.com',
  'service-zz99yy88-1300000001.sh.apigw.tencentcs.com',
  'front.evil.example',
  'evil.example',
  'script.google.com',
];
const ADDRESSES = ['198.51.100.7', '198.51.100.9', '203.0.113.5'];
const VALUES = [
  ...HOSTS,
  'acct.workers.dev',
  'https://script.google.com/macros/s/AKfycbx0000/exec',
  'https://fn.acct.workers.dev/poll',
  '198.51.100.7',
  '198.51.100.0/28',
  '203.0.113.5',
];
const DAYS = ['2026-10-01', '2026-10-02'];

type Event = { host: number; address: number; src: number; day: number; cname: boolean };
type Step =
  | { batch: Event[] }
  | { intel: number[] }
  | { look: 'all' | 'one step' }
  | { reject: number }
  | { approve: number };

const event = fc.record({
  host: fc.nat(HOSTS.length - 1),
  address: fc.nat(ADDRESSES.length - 1),
  src: fc.integer({ min: 1, max: 3 }),
  day: fc.nat(DAYS.length - 1),
  cname: fc.boolean(),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ batch: fc.array(event, { minLength: 1, maxLength: 6 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({ intel: fc.uniqueArray(fc.nat(VALUES.length - 1), { minLength: 1, maxLength: 4 }) }),
  },
  { weight: 3, arbitrary: fc.record({ look: fc.constantFrom('all' as const, 'one step' as const) }) },
);

/** Zeek's JSON logs: the query of each event, and the flow behind it. */
function dnsLog(events: readonly Event[], salt: number): string {
  const lines = events.flatMap((e, i) => {
    const ts = Date.parse(`${DAYS[e.day]}T10:00:00Z`) / 1000 + i + salt / 1000;
    const host = HOSTS[e.host] ?? '';
    const answers = [...(e.cname ? [HOSTS[(e.host + 3) % HOSTS.length]] : []), ADDRESSES[e.address]];
    return JSON.stringify({
      _path: 'dns',
      ts,
      uid: `C${salt}x${i}`,
      'id.orig_h': `10.0.0.${e.src}`,
      'id.orig_p': 40000,
      'id.resp_h': '10.0.0.53',
      'id.resp_p': 53,
      proto: 'udp',
      query: host,
      qtype_name: 'A',
      rcode_name: 'NOERROR',
      answers,
    });
  });
  return `${lines.join('\n')}\n`;
}

type Found = Map<string, number>;

/** A workspace that is open, with how far it was searched and what was found so far. */
class Workspace {
  searched: Searched = nothingSearched;
  readonly found: Found = new Map();
  readonly #directory = mkdtempSync(path.join(temp, 'w-'));
  #desk: Desk | null = null;
  #lake: Lake | null = null;
  #files = 0;
  readonly #look: typeof sight;

  /** `look`: how sightings are read. */
  constructor(look: typeof sight) {
    this.#look = look;
  }

  async open(): Promise<void> {
    this.#desk = await openDesk({ workspace: this.#directory, memory: '200MB' });
    this.#lake = await openLake({ workspace: this.#directory, memory: '200MB', temp: this.#desk.temp });
  }

  get #both(): { desk: Desk; lake: Lake } {
    if (!this.#desk || !this.#lake) throw new Error('not open');
    return { desk: this.#desk, lake: this.#lake };
  }

  async take(step: Step, salt: number): Promise<void> {
    const { desk, lake } = this.#both;
    const by = { by: 'ana', now: () => new Date('2026-11-01T00:00:00Z') };
    if ('batch' in step) {
      const log = this.#write('dns.log', dnsLog(step.batch, salt));
      const logs = await ingest(lake, [log], { temp: desk.temp, keep: true });
      await logs.close();
    } else if ('intel' in step) {
      const rows = step.intel.map((i) => `${VALUES[i]},2026-10-20,2026-09-01`);
      await importInto(desk, [this.#write('feed.csv', `value,created,valid_from\n${rows.join('\n')}\n`)], by);
    } else if ('look' in step) await this.lookOnce(step.look === 'all');
    else {
      const verdict = 'reject' in step ? 'rejected' : 'approved';
      const value = VALUES['reject' in step ? step.reject : step.approve] ?? '';
      await decideOn(
        desk,
        { text: value },
        { verdict, block: false, reason: 'said so', reliability: null, credibility: null, until: null },
        by,
      );
    }
  }

  /** Looks until nothing waits, with budgets that end after each step. */
  async look(): Promise<void> {
    while (!(await this.lookOnce(false)));
  }

  /** One look; `whole`: to the end. True where nothing waits any more. */
  async lookOnce(whole: boolean): Promise<boolean> {
    const { desk, lake } = this.#both;
    const imports = await desk.state.facts('intel.imported');
    const facts = await desk.state.last();
    const asOf = Date.parse('2026-11-02T00:00:00Z');
    const ask = {
      files: filesOf(imports, desk.directory),
      decisions: await desk.state.facts('intel.decided'),
      sightings: [],
      asOf,
      before: this.searched,
    };
    const met = await lookBack(lake, ask, { imports: imports.length, facts }, () => whole);
    const seen = upTo(lake, met.searched.batches);
    for (const row of await this.#look(seen, wantedOf(met.hits), asOf)) {
      const hit = met.hits[row.hit];
      const key = [hit?.indicator.value, hit?.how, row.place, row.src, row.host, row.day, row.standing].join(' ');
      this.found.set(key, (this.found.get(key) ?? 0) + row.events);
    }
    this.searched = met.searched;
    return met.left.imports === 0 && met.left.batches === 0;
  }

  async close(): Promise<void> {
    const { desk, lake } = this.#both;
    lake.close();
    await desk.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #write(name: string, text: string): string {
    const directory = path.join(this.#directory, `in-${this.#files++}`);
    mkdirSync(directory);
    writeFileSync(path.join(directory, name), text);
    return path.join(directory, name);
  }
}

async function run(steps: readonly Step[], look = sightByLedger): Promise<Found> {
  const workspace = new Workspace(look);
  await workspace.open();
  try {
    for (const [i, step] of steps.entries()) await workspace.take(step, i);
    if (look === sight) await workspace.lookOnce(true);
    else await workspace.look();
    return workspace.found;
  } finally {
    await workspace.close();
  }
}

const sorted = (found: Found): [string, number][] => [...found].sort(([a], [b]) => (a < b ? -1 : 1));

test('looks along the way find together what one look at the end finds, whatever came when', async () => {
  let met = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (steps) => {
      const along = await run(steps);
      // Each step keeps its number, since the events of a batch bear it.
      // The events themselves are the measure of what is read from the ledger.
      const atOnce = await run(
        steps.map((s) => ('look' in s ? { intel: [] } : s)),
        sight,
      );
      met += atOnce.size;
      expect(sorted(along)).toEqual(sorted(atOnce));
    }),
    { numRuns: 10 },
  );
  expect(met).toBeGreaterThan(20); // else the runs met nothing and showed nothing
}, 300_000);

test('what was rejected and is approved later is searched in everything at once', async () => {
  const batch = { batch: [{ host: 0, address: 0, src: 1, day: 0, cname: false }] };
  const first = await run([batch, { intel: [0] }, { reject: 0 }, { look: 'all' }]);
  expect(sorted(first)).toEqual([]);
  const later = await run([batch, { intel: [0] }, { reject: 0 }, { look: 'all' }, { approve: 0 }]);
  expect(sorted(later).map(([key]) => key.split(' ').slice(0, 5).join(' '))).toEqual([
    'fn.acct.workers.dev exact dns.query 10.0.0.1 fn.acct.workers.dev',
  ]);
});

test('a second look finds nothing twice', async () => {
  const steps: Step[] = [{ batch: [{ host: 0, address: 0, src: 1, day: 0, cname: false }] }, { intel: [0, 11] }];
  expect(sorted(await run([...steps, { look: 'all' }, { look: 'all' }]))).toEqual(sorted(await run(steps)));
});
