/** The look back: stored events are hunted for what became active since the last run. */

import { builtIn } from '../characteristics/builtin/index.ts';
import type { Support } from '../findings/entity.ts';
import { watchedIn } from '../hunt/behaviours/watched.ts';
import { readHosts } from '../hunt/hosts.ts';
import { isPopular } from '../intel/popular-names.ts';
import { platformNames } from '../lake/keys.ts';
import { type Lake, openLake, upTo } from '../lake/lake.ts';
import { account } from '../lake/ledger.ts';
import { sightByLedger } from '../lake/sight-ledger.ts';
import type { Fact } from '../model/fact.ts';
import type { HuntDocument } from '../model/finding.ts';
import { insideOf } from '../observables/private.ts';
import type { NewFact } from '../state/store.ts';
import { behaviourSupports } from './behaviours.ts';
import { collectCharacteristics } from './characteristics.ts';
import { documentOf, type MetInLake } from './document.ts';
import { aroundDesk } from './intel/around.ts';
import { type Desk, type DeskOptions, filesOf, openDesk, personOf } from './intel/desk.ts';
import { lookBack, type Met, nothingSearched, type Searched } from './intel/look-back.ts';
import { intelMet } from './intel/met-log.ts';
import { withQuarantine } from './intel/quarantine.ts';
import { sightingsIn } from './intel/seen-again.ts';

export type RetroOptions = DeskOptions & {
  readonly workspace: string;
  /** CIDR ranges of one's own besides the private ones. */
  readonly internal: readonly string[];
  /** Everything again, not only what became active since the last run. */
  readonly all: boolean;
  /** True: intelligence alone; false: behaviour of what was met too, at the price of reading its events; null: by the size of the lake. */
  readonly brief: boolean | null;
  /** Milliseconds after which no further step is begun; null: no limit. */
  readonly budget: number | null;
  readonly by: string | null;
  /** Files that tell what adversary software looks like; with one of these the requests of all stored events are read. */
  readonly characteristics: readonly string[];
  readonly knownSoftware: boolean;
  readonly stdin: NodeJS.ReadableStream;
  readonly note: (text: string) => void;
  readonly now: () => Date;
};

/** What internal hosts do with the endpoints that were met; it speaks beside the indicator and opens nothing by itself. */
async function behavioursOf(lake: Lake, met: Met, asOf: number, inside: (ip: string) => boolean): Promise<Support[]> {
  if (met.hits.length === 0) return [];
  const watched = await watchedIn(lake, met.seen);
  const supports = await behaviourSupports(lake, { watched, asOf, isPopular, own: new Set(), inside });
  return supports.map((s) => ({ ...s, opens: false }));
}

/** Hunts the stored events for what became active since the last run, and remembers that it did. */
export async function retro(options: RetroOptions): Promise<HuntDocument> {
  const desk = await openDesk(options);
  try {
    const lake = await openLake({ workspace: options.workspace, memory: options.memory, temp: desk.temp });
    try {
      return await retroLake(lake, desk, options);
    } finally {
      lake.close();
    }
  } finally {
    await desk.close();
  }
}

async function retroLake(lake: Lake, desk: Desk, options: RetroOptions): Promise<HuntDocument> {
  const started = options.now();
  const asOf = started.getTime();
  const imports = await desk.state.facts('intel.imported');
  const searched = await desk.state.facts('retro.searched');
  const facts = await desk.state.last();
  const before = options.all ? nothingSearched : lastSearch(searched);
  const ask = {
    files: filesOf(imports, desk.directory),
    decisions: await desk.state.facts('intel.decided'),
    sightings: await desk.state.facts('intel.sighted'),
    asOf,
    before,
  };
  await lake.settle();
  const hosts = await readHosts(lake, insideOf(options.internal));
  const met = await withQuarantine(
    desk,
    await lookBack(lake, ask, { imports: imports.length, facts }, within(options, started)),
    hosts.inside,
    asOf,
  );
  const names = await platformNames(lake);
  const brief = options.brief ?? (await account(lake)).accepted > BRIEF;
  const intel = await intelMet(lake, ask, met, await aroundDesk(desk, asOf));
  const document = await documentOf(lake, { ...options, asOf }, started, intel, {
    ...met,
    hosts,
    names,
    behaviours: brief ? [] : await behavioursOf(lake, met, asOf, hosts.inside),
    brief,
    told: await toldTo(options),
    // Wildcards meet names of any batch: what was not searched is not counted either.
    look: (whole, wanted, until) => sightByLedger(upTo(whole, met.searched.batches), wanted, until),
  });
  await remember(
    desk,
    options,
    asOf,
    document,
    options.all ? [] : sightingsIn(document.findings, met),
    met.searched,
    searched.at(-1),
  );
  return withAccount(document, met, brief);
}

/** Whether there is time left for another step. */
function within({ budget, now }: RetroOptions, started: Date): () => boolean {
  return () => budget === null || now().getTime() - started.getTime() < budget;
}

/** What was searched and what was not; where something waits, the statement of the document begins with it. */
function withAccount(document: HuntDocument, { left, hits }: Met, brief: boolean): HuntDocument {
  const complete = left.imports === 0 && left.batches === 0;
  const searched = { complete, imports_left: left.imports, logs_left: left.batches };
  const waits = `Not everything was searched within the budget: ${left.imports} imports of indicators and ${left.batches} logs wait for the next look back.`;
  const unjudged = `With more than ${BRIEF.toLocaleString('en')} stored events the look back judges by intelligence alone; \`virga retro --full\` and \`virga hunt\` look at behaviour too.`;
  const said = [...(complete ? [] : [waits]), ...(brief && hits.length > 0 ? [unjudged] : [])];
  const { coverage } = document;
  return { ...document, searched, coverage: { ...coverage, statement: [...said, ...coverage.statement] } };
}

/** Stored events above which behaviour, which reads events, would cost more than the look back itself. */
const BRIEF = 2_000_000;

/** What software looks like, where it was asked for. */
async function toldTo({ characteristics, knownSoftware, stdin, note }: RetroOptions): Promise<MetInLake['told']> {
  const told = await collectCharacteristics(characteristics, stdin);
  for (const file of told.files) if (!file.parsed) note(`${file.file}: ${file.error}`);
  return { ...told, characteristics: [...told.characteristics, ...(knownSoftware ? builtIn : [])] };
}

const lastSearch = (searched: readonly Fact<'retro.searched'>[]): Searched =>
  searched.at(-1)?.detail ?? nothingSearched;

async function remember(
  desk: Desk,
  options: RetroOptions,
  at: number,
  { findings, leads }: HuntDocument,
  seen: readonly NewFact[],
  searched: Searched,
  last: Fact<'retro.searched'> | undefined,
): Promise<void> {
  const detail = { ...searched, findings: findings.length, leads: leads.length };
  await desk.state.append([...seen, { action: 'retro.searched', detail }], {
    who: personOf(options.by),
    at,
    unless: { action: 'retro.searched', after: last?.n ?? 0 },
  });
}
