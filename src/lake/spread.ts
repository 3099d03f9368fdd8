import type { Column } from '../model/event.ts';
import type { Lake } from './lake.ts';
import { eachMarked } from './marked.ts';
import { markOf, type TraitKey } from './marks.ts';
import { requestSources } from './traits.ts';

/** How common a value is in this network: on how many endpoints (host names) it was seen, from how many sources. */
export type Spread = { readonly endpoints: number; readonly sources: number };

/** Endpoints and sources with requests in sight. */
export async function requestBreadth(lake: Lake): Promise<Spread> {
  const [row] = await lake.engine.rows(
    "SELECT count(DISTINCT name) AS endpoints, count(DISTINCT src) AS sources FROM contact WHERE place = 'http.host' AND urls > 0",
  );
  return { endpoints: Number(row?.endpoints ?? 0), sources: Number(row?.sources ?? 0) };
}

/** Endpoints and sources with TLS client fingerprints in sight, and how far each of these values is spread. */
export async function fingerprintSpread(
  lake: Lake,
  column: 'ja3' | 'ja4',
): Promise<{ readonly all: Spread; readonly of: Map<string, Spread> }> {
  const [all] = await lake.engine.rows(
    `SELECT count(DISTINCT name) AS endpoints, count(DISTINCT src) AS sources FROM contact WHERE ${column} IS NOT NULL`,
  );
  const rows = await lake.engine.rows(
    `SELECT ${column} AS value, count(DISTINCT name) AS endpoints, count(DISTINCT src) AS sources FROM contact WHERE ${column} IS NOT NULL GROUP BY ${column}`,
  );
  const spread = (r: (typeof rows)[number] | undefined): Spread => ({
    endpoints: Number(r?.endpoints ?? 0),
    sources: Number(r?.sources ?? 0),
  });
  return { all: spread(all), of: new Map(rows.map((r) => [String(r.value), spread(r)])) };
}

/** The TLS client fingerprints of these (source, name) pairs. */
export async function fingerprintsOf(
  lake: Lake,
  pairs: readonly (readonly [src: string, name: string])[],
): Promise<{ src: string; name: string; ja3: string | null; ja4: string | null }[]> {
  if (pairs.length === 0) return [];
  await lake.engine.run('CREATE OR REPLACE TEMP TABLE pair (src VARCHAR, name VARCHAR)');
  await lake.engine.append('pair', pairs);
  const rows = await lake.engine.rows(
    'SELECT DISTINCT src, name, ja3, ja4 FROM contact JOIN pair USING (src, name) WHERE ja3 IS NOT NULL OR ja4 IS NOT NULL ORDER BY ALL',
  );
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return rows.map((r) => ({ src: String(r.src), name: String(r.name), ja3: text(r.ja3), ja4: text(r.ja4) }));
}

/** The column of each kind of value; a list where a request holds several. */
const columnOf = {
  'user-agent': 'http_request_user_agent',
  cookie: 'http_request_cookies',
  referrer: 'http_request_referrer',
  mime: 'http_response_content_type',
} as const satisfies Partial<Record<TraitKey['kind'], Column>>;
export type SpreadKind = keyof typeof columnOf;
const spreadKinds: readonly SpreadKind[] = ['user-agent', 'cookie', 'referrer', 'mime'];

/** How far these values are spread over all requests up to `asOf`, by `kind value`; what nobody shows is left out. */
export async function valueSpread(
  lake: Lake,
  values: readonly { readonly kind: SpreadKind; readonly value: string }[],
  asOf: number,
): Promise<Map<string, Spread>> {
  const { engine } = lake;
  if (values.length === 0) return new Map();
  await engine.run(
    'CREATE OR REPLACE TABLE spread_key (kind VARCHAR, value VARCHAR); CREATE OR REPLACE TABLE spread (kind VARCHAR, value VARCHAR, host VARCHAR, src VARCHAR)',
  );
  await engine.append(
    'spread_key',
    values.map((v) => [v.kind, v.value]),
  );
  for (const source of await requestSources(lake)) {
    const kinds = spreadKinds.filter((k) => values.some((v) => v.kind === k) && source.columns.includes(columnOf[k]));
    const mark = markOf(values.filter((v) => kinds.includes(v.kind)));
    if (kinds.length > 0)
      await eachMarked(
        engine,
        source,
        { mark, numbered: false },
        (events) => `INSERT INTO spread ${spreadSelect(events, kinds, asOf)}`,
      );
  }
  const rows = await engine.rows(
    'SELECT kind, value, count(DISTINCT host) AS endpoints, count(DISTINCT src) AS sources FROM spread GROUP BY kind, value',
  );
  await engine.run('DROP TABLE spread; DROP TABLE spread_key');
  return new Map(
    rows.map((r) => [`${r.kind} ${r.value}`, { endpoints: Number(r.endpoints), sources: Number(r.sources) }]),
  );
}

function spreadSelect(events: string, kinds: readonly SpreadKind[], asOf: number): string {
  const rows = kinds.map((k) =>
    k === 'cookie' ? `{'kind': '${k}', 'values': ${columnOf[k]}}` : `{'kind': '${k}', 'values': [${columnOf[k]}]}`,
  );
  return `SELECT DISTINCT kind, value, host, src FROM (SELECT host, src, shown.kind AS kind, unnest(shown.values) AS value FROM (
      SELECT http_request_url_hostname AS host, src_endpoint_ip AS src, unnest([${rows.join(', ')}]) AS shown FROM (${events})
      WHERE verdict IS NULL AND src_endpoint_ip IS NOT NULL AND http_request_url_hostname IS NOT NULL AND epoch_ms(time) <= ${Math.floor(asOf)}))
    JOIN spread_key USING (kind, value)`;
}
