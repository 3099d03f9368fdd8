/** The account of the intelligence of a look back: counted by the engine, since it may be millions. */
import type { Row } from '../../lake/engine.ts';
import { currentSelect } from '../../lake/indicator-log.ts';
import type { Lake } from '../../lake/lake.ts';
import type { HuntDocument } from '../../model/finding.ts';
import type { Indicator } from '../../model/indicator.ts';
import { heldBy, type IntelLog, platformOf, remarkOn } from '../intel-log.ts';
import type { Around } from './around.ts';
import type { LookBack, Met } from './look-back.ts';

/** Above this many, counting them by platform would take longer than the look back. */
const MAX_CLASSIFIED = 100_000;

/** Sources and guarded indicators that the account lists at most. */
const MAX_LISTED = 200;

export async function intelMet(lake: Lake, ask: LookBack, met: Met, around: Around): Promise<IntelLog> {
  const { warnings, feeds } = around;
  const news = `SELECT * FROM (${currentSelect(ask.files, ask.asOf)}) WHERE seq > ${ask.before.imports}`;
  const summary = await summaryOf(lake, news, ask.asOf);
  const guard = (indicator: Indicator): string | null => met.shown.get(indicator) ?? heldBy(indicator, warnings);
  const held = new Map<string, Guarded>();
  const hold = (indicator: Indicator, why: string): void => {
    const value = indicator.value ?? indicator.pattern ?? '';
    if (!held.has(indicator.id)) held.set(indicator.id, { value, source: indicator.source.name, why });
  };
  for (const { indicator } of met.hits) {
    const why = guard(indicator);
    if (why !== null) hold(indicator, why);
  }
  return {
    asOf: ask.asOf,
    note: () => true,
    file: () => {},
    guard,
    remark: (indicator) => remarkOn(indicator, warnings),
    hold,
    guarded: () => held.size,
    summary: () => ({
      ...summary,
      guarded: [...held.values()].slice(0, MAX_LISTED),
      warning_lists: warnings.lists,
      feeds,
    }),
  };
}

type Guarded = HuntDocument['intel']['guarded'][number];

/** Counts these rows of the log as the document of a hunt does. */
export async function summaryOf(
  lake: Lake,
  news: string,
  asOf: number,
): Promise<Omit<HuntDocument['intel'], 'guarded' | 'warning_lists' | 'feeds'>> {
  const { engine } = lake;
  const [counts] =
    await engine.rows(`SELECT count(*) AS indicators, count(DISTINCT file) AS files, count(*) FILTER (NOT detect) AS context,
    count(*) FILTER (detect AND valid_until <= ${asOf}) AS expired, count(*) FILTER (detect AND valid_from > ${asOf} AND (valid_until IS NULL OR valid_until > ${asOf})) AS early FROM (${news})`);
  const kinds = await engine.rows(`SELECT kind, count(*) AS n FROM (${news}) GROUP BY kind ORDER BY n DESC, kind`);
  const sources = await engine.rows(
    `SELECT source, any_value(licence) AS licence, count(*) AS n, max(recorded) AS newest FROM (${news}) GROUP BY source ORDER BY n DESC, source LIMIT ${MAX_LISTED}`,
  );
  const number = (name: string): number => Number(counts?.[name] ?? 0);
  const indicators = number('indicators');
  return {
    files: number('files'),
    indicators,
    active: indicators - number('context') - number('expired') - number('early'),
    expired: number('expired'),
    not_yet_valid: number('early'),
    not_for_detection: number('context'),
    refused: 0,
    by_kind: Object.fromEntries(kinds.map((row) => [String(row.kind), Number(row.n)])),
    by_platform: indicators > MAX_CLASSIFIED ? {} : await byPlatform(lake, news),
    sources: sources.map((row) => ({
      name: String(row.source),
      from: 'workspace',
      licence: typeof row.licence === 'string' ? row.licence : null,
      indicators: Number(row.n),
      newest: timeOf(row),
    })),
  };
}

const timeOf = ({ newest }: Row): string | null =>
  typeof newest === 'number' && Math.abs(newest) < 8.64e15 ? new Date(newest).toISOString() : null;

async function byPlatform(lake: Lake, news: string): Promise<Record<string, number>> {
  const counts = new Map<string, number>();
  const sql = `SELECT kind, value, alike FROM (${news}) WHERE value IS NOT NULL AND kind IN ('domain', 'url')`;
  for await (const rows of lake.engine.stream(sql))
    for (const row of rows) {
      const kind = row.kind === 'url' ? 'url' : 'domain';
      const platform = platformOf({ kind, value: String(row.value), match: row.alike === true ? 'like' : 'equals' });
      if (platform !== null) counts.set(platform, (counts.get(platform) ?? 0) + 1);
    }
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}
