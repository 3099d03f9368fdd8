import type { Level } from '../model/finding.ts';
import { telemetryOf } from '../replays/telemetry.ts';
import { type CoverageFacts, formatOf, urlsVisible } from './facts.ts';
import { measuredLimits } from './measured-limits.ts';

/** What was told of planted channels in made-up networks, with where the numbers are from (scripts/limits.ts). */
export type MeasuredLimits = {
  readonly version: string;
  /** Day of the measurement. */
  readonly measured: string;
  readonly seeds: readonly number[];
  /** Internal hosts of each network. */
  readonly hosts: number;
  /** Channels have a jitter from 0 to this percent. */
  readonly jitter: number;
  readonly rhythms: readonly {
    readonly telemetry: string;
    readonly days: number;
    readonly imitates_browser: boolean;
    /** Periods in seconds, rising. */
    readonly told: readonly { readonly period: number; readonly found: number; readonly asked: number }[];
  }[];
  /** Leads on honest pairs per 1,000 hosts and day, with the interval of 95 %. */
  readonly alarms: readonly {
    readonly telemetry: string;
    readonly rate: number;
    readonly low: number;
    readonly high: number;
  }[];
  readonly scenarios: readonly {
    readonly scenario: string;
    readonly telemetry: string;
    readonly level: Level;
    readonly found: number;
    readonly asked: number;
  }[];
};

/** From this share of plants on, a channel counts as told. */
const TOLD = 0.9;

/** The measured limits for what these logs show and how long they last, as sentences. */
export function measuredSentences(facts: CoverageFacts, hours: number): string[] {
  const telemetry = telemetryOf(placesOf(facts));
  const days = [...new Set(measuredLimits.rhythms.map((r) => r.days))].filter((d) => d * 24 <= hours + 1).at(-1);
  if (telemetry === null || days === undefined) return [];
  const of = measuredLimits.rhythms.filter((r) => r.telemetry === telemetry.id && r.days === days);
  const { version, measured, seeds, hosts, jitter } = measuredLimits;
  return [
    `Measured (Virga ${version}, ${measured}, made-up networks of ${hosts} hosts, seeds ${seeds.join(', ')}; jitter up to ${jitter} %): with ${telemetry.says} over ${days === 1 ? 'a day' : `${days} days`}, ${of.map(rhythmWords).join('; ')}.`,
    scenarioWords(telemetry.id),
  ];
}

/** What honest programs added in made-up networks with such logs; nothing where the logs are of no such kind. */
export function measuredAlarms(facts: CoverageFacts): string {
  const telemetry = telemetryOf(placesOf(facts));
  const alarm = measuredLimits.alarms.find((a) => a.telemetry === telemetry?.id);
  return alarm
    ? `: in the measured networks ${alarm.rate} leads on honest hosts per 1,000 hosts and day (95 %: ${alarm.low} to ${alarm.high}), by all behaviours`
    : '';
}

/** What the logs show; requests only where enough of them are opened. */
const placesOf = (facts: CoverageFacts): Set<string> =>
  new Set(
    facts.formats
      .flatMap((f): readonly string[] => formatOf(facts, f.format)?.sees ?? [])
      .filter((place) => urlsVisible(facts) || !place.startsWith('http.')),
  );

function rhythmWords({ imitates_browser, told }: MeasuredLimits['rhythms'][number]): string {
  const who = imitates_browser ? 'of those that imitate the browser of their host' : 'channels on no list';
  const good = told.filter((t) => t.found >= TOLD * t.asked);
  const [first, last] = [good[0], good.at(-1)];
  const rest = told
    .filter((t) => !good.includes(t))
    .map((t) => `${spoken(t.period)} ${t.found} of ${t.asked}`)
    .join(', ');
  if (!first || !last) return `${who} fewer than nine in ten were told at any pace (${rest})`;
  const pace =
    first === last ? `every ${spoken(first.period)}` : `every ${spoken(first.period)} to ${spoken(last.period)}`;
  return `${who} were told at least nine times in ten at a pace of ${pace}${rest === '' ? '' : ` (${rest})`}`;
}

const spoken = (seconds: number): string => (seconds < 3600 ? `${seconds / 60} min` : `${seconds / 3600} h`);

function scenarioWords(telemetry: string): string {
  const all = [...new Set(measuredLimits.scenarios.map((s) => s.scenario))];
  const mine = measuredLimits.scenarios.filter((s) => s.telemetry === telemetry);
  const hidden = all.filter((id) => !mine.some((s) => s.scenario === id));
  const seen = mine.map((s) => `${s.scenario} ${s.found} of ${s.asked} as ${s.level}`).join(', ');
  return `Measured there too: ${seen}${hidden.length === 0 ? '' : `. Out of sight of such logs: ${hidden.join(', ')}`} (docs/guide/evaluate.md).`;
}
