import type { Column } from '../model/event.ts';
import type { Engine, Row } from './engine.ts';
import type { EventSource, Lake } from './lake.ts';
import { eachMarked } from './marked.ts';
import { openersMark, type TraitKey } from './marks.ts';
import { requestsBearing } from './near.ts';

/** Requests of one source to one host that look alike in everything that was asked for. */
export type Traced = {
  readonly src: string;
  readonly host: string;
  readonly method: string | null;
  /** The asked path or beginning that was met; null where the user agent alone was. */
  readonly path: string | null;
  readonly parameters: readonly string[];
  readonly agent: string | null;
  readonly cookies: readonly string[];
  readonly referrer: string | null;
  readonly mime: string | null;
  readonly formats: readonly string[];
  readonly requests: number;
  readonly examples: readonly { readonly seq: number; readonly line: number; readonly time: string }[];
};

/** Which values other requests could show too, since the data holds any at all. */
export type Shown = {
  readonly agents: boolean;
  readonly cookies: boolean;
  readonly referrers: boolean;
  readonly mimes: boolean;
};

/** Not temporary: the looks into files run on connections of their own. */
const tables = `CREATE OR REPLACE TABLE trait_key (kind VARCHAR, value VARCHAR);
CREATE OR REPLACE TABLE traced (seq INTEGER, format VARCHAR, line BIGINT, time TIMESTAMP, src VARCHAR, host VARCHAR, method VARCHAR, path VARCHAR,
  parameters VARCHAR[], agent VARCHAR, cookies VARCHAR[], referrer VARCHAR, mime VARCHAR)`;

/**
 * Finds the requests with one of the paths or user agents asked for, up to `asOf` (milliseconds since 1970). One look into
 * each file that holds requests: first the lines with one of the values anywhere, then their fields. What is kept
 * grows with what was met. `traced*` below read it; `forgetTraced` ends it.
 */
export async function traceRequests(lake: Lake, keys: readonly TraitKey[], asOf: number): Promise<void> {
  const { engine } = lake;
  await engine.run(tables);
  await engine.append(
    'trait_key',
    keys.map((k) => [k.kind, k.value]),
  );
  for (const source of await requestSources(lake, keys)) await trace(engine, source, keys, asOf);
}

export const forgetTraced = (lake: Lake): Promise<void> =>
  lake.engine.run('DROP TABLE IF EXISTS traced; DROP TABLE IF EXISTS trait_key');

/** Parts of batches whose records are requests that bear a host; of requests with some of these values where they are given. */
export async function requestSources(lake: Lake, values: readonly TraitKey[] | null = null): Promise<EventSource[]> {
  const seqs = await lake.engine.rows("SELECT DISTINCT seq FROM contact WHERE place = 'http.host' ORDER BY seq");
  const sources = (
    await Promise.all(
      seqs.map(({ seq }) => (values === null ? lake.events(Number(seq)) : requestsBearing(lake, Number(seq), values))),
    )
  ).flat();
  return sources.filter(
    (s) => s.columns.includes('http_request_url_hostname') && s.columns.includes('src_endpoint_ip'),
  );
}

async function trace(engine: Engine, source: EventSource, keys: readonly TraitKey[], asOf: number): Promise<void> {
  const has = new Set<Column>(source.columns);
  const column = (name: Column, type = 'VARCHAR'): string => (has.has(name) ? name : `CAST(NULL AS ${type})`);
  const path = pathSql(column('http_request_url_path'), keys);
  const query = `list_transform(string_split(${column('http_request_url_query')}, '&'), x -> split_part(x, '=', 1))`;
  const select = (
    events: string,
  ): string => `INSERT INTO traced SELECT ${source.seq}, '${source.format}', line, time, src_endpoint_ip, http_request_url_hostname,
    ${column('http_request_http_method')}, path, CASE WHEN path IS NOT NULL THEN list_intersect(${query}, ${asked('parameter')}) END,
    left(${column('http_request_user_agent')}, 4096), list_intersect(${column('http_request_cookies', 'VARCHAR[]')}, ${asked('cookie')}),
    CASE WHEN ${column('http_request_referrer')} IN (SELECT value FROM trait_key WHERE kind = 'referrer') THEN ${column('http_request_referrer')} END,
    left(${column('http_response_content_type')}, 200)
    FROM (SELECT *, ${path} AS path FROM (${events}) WHERE verdict IS NULL AND src_endpoint_ip IS NOT NULL AND http_request_url_hostname IS NOT NULL AND epoch_ms(time) <= ${Math.floor(asOf)})
    WHERE path IS NOT NULL OR ${column('http_request_user_agent')} IN (SELECT value FROM trait_key WHERE kind = 'user-agent')`;
  await eachMarked(engine, source, { mark: openersMark(keys, has) }, select);
}

const asked = (kind: TraitKey['kind']): string =>
  `(SELECT coalesce(list(value), []) FROM trait_key WHERE kind = '${kind}')`;

/** More patterns than this would be tried on every path. */
const MAX_PATTERNS = 50;

