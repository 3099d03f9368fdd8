/** How well adversary use of functions is told from honest use: replays are hunted through, and the answers compared. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { VirgaError } from '../../model/errors.ts';
import type { EvaluationDocument } from '../../model/evaluation.ts';
import { version } from '../../model/version.ts';
import { day, hour } from '../../replays/company.ts';
import { resultsOf } from '../../replays/evaluation.ts';
import { type Look, type Outcome, outcomeOf } from '../../replays/outcome.ts';
import type { Scenario } from '../../replays/plant.ts';
import { plantsFor, type Replay, replayOf } from '../../replays/replay.ts';
import { scenarios as allScenarios } from '../../replays/scenarios/index.ts';
import { telemetries as allTelemetries, type Telemetry } from '../../replays/telemetry.ts';
import { type HuntOptions, hunt } from '../hunt.ts';
import { readOwnNetwork } from './own-network.ts';

export type EvaluateOptions = {
  /** Folders of one's own logs to plant into; empty: made-up networks. */
  readonly logs: readonly string[];
  readonly mappings: readonly string[];
  readonly internal: readonly string[];
  readonly seeds: readonly number[];
  readonly hosts: number;
  readonly days: number;
  /** Plants of each scenario in one network. */
  readonly each: number;
  readonly scenarios: readonly Scenario[];
  readonly telemetries: readonly Telemetry[];
  /** Hours from one hunt to the next: how fine the delay is measured. */
  readonly stepHours: number;
  readonly memory: string;
  readonly now: () => Date;
  readonly progress: (step: EvaluateStep) => void;
};

export type EvaluateStep =
  | { readonly kind: 'total'; readonly hunts: number }
  | { readonly kind: 'says'; readonly says: string }
  | { readonly kind: 'hunted'; readonly says: string };

/** The scenarios and sets of logs of these ids; all of them where none is given. Throws VirgaError for an id that is none. */
export const chosenOf = (scenarios: readonly string[], telemetries: readonly string[]) => ({
  scenarios: chosen(allScenarios, scenarios, '--scenario'),
  telemetries: chosen(allTelemetries, telemetries, '--telemetry'),
});

function chosen<T extends { readonly id: string }>(
  all: readonly T[],
  ids: readonly string[],
  option: string,
): readonly T[] {
  const unknown = ids.find((id) => !all.some((one) => one.id === id));
  if (unknown !== undefined)
    throw new VirgaError(
      'usage.wrong',
      `${option} takes ${all.map((one) => one.id).join(', ')}, not ${JSON.stringify(unknown)}.`,
    );
  return ids.length === 0 ? all : all.filter((one) => ids.includes(one.id));
}

/** Monday of an ordinary week: the begin of every made-up network. */
const START = Date.UTC(2026, 8, 7);
/** Hunts of one set of logs at most, however long they are. */
const MOST_LOOKS = 10;

