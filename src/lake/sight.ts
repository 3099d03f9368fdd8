import type { Column } from '../model/event.ts';
import { eachAtOnce } from './each-at-once.ts';
import type { Engine, Row } from './engine.ts';
import type { EventSource, Lake } from './lake.ts';
import { eachMarked } from './marked.ts';
import { eventsBearing } from './near.ts';

/** What is looked for: one key of one hit, and how it is seen. */
export type Wanted = {
  /** Number of the hit that the caller knows. */
  readonly hit: number;
  readonly kind: 'name' | 'answer' | 'url' | 'address' | 'ja3' | 'ja4' | 'certificate';
  /** Host name, address or fingerprint as it stands in the events. */
  readonly key: string;
  /** For `url`: path and query that the request must begin with. */
  readonly path: string | null;
  /** Milliseconds since 1970: the indicator's validity and when it was recorded. */
  readonly validFrom: number | null;
  readonly validUntil: number | null;
  readonly recorded: number | null;
  /** Only in batches behind this number; 0 is everywhere. */
  readonly after: number;
};

/** Events of one hit at one place by one internal host on one day, and what the indicator's dates say of them. */
export type Sighted = {
  readonly hit: number;
  readonly src: string;
  /** The name that the source asked for, or the address where there was none. */
  readonly host: string;
  readonly named: boolean;
  readonly place: string;
  readonly standing: string;
  readonly day: string;
  readonly events: number;
  readonly first: string;
  readonly last: string;
  readonly examples: readonly {
    readonly seq: number;
    readonly line: number;
    readonly time: string;
    readonly url: string | null;
  }[];
};

/** Not temporary: the looks into files run on connections of their own. */
const wantedTable = `CREATE OR REPLACE TABLE wanted (hit DOUBLE, kind VARCHAR, key VARCHAR, path VARCHAR, valid_from DOUBLE, valid_until DOUBLE, recorded DOUBLE, after DOUBLE)`;

/** What of an event the matches need; filled by one look into each file that the ledger says holds something. */
const sightedTable = `CREATE OR REPLACE TABLE sighted (seq INTEGER, line BIGINT, time TIMESTAMP, src VARCHAR, dst VARCHAR,
  query VARCHAR, answers VARCHAR[], host VARCHAR, url VARCHAR, sni VARCHAR, ja3 VARCHAR, ja4 VARCHAR, certificates VARCHAR[])`;

/** Batches whose ledger rows meet something wanted. */
const touched = (
  contacts: string,
): string => `SELECT DISTINCT seq FROM ${contacts} WHERE seq > (SELECT min(after) FROM wanted) AND (
  name IN (SELECT key FROM wanted WHERE kind IN ('name', 'url'))
  OR dst IN (SELECT key FROM wanted WHERE kind = 'address') AND place <> 'dns.query'
  OR ja3 IN (SELECT key FROM wanted WHERE kind = 'ja3') OR ja4 IN (SELECT key FROM wanted WHERE kind = 'ja4')
  OR certificate IN (SELECT key FROM wanted WHERE kind = 'certificate'))
  UNION SELECT DISTINCT seq FROM (SELECT seq, unnest(answers) AS answer FROM ${contacts} WHERE answers IS NOT NULL AND seq > (SELECT min(after) FROM wanted))
  WHERE lower(rtrim(answer, '.')) IN (SELECT key FROM wanted WHERE kind IN ('answer', 'address'))
  ORDER BY seq`;

const CONCURRENT = 2;

/** Opens the events that the ledger points to and tells what was seen, when and in which lines; up to `asOf` (milliseconds). */
export async function sight(lake: Lake, wanted: readonly Wanted[], asOf: number): Promise<Sighted[]> {
  const { engine } = lake;
  await want(lake, wanted);
  const seqs = (await engine.rows(touched(lake.contacts))).map((r) => Number(r.seq));
  await openBatches(lake, seqs, wanted, asOf);
  const rows = await engine.rows(`${evidenceOf('')} ORDER BY hit, src, host, place, standing, day`);
  await wantNoMore(lake);
  return rows.map(toSighted);
}

