import { VirgaError } from '../model/errors.ts';
import type { Column } from '../model/event.ts';
import type { Rule } from '../model/rule.ts';
import { conditionSql, createBinder, evaluable, needles } from './conditions.ts';
import type { Engine, Row } from './engine.ts';
import type { EventSource, Lake } from './lake.ts';
import { eachMarked } from './marked.ts';
import { markOf } from './marks.ts';

/** Events that meet a rule, of one source and one endpoint. */
export type Ruled = {
  /** Number of the rule in what was given. */
  readonly rule: number;
  readonly src: string;
  readonly host: string;
  readonly events: number;
  readonly examples: readonly { readonly seq: number; readonly line: number; readonly time: string }[];
};

/** How often each rule was met in all, and by which kinds of log it could be. */
export type RuleSpread = { readonly rule: number; readonly sources: number; readonly endpoints: number };

export type RuledAll = {
  readonly matches: readonly Ruled[];
  readonly spread: readonly RuleSpread[];
  /** Rules that no log at hand has the fields for. */
  readonly silent: ReadonlySet<number>;
  /** Rules that the engine would not run, with its words. */
  readonly failed: ReadonlyMap<number, string>;
};

/** A rule that more pairs meet than this says nothing about any of them. */
const MAX_PAIRS = 2000;

const tables = `CREATE OR REPLACE TABLE ruled (rule INTEGER, seq INTEGER, line BIGINT, time TIMESTAMP, src VARCHAR, host VARCHAR)`;

/** Meets rules with every event up to `asOf` (milliseconds since 1970): one look into each file, lines first where rules tell what to look for. */
export async function meetRules(lake: Lake, rules: readonly Rule[], asOf: number): Promise<RuledAll> {
  if (rules.length === 0) return { matches: [], spread: [], silent: new Set(), failed: new Map() };
  const { engine } = lake;
  await engine.run(tables);
  const silent = new Set(rules.keys());
  const failed = new Map<number, string>();
  for (const { seq } of await engine.rows('SELECT seq FROM batch ORDER BY seq'))
    for (const source of await lake.events(Number(seq))) {
      const met = [...rules.entries()].filter(([, rule]) => evaluable(rule, new Set(source.columns)));
      for (const [i] of met) silent.delete(i);
      if (met.length > 0) await look(engine, source, met, asOf, failed);
    }
  const spread = (
    await engine.rows(
      'SELECT rule, count(DISTINCT src) AS sources, count(DISTINCT host) AS endpoints FROM ruled GROUP BY rule',
    )
  ).map((r) => ({
    rule: Number(r.rule),
    sources: Number(r.sources),
    endpoints: Number(r.endpoints),
  }));
  const matches =
    await engine.rows(`SELECT rule, src, host, count(*) AS events, min({'time': time, 'seq': seq, 'line': line}, 4) AS examples
    FROM ruled WHERE rule IN (SELECT rule FROM (SELECT DISTINCT rule, src, host FROM ruled) GROUP BY rule HAVING count(*) <= ${MAX_PAIRS}) GROUP BY rule, src, host ORDER BY rule, src, host`);
  await engine.run('DROP TABLE ruled');
  return { matches: matches.map(toRuled), spread, silent, failed };
}

/** Who was met, by the best name that an event gives. */
const named: readonly Column[] = ['query_hostname', 'http_request_url_hostname', 'tls_sni', 'dst_endpoint_ip'];

async function look(
  engine: Engine,
  source: EventSource,
  rules: readonly (readonly [number, Rule])[],
  asOf: number,
  failed: Map<number, string>,
): Promise<void> {
  const has = new Set<Column>(source.columns);
  if (!has.has('src_endpoint_ip')) return;
  const texts = rules.map(([, rule]) => needles(rule.condition));
  const mark = texts.some((t) => t === null)
    ? null
    : markOf(texts.flatMap((t) => t ?? []).map((value) => ({ kind: 'text', value })));
  const column = (name: Column): string => (has.has(name) ? name : 'CAST(NULL AS VARCHAR)');
  const wanted = [...new Set<Column>(['time', ...source.columns])].filter((c) => has.has(c));
  await eachMarked(
    engine,
    source,
    { mark, caseless: true },
    (events) =>
      `CREATE OR REPLACE TABLE rule_event AS SELECT line, ${wanted.join(', ')} FROM (${events}) WHERE verdict IS NULL AND src_endpoint_ip IS NOT NULL AND epoch_ms(time) <= ${Math.floor(asOf)}`,
  );
  const host = `coalesce(${named.map(column).join(', ')})`;
  for (const [i, rule] of rules) {
    const binder = createBinder();
    const condition = conditionSql(rule, has, binder);
    try {
      await engine.run(
        `INSERT INTO ruled SELECT ${i}, ${source.seq}, line, time, src_endpoint_ip, ${host} FROM rule_event WHERE ${host} IS NOT NULL AND ${condition}`,
        binder.values,
      );
    } catch (error) {
      // The engine's RE2 takes a little less than the one that read the rule: one rule fails, not the hunt.
      if (error instanceof VirgaError) throw error;
      failed.set(i, error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error));
    }
  }
  await engine.run('DROP TABLE rule_event');
}

function toRuled(r: Row): Ruled {
  return {
    rule: Number(r.rule),
    src: String(r.src),
    host: String(r.host),
    events: Number(r.events),
    examples: (Array.isArray(r.examples) ? r.examples : []).map((e) => {
      const example = e as Row;
      return { seq: Number(example.seq), line: Number(example.line), time: String(example.time) };
    }),
  };
}
