/** What a hunt told of a replay: each plant asked and told, and what was told of honest hosts. */
import type { PlantResult } from '../model/evaluation.ts';
import type { Finding, Level } from '../model/finding.ts';
import { askedOf } from './plant.ts';
import type { Planted, Replay } from './replay.ts';
import type { Telemetry } from './telemetry.ts';

/** A hunt with everything that had happened by then (milliseconds since 1970). */
export type Look = { readonly at: number; readonly told: readonly Finding[] };

export type Wrong = {
  readonly level: Level;
  readonly src: string;
  readonly host: string;
  readonly twin: string;
  readonly contested: boolean;
};

export type Outcome = {
  readonly seed: number;
  readonly telemetry: Telemetry;
  readonly hostDays: number;
  readonly plants: readonly PlantResult[];
  readonly wrong: readonly Wrong[];
};

const RANK: Readonly<Record<Level, number>> = { lead: 1, finding: 2 };
const reaches = (told: Level | null, asked: Level): boolean => told !== null && RANK[told] >= RANK[asked];

/** The looks come in the order of time; the last one saw all. `known` was told of these logs before anything was planted. */
export function outcomeOf(
  about: { readonly seed: number; readonly telemetry: Telemetry; readonly hostDays: number },
  replay: Replay,
  looks: readonly Look[],
  known: ReadonlySet<string> = new Set(),
): Outcome {
  const last = looks.at(-1)?.told ?? [];
  const planted = new Set(replay.plants.flatMap((p) => p.hosts.map((host) => `${p.src} ${host}`)));
  const twins = new Map(replay.honest.map((h) => [`${h.src} ${h.host}`, h.twin]));
  return {
    ...about,
    plants: replay.plants.map((plant) => plantResult(about, plant, looks)),
    wrong: last
      .filter((f) => !planted.has(`${f.internal.ip} ${nameOf(f)}`) && !known.has(f.id))
      .map((f) => ({
        level: f.level,
        src: f.internal.ip,
        host: nameOf(f),
        twin: twins.get(`${f.internal.ip} ${nameOf(f)}`) ?? 'other',
        contested: f.level === 'lead' && f.evidence.some((e) => e.class === 'intelligence'),
      })),
  };
}

const nameOf = (f: Finding): string => f.endpoint.host ?? f.endpoint.ip ?? '';

/** The highest level at which any name of the plant was told. */
function levelOf(plant: Planted, told: readonly Finding[]): Level | null {
  const levels = told.filter((f) => f.internal.ip === plant.src && plant.hosts.includes(nameOf(f))).map((f) => f.level);
  if (levels.length === 0) return null;
  return levels.includes('finding') ? 'finding' : 'lead';
}

function plantResult(
  { seed, telemetry }: { readonly seed: number; readonly telemetry: Telemetry },
  plant: Planted,
  looks: readonly Look[],
): PlantResult {
  const asked = askedOf(plant, telemetry.shows);
  const first = asked === null ? undefined : looks.find((look) => reaches(levelOf(plant, look.told), asked));
  return {
    seed,
    telemetry: telemetry.id,
    scenario: plant.scenario,
    platform: plant.platform,
    src: plant.src,
    host: plant.hosts[0] ?? '',
    period: plant.period,
    jitter: plant.jitter,
    contacts: plant.contacts,
    asked,
    told: levelOf(plant, looks.at(-1)?.told ?? []),
    delay_hours: first ? Math.round(Math.max(0, first.at - plant.first) / 360_000) / 10 : null,
  };
}

/** True where it was told as high as it was asked for. */
export const isFound = ({ asked, told }: PlantResult): boolean => asked !== null && reaches(told, asked);