/** Makes `wanted`, and `sighted` with nothing in it yet. */
export async function want({ engine }: Lake, wanted: readonly Wanted[]): Promise<void> {
  await engine.run(`${wantedTable}; ${sightedTable}`);
  await engine.append(
    'wanted',
    wanted.map((w) => [w.hit, w.kind, w.key, w.path, w.validFrom, w.validUntil, w.recorded, w.after]),
  );
}

export const wantNoMore = ({ engine }: Lake): Promise<void> => engine.run('DROP TABLE sighted; DROP TABLE wanted');

/** Fills `sighted` with the events of these batches that hold anything wanted. */
export async function openBatches(
  lake: Lake,
  seqs: readonly number[],
  wanted: readonly Wanted[],
  asOf: number,
): Promise<void> {
  const keys = new Set(wanted.map((w) => w.key));
  const sources = (await Promise.all(seqs.map((seq) => eventsBearing(lake, seq, keys)))).flat();
  const kinds = new Set(wanted.map((w) => w.kind));
  const mark = markOf(wanted);
  await eachAtOnce(sources, CONCURRENT, lake.engine, (connection, source) =>
    look(connection, source, kinds, mark, asOf),
  );
}

/** More keys than this make an automaton that is slower than cutting every line. */
const MAX_MARKS = 400;

/** A linear-time expression that meets every line which holds a key, or null where the keys cannot be looked for as text. */
function markOf(wanted: readonly Wanted[]): string | null {
  const keys = new Set(wanted.map((w) => w.key));
  if (keys.size > MAX_MARKS || [...keys].some((key) => !/^[a-z0-9._:-]+$/.test(key))) return null;
  return [...keys].map((key) => key.replaceAll('.', '\\.')).join('|');
}

/** One look into a file: first the lines that hold a key anywhere, then their fields. */
async function look(
  connection: Engine,
  source: EventSource,
  kinds: ReadonlySet<Wanted['kind']>,
  mark: string | null,
  asOf: number,
): Promise<void> {
  const met = conditions(source, kinds);
  if (met.length === 0) return;
  const where = met.join(' OR ');
  await eachMarked(
    connection,
    source,
    { mark, caseless: true },
    (events) => `INSERT INTO sighted ${sightSelect(source, `SELECT * FROM (${events}) WHERE ${where}`, asOf)}`,
  );
}

/** How an event of this source can meet what is wanted. */
function conditions(source: EventSource, kinds: ReadonlySet<Wanted['kind']>): string[] {
  const has = new Set<Column>(source.columns);
  const keys = (...of: Wanted['kind'][]): string | null => {
    const asked = of.filter((kind) => kinds.has(kind));
    return asked.length === 0
      ? null
      : `(SELECT key FROM wanted WHERE kind IN (${asked.map((k) => `'${k}'`).join(', ')}))`;
  };
  const one = (name: Column, list: string | null): string[] => (has.has(name) && list ? [`${name} IN ${list}`] : []);
  const any = (name: Column, list: string | null): string[] =>
    has.has(name) && list ? [`list_has_any(${lowered(name)}, (SELECT list(key) FROM ${list}))`] : [];
  return [
    ...one('query_hostname', keys('name', 'url')),
    ...one('http_request_url_hostname', keys('name', 'url')),
    ...one('tls_sni', keys('name', 'url')),
    ...one('dst_endpoint_ip', keys('address')),
    ...any('answers', keys('answer', 'address')),
    ...one('tls_ja3', keys('ja3')),
    ...one('tls_ja4', keys('ja4')),
    ...any('tls_certificate_fingerprints', keys('certificate')),
  ];
}

function sightSelect(source: EventSource, events: string, asOf: number): string {
  const has = new Set<Column>(source.columns);
  const column = (name: Column, type = 'VARCHAR'): string => (has.has(name) ? name : `CAST(NULL AS ${type})`);
  const url = has.has('http_request_url_path')
    ? `CASE WHEN http_request_url_path IS NOT NULL THEN http_request_url_path || coalesce('?' || ${column('http_request_url_query')}, '') END`
    : 'CAST(NULL AS VARCHAR)';
  return `SELECT ${source.seq}, line, time, ${column('src_endpoint_ip')}, ${column('dst_endpoint_ip')}, ${column('query_hostname')}, ${column('answers', 'VARCHAR[]')},
    ${column('http_request_url_hostname')}, ${url}, ${column('tls_sni')}, ${column('tls_ja3')}, ${column('tls_ja4')}, ${column('tls_certificate_fingerprints', 'VARCHAR[]')}
    FROM (${events}) WHERE verdict IS NULL AND epoch_ms(time) <= ${Math.floor(asOf)}`;
}

