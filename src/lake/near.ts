import type { Column } from '../model/event.ts';
import { eachAtOnce } from './each-at-once.ts';
import type { Engine } from './engine.ts';
import type { EventSource, Lake } from './lake.ts';
import { openersMark, type TraitKey } from './marks.ts';
import { keepsOrder } from './segments.ts';

/** What the questions of a run will be about, so that files are looked through once for all of them. */
export type Interest = {
  /** Names, addresses and fingerprints of TLS clients, as they stand in events. */
  readonly keys: ReadonlySet<string>;
  /** SHA-1 or SHA-256 of certificates, in small letters. */
  readonly certificates: ReadonlySet<string>;
  /** Values to look for in requests. */
  readonly requests: readonly TraitKey[];
};

/** What was gathered: the keys it holds for, and the lines of each batch that may bear one of them. */
export type Near = Interest & { readonly sources: ReadonlyMap<number, readonly EventSource[]> };

/** Bits of the filter for each key: one line in a hundred passes without bearing a key. */
const BITS = 128;
const MIN_BITS = 1 << 16;
const MAX_BITS = 1 << 24;

const AT_ONCE = 2;

/** What sightings, touches and traced requests read of an event. */
const ASKED: readonly Column[] = [
  ...(['time', 'src_endpoint_ip', 'dst_endpoint_ip', 'dst_endpoint_port', 'query_hostname', 'answers'] as const),
  ...([
    'http_request_http_method',
    'http_request_url_scheme',
    'http_request_url_hostname',
    'http_request_url_port',
  ] as const),
  ...(['http_request_url_path', 'http_request_url_query', 'http_request_user_agent', 'http_request_referrer'] as const),
  ...(['http_request_cookies', 'http_request_length', 'http_response_code', 'http_response_content_type'] as const),
  ...(['http_response_length', 'traffic_bytes_in', 'traffic_bytes_out'] as const),
  ...(['tls_sni', 'tls_ja3', 'tls_ja4', 'tls_certificate_fingerprints'] as const),
];
const askedOf = ({ columns }: EventSource): Column[] => ASKED.filter((c) => columns.includes(c));

/**
 * Reads each file that is still text, and that the ledger says bears something of interest, once, and keeps the lines that
 * may matter: those whose name, address or fingerprint passes a Bloom filter of the keys, and those with a mark of
 * a request. Some lines more than asked for are among them. Where columns are stored there is nothing to gain.
 */
export async function gather(lake: Lake, interest: Interest): Promise<void> {
  const { engine } = lake;
  await keyTable(engine, 'near_key', interest.keys);
  await keyTable(engine, 'near_certificate', interest.certificates);
  await engine.run(NAMES_BEHIND);
  const bits = Math.min(MAX_BITS, Math.max(MIN_BITS, 2 ** Math.ceil(Math.log2(interest.keys.size * BITS + 1))));
  const sources = new Map<number, EventSource[]>();
  const todo: { readonly source: EventSource; readonly table: string }[] = [];
  for (const seq of await batchesMet(engine, interest)) {
    const all = await lake.events(seq);
    if (all.some((s) => s.lines === null)) continue;
    sources.set(
      seq,
      all.map((source, i) => {
        const table = `near_${seq}_${i}`;
        todo.push({ source, table });
        return {
          ...source,
          select: `SELECT * FROM ${table}`,
          columns: askedOf(source),
          lines: null,
          rawLines: null,
          native: null,
        };
      }),
    );
  }
  await eachAtOnce(todo, AT_ONCE, engine, async (connection, { source, table }) => {
    await connection.run('SET VARIABLE near_certificates = (SELECT list(key) FROM near_certificate)');
    await connection.run(
      `SET VARIABLE near = (SELECT bitstring_agg(CAST(hash(key) % ${bits} AS INTEGER), 0, ${bits - 1}) FROM near_key)`,
    );
    await keepEvents(connection, source, table, keepSql(source, interest.requests, bits));
  });
  await engine.run('DROP TABLE near_key; DROP TABLE near_certificate');
  lake.near = { ...interest, sources };
}

async function keyTable(engine: Engine, table: string, keys: ReadonlySet<string>): Promise<void> {
  await engine.run(`CREATE OR REPLACE TABLE ${table} (key VARCHAR)`);
  await engine.append(
    table,
    [...keys].map((key) => [key]),
  );
}