/** The asked path that this one is, the longest asked beginning that it has, or the asked pattern that it meets; else null. */
function pathSql(column: string, keys: readonly TraitKey[]): string {
  const exact = `CASE WHEN ${column} IN (SELECT value FROM trait_key WHERE kind = 'uri') THEN ${column} END`;
  const beginnings = keys.filter((k) => k.kind === 'uri-prefix').map((k) => k.value);
  const longest = beginnings.sort((a, b) => b.length - a.length).map(escapeRe2);
  const patterns = keys.filter((k) => k.kind === 'uri-pattern').slice(0, MAX_PATTERNS);
  const steps = [
    exact,
    ...(longest.length > 0 ? [`nullif(regexp_extract(${column}, '^(?:${longest.join('|')})'), '')`] : []),
    ...patterns.map((p) => `CASE WHEN regexp_full_match(${column}, ${literal(p.value)}) THEN ${literal(p.value)} END`),
  ];
  return steps.length === 1 ? exact : `coalesce(${steps.join(', ')})`;
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Text as an RE2 pattern of ASCII letters, digits, dashes and \x{…} alone: nothing in it can end an SQL literal. */
const escapeRe2 = (text: string): string =>
  [...text].map((c) => (/[A-Za-z0-9_-]/.test(c) ? c : `\\x{${(c.codePointAt(0) ?? 0).toString(16)}}`)).join('');

/** What was traced, alike requests together. */
export async function* tracedRequests(lake: Lake): AsyncGenerator<Traced[]> {
  const sql = `SELECT src, host, method, path, coalesce(parameters, []) AS parameters, agent, coalesce(cookies, []) AS cookies, referrer, mime,
    list(DISTINCT format) AS formats, count(*) AS requests, min({'time': time, 'seq': seq, 'line': line}, 4) AS examples
    FROM traced GROUP BY src, host, method, path, parameters, agent, cookies, referrer, mime`;
  for await (const rows of lake.engine.stream(sql)) yield rows.map(toTraced);
}

/** Which of the fields the traced requests hold at all, by format. */
export async function tracedShows(lake: Lake): Promise<Map<string, Shown>> {
  const rows = await lake.engine.rows(
    'SELECT format, count(agent) AS agents, count(cookies) AS cookies, count(referrer) AS referrers, count(mime) AS mimes FROM traced GROUP BY format',
  );
  return new Map(
    rows.map((r) => [
      String(r.format),
      {
        agents: Number(r.agents) > 0,
        cookies: Number(r.cookies) > 0,
        referrers: Number(r.referrers) > 0,
        mimes: Number(r.mimes) > 0,
      },
    ]),
  );
}

/** On how many endpoints, and from how many sources, each asked path was seen. */
export async function tracedSpread(lake: Lake): Promise<Map<string, { endpoints: number; sources: number }>> {
  const rows = await lake.engine.rows(
    'SELECT path, count(DISTINCT host) AS endpoints, count(DISTINCT src) AS sources FROM traced WHERE path IS NOT NULL GROUP BY path',
  );
  return new Map(rows.map((r) => [String(r.path), { endpoints: Number(r.endpoints), sources: Number(r.sources) }]));
}

/** Pauses between traced requests with a path of one source to one host, as the log that saw most of them tells them; milliseconds. */
export async function tracedPauses(
  lake: Lake,
): Promise<{ src: string; host: string; count: number; low: number; median: number; high: number }[]> {
  const rows =
    await lake.engine.rows(`WITH beat AS (SELECT DISTINCT format, src, host, epoch_ms(time) AS t FROM traced WHERE path IS NOT NULL),
    gap AS (SELECT format, src, host, t - lag(t) OVER (PARTITION BY format, src, host ORDER BY t) AS pause FROM beat),
    told AS (SELECT format, src, host, count(pause) AS n, quantile_cont(pause, [0.1, 0.5, 0.9]) AS q FROM gap WHERE pause > 0 GROUP BY ALL)
    SELECT src, host, max(n) AS n, arg_max(q, n) AS q FROM told GROUP BY src, host`);
  return rows.map((r) => {
    const [low, median, high] = Array.isArray(r.q) ? r.q.map(Number) : [];
    return {
      src: String(r.src),
      host: String(r.host),
      count: Number(r.n),
      low: low ?? 0,
      median: median ?? 0,
      high: high ?? 0,
    };
  });
}

function toTraced(r: Row): Traced {
  const text = (value: Row[string] | undefined): string | null => (typeof value === 'string' ? value : null);
  const texts = (value: Row[string] | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);
  return {
    src: String(r.src),
    host: String(r.host),
    method: text(r.method),
    path: text(r.path),
    parameters: texts(r.parameters),
    agent: text(r.agent),
    cookies: texts(r.cookies),
    referrer: text(r.referrer),
    mime: text(r.mime),
    formats: texts(r.formats),
    requests: Number(r.requests),
    examples: (Array.isArray(r.examples) ? r.examples : []).map((e) => {
      const example = e as Row;
      return { seq: Number(example.seq), line: Number(example.line), time: String(example.time) };
    }),
  };
}