const lowered = (list: string): string => `list_transform(${list}, a -> lower(rtrim(a, '.')))`;

/** The request is the listed one, or goes on at a boundary: `/a` covers `/a/b` and `/a?b`, not `/ab`. */
const urlBegins = `(s.url = w.path OR starts_with(s.url, w.path) AND (right(w.path, 1) IN ('/', '?', '&', '=') OR substr(s.url, length(w.path) + 1, 1) IN ('/', '?', '&', '#', ';')))`;

/** A match at one place: how wanted keys meet an event there. */
const places: readonly { readonly place: string; readonly kind: string; readonly on: string }[] = [
  { place: 'dns.query', kind: 'name', on: 's.query = w.key' },
  { place: 'tls.sni', kind: 'name', on: 's.sni = w.key' },
  { place: 'http.host', kind: 'name', on: 's.host = w.key' },
  { place: 'http.url', kind: 'url', on: `s.host = w.key AND ${urlBegins}` },
  { place: 'dns.answer', kind: 'answer', on: `list_contains(${lowered('s.answers')}, w.key)` },
  { place: 'dns.answer', kind: 'address', on: 's.query IS NOT NULL AND list_contains(s.answers, w.key)' },
  { place: 'flow.ip', kind: 'address', on: 's.query IS NULL AND s.dst = w.key' },
  { place: 'tls.ja3', kind: 'ja3', on: 's.ja3 = w.key' },
  { place: 'tls.ja4', kind: 'ja4', on: 's.ja4 = w.key' },
  { place: 'tls.certificate', kind: 'certificate', on: `list_contains(${lowered('s.certificates')}, w.key)` },
];

/** What an indicator's dates (`w`) say of an event (`s`), as `standing` of intel/validity.ts says it; a test keeps both equal. */
export const standingOf = (
  time: string,
): string => `CASE WHEN w.valid_until IS NOT NULL AND epoch_ms(${time}) >= w.valid_until THEN 'expired'
  WHEN w.valid_from IS NOT NULL AND epoch_ms(${time}) < w.valid_from THEN 'not-yet-valid'
  WHEN w.recorded IS NOT NULL AND epoch_ms(${time}) < w.recorded THEN 'learned-later'
  WHEN w.recorded IS NULL AND w.valid_from IS NULL AND w.valid_until IS NULL THEN 'undated' ELSE 'known-then' END`;
export const standingSql = standingOf('s.time');

/** What `sighted` holds of `wanted`, as the columns of `Sighted`; `among`: a further condition on `w` and `s`. */
export const evidenceOf = (among: string): string =>
  places
    .map(
      ({
        place,
        kind,
        on,
      }) => `SELECT w.hit, s.src, coalesce(s.query, s.host, s.sni, s.dst) AS host, coalesce(s.query, s.host, s.sni) IS NOT NULL AS named, '${place}' AS place, ${standingSql} AS standing,
      CAST(CAST(s.time AS DATE) AS VARCHAR) AS day, count(*) AS events, min(s.time) AS first, max(s.time) AS last,
      min({'time': s.time, 'seq': s.seq, 'line': s.line, 'url': s.url}, 4) AS examples
      FROM sighted s JOIN wanted w ON w.kind = '${kind}' AND ${on} WHERE s.src IS NOT NULL AND s.seq > w.after ${among} GROUP BY ALL`,
    )
    .join('\nUNION ALL\n');

export function toSighted(row: Row): Sighted {
  const examples = Array.isArray(row.examples) ? row.examples : [];
  return {
    hit: Number(row.hit),
    src: String(row.src),
    host: String(row.host),
    named: row.named === true,
    place: String(row.place),
    standing: String(row.standing),
    day: String(row.day),
    events: Number(row.events),
    first: String(row.first),
    last: String(row.last),
    examples: examples.map((e) => {
      const example = e as Row;
      return {
        seq: Number(example.seq),
        line: Number(example.line),
        time: String(example.time),
        url: example.url === null ? null : String(example.url),
      };
    }),
  };
}