/** Names that lead to an answer of interest: the ledger knows them. */
const NAMES_BEHIND = `INSERT INTO near_key SELECT DISTINCT name FROM (SELECT name, unnest(answers) AS answer FROM contact WHERE answers IS NOT NULL)
  WHERE name IS NOT NULL AND lower(rtrim(answer, '.')) IN (SELECT key FROM near_key)`;

async function batchesMet(engine: Engine, { requests }: Interest): Promise<number[]> {
  const rows =
    await engine.rows(`SELECT DISTINCT seq FROM contact WHERE name IN (SELECT key FROM near_key) OR dst IN (SELECT key FROM near_key)
    OR ja3 IN (SELECT key FROM near_key) OR ja4 IN (SELECT key FROM near_key) OR certificate IN (SELECT key FROM near_certificate)
    ${requests.length > 0 ? "OR place = 'http.host'" : ''} ORDER BY seq`);
  return rows.map((r) => Number(r.seq));
}

const KEYED = [
  'query_hostname',
  'http_request_url_hostname',
  'tls_sni',
  'dst_endpoint_ip',
  'tls_ja3',
  'tls_ja4',
] as const;

function keepSql(source: EventSource, requests: readonly TraitKey[], bits: number): string {
  const has = new Set<Column>(source.columns);
  const passes = (value: string): string =>
    `get_bit(getvariable('near'), CAST(hash(${value}) % ${bits} AS INTEGER)) = 1`;
  const tests = KEYED.filter((c) => has.has(c)).map((c) => `(${c} IS NOT NULL AND ${passes(c)})`);
  if (has.has('tls_certificate_fingerprints'))
    tests.push(
      "list_has_any(list_transform(tls_certificate_fingerprints, f -> lower(f)), getvariable('near_certificates'))",
    );
  if (requests.length > 0 && has.has('http_request_url_hostname')) {
    const mark = openersMark(requests, has);
    tests.push(mark === null ? 'http_request_url_hostname IS NOT NULL' : `regexp_matches(raw, '${mark}')`);
  }
  return tests.length === 0 ? 'false' : tests.join(' OR ');
}

/** The events of the lines kept, cut into columns once. */
async function keepEvents(engine: Engine, source: EventSource, table: string, keep: string): Promise<void> {
  await keepLines(engine, source, keep);
  await engine.run(
    `CREATE OR REPLACE TABLE ${table} AS SELECT line, verdict, ${askedOf(source).join(', ')} FROM (${source.fromLines('near_line')}) WHERE verdict IS NULL`,
  );
  await engine.run('DROP TABLE near_line');
}

/** A table filled in the order of the file on all threads keeps the line as the place of its row, and its nulls cost nothing. */
async function keepLines(engine: Engine, source: EventSource, keep: string): Promise<void> {
  if (source.rawLines !== null) {
    const inPlace = `SELECT CASE WHEN ${keep} THEN raw END AS raw FROM (${source.everyLine(source.rawLines)})`;
    if (await keepsOrder(engine, inPlace)) {
      await engine.run(`CREATE OR REPLACE TEMP TABLE place AS ${inPlace}`);
      await engine.run(
        `CREATE OR REPLACE TEMP TABLE near_line AS SELECT rowid + 1 AS line, raw FROM place WHERE raw IS NOT NULL`,
      );
      return engine.run('DROP TABLE place');
    }
  }
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE near_line AS SELECT line, raw FROM (${source.everyLine(source.lines ?? '')}) WHERE ${keep}`,
  );
}

/** The events of a batch that may bear one of these keys: gathered ones where they were gathered for all of them, else all. */
export async function eventsBearing(lake: Lake, seq: number, keys: Iterable<string>): Promise<readonly EventSource[]> {
  const near = lake.near?.sources.get(seq);
  const holds = near && [...keys].every((key) => lake.near?.keys.has(key) || lake.near?.certificates.has(key));
  return holds ? near : lake.events(seq);
}

/** The same for requests with one of these values. */
export async function requestsBearing(
  lake: Lake,
  seq: number,
  values: readonly TraitKey[],
): Promise<readonly EventSource[]> {
  const near = lake.near?.sources.get(seq);
  const gathered = new Set(lake.near?.requests.map((r) => `${r.kind} ${r.value}`));
  return near && values.every((v) => gathered.has(`${v.kind} ${v.value}`)) ? near : lake.events(seq);
}