/** Plants, hunts, compares. Leaves nothing behind. */
export async function evaluate(options: EvaluateOptions): Promise<EvaluationDocument> {
  const started = options.now();
  const temp = mkdtempSync(path.join(tmpdir(), 'virga-'));
  try {
    const made = options.logs.length > 0 ? await intoOwnLogs(options, temp) : await intoMadeUp(options, temp);
    return {
      virga: version,
      run: { started: started.toISOString(), finished: options.now().toISOString() },
      made: {
        network: options.logs.length > 0 ? options.logs.join(' ') : 'made-up',
        seeds: options.seeds,
        hosts: made.hosts,
        days: made.days,
        plants: made.plants,
        step_hours: made.stepHours,
      },
      ...resultsOf(made.outcomes, made.telemetries, options.scenarios),
    };
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

type Made = {
  readonly outcomes: readonly Outcome[];
  readonly telemetries: readonly Telemetry[];
  readonly hosts: number;
  readonly days: number;
  readonly plants: number;
  readonly stepHours: number;
};

async function intoMadeUp(options: EvaluateOptions, temp: string): Promise<Made> {
  const { hosts, days, telemetries } = options;
  const outcomes: Outcome[] = [];
  const plants = new Map<number, number>();
  const looks = await huntReplays(options, temp, (seed, telemetry, replay, told) => {
    plants.set(seed, replay.plants.length);
    outcomes.push(outcomeOf({ seed, telemetry, hostDays: hosts * days }, replay, told));
  });
  const all = [...plants.values()].reduce((sum, n) => sum + n, 0);
  return { outcomes, telemetries, hosts, days, plants: all, stepHours: stepOf(looks, START) };
}

/** Makes each replay and hunts through each set of its logs; `told` gets what came out. Gives back when it hunted. */
export async function huntReplays(
  options: EvaluateOptions,
  temp: string,
  told: (seed: number, telemetry: Telemetry, replay: Replay, looks: readonly Look[]) => void,
): Promise<readonly number[]> {
  const { hosts, days, scenarios, telemetries } = options;
  const looks = looksOver({ start: START, end: START + days * day }, options.stepHours);
  options.progress({ kind: 'total', hunts: options.seeds.length * telemetries.length * looks.length });
  for (const seed of options.seeds) {
    options.progress({ kind: 'says', says: `seed ${seed}: making the network` });
    const replay = replayOf({ seed, hosts, days, start: START, scenarios, each: options.each });
    const folder = path.join(temp, String(seed));
    const files = write(replay, folder);
    for (const telemetry of telemetries) {
      const logs = telemetry.files.map((name) => path.join(folder, 'logs', name));
      const workspace = path.join(folder, telemetry.id);
      const says = `seed ${seed}, ${telemetry.id}`;
      told(seed, telemetry, replay, await huntAt(options, looks, { ...files, logs, workspace, says }));
    }
    rmSync(folder, { recursive: true, force: true });
  }
  return looks;
}

async function intoOwnLogs(options: EvaluateOptions, temp: string): Promise<Made> {
  options.progress({ kind: 'says', says: 'reading your logs' });
  const workspace = path.join(temp, 'own');
  const seed = options.seeds[0] ?? 1;
  const own = await readOwnNetwork({ ...options, workspace, temp, seed });
  const looks = looksOver(own.company, options.stepHours);
  options.progress({ kind: 'total', hunts: looks.length + 1 });
  const nothing = { intel: [], characteristics: [], logs: [], workspace };
  const end = looks.slice(-1);
  const before = await huntAt(options, end, { ...nothing, says: 'your logs, before' });
  const known = new Set(before.flatMap((look) => look.told.map((f) => f.id)));
  const replay = plantsFor(
    own.company,
    { scenarios: options.scenarios, each: options.each * options.seeds.length },
    own.telemetry.shows,
  );
  const folder = path.join(temp, 'planted');
  const files = write(replay, folder);
  const logs = own.telemetry.files.map((name) => path.join(folder, 'logs', name));
  const told = await huntAt(options, looks, { ...files, logs, workspace, says: 'your logs with plants' });
  const days = Math.max(1 / 24, (own.company.end - own.company.start) / day);
  const hosts = own.company.clients.length;
  return {
    outcomes: [outcomeOf({ seed, telemetry: own.telemetry, hostDays: hosts * days }, replay, told, known)],
    telemetries: [own.telemetry],
    hosts,
    days: Math.round(days * 10) / 10,
    plants: replay.plants.length,
    stepHours: stepOf(looks, own.company.start),
  };
}

/** When to hunt: every step, and at the end. */
function looksOver({ start, end }: { readonly start: number; readonly end: number }, stepHours: number): number[] {
  const step = Math.max(stepHours * hour, (end - start) / MOST_LOOKS);
  const looks: number[] = [];
  for (let at = start + step; at < end; at += step) looks.push(at);
  return [...looks, end];
}

const stepOf = (looks: readonly number[], start: number): number =>
  Math.round((((looks[0] ?? start) - start) / hour) * 10) / 10;

function write(replay: Replay, folder: string): { readonly intel: string[]; readonly characteristics: string[] } {
  const put = (part: string, files: ReadonlyMap<string, string>): string => {
    const at = path.join(folder, part);
    mkdirSync(at, { recursive: true });
    for (const [name, text] of files) writeFileSync(path.join(at, name), text);
    return at;
  };
  put('logs', replay.logs);
  const characteristics = put('characteristics', replay.characteristics);
  return {
    intel: [put('intel', replay.intel)],
    characteristics: replay.characteristics.size > 0 ? [characteristics] : [],
  };
}

type Hunted = Pick<HuntOptions, 'logs' | 'intel' | 'characteristics'> & {
  readonly workspace: string;
  readonly says: string;
};

/** One hunt at each moment; the first reads the logs, the others find them stored. */
async function huntAt(options: EvaluateOptions, moments: readonly number[], ask: Hunted): Promise<Look[]> {
  const looks: Look[] = [];
  for (const [n, at] of moments.entries()) {
    const document = await hunt({
      ...ask,
      logs: n === 0 ? ask.logs : [],
      mappings: options.mappings,
      knownSoftware: true,
      stdin: process.stdin,
      note: () => {},
      asOf: at,
      memory: options.memory,
      internal: options.internal,
      now: options.now,
    });
    looks.push({ at, told: [...document.findings, ...document.leads] });
    options.progress({ kind: 'hunted', says: ask.says });
  }
  return looks;
}
