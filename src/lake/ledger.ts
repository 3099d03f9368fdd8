import type { Row } from './engine.ts';
import type { Lake } from './lake.ts';

/** Questions to the ledger: each reads distinct contacts, never events. Times are RFC 3339 text in UTC. */

export type NameSeen = { readonly name: string; readonly sources: number; readonly events: number };

/** Every name that was asked for or contacted, with how many sources did. */
export async function* namesSeen(lake: Lake): AsyncGenerator<NameSeen[]> {
  for await (const rows of lake.engine.stream(
    `SELECT name, count(DISTINCT src) AS sources, CAST(sum(events) AS DOUBLE) AS events FROM ${lake.contacts} WHERE name IS NOT NULL GROUP BY name`,
  ))
    yield rows.map((r) => ({ name: String(r.name), sources: Number(r.sources), events: Number(r.events) }));
}

/** Every name or address in a DNS answer, lower case without trailing dot, and up to four of the names that led to it. */
export async function* answersSeen(lake: Lake): AsyncGenerator<{ answer: string; names: readonly string[] }[]> {
  const sql = `SELECT lower(rtrim(answer, '.')) AS answer, min(name, 4) AS names FROM
    (SELECT DISTINCT name, unnest(answers) AS answer FROM ${lake.contacts} WHERE answers IS NOT NULL) GROUP BY ALL`;
  for await (const rows of lake.engine.stream(sql))
    yield rows.map((r) => ({ answer: String(r.answer), names: texts(r.names) }));
}

/** Addresses that anything connected to, and up to four of the names that connections to them bore. */
export async function* addressesSeen(lake: Lake): AsyncGenerator<{ address: string; names: readonly string[] }[]> {
  const sql = `SELECT dst AS address, coalesce(min(name, 4), []) AS names FROM (SELECT DISTINCT dst, name FROM ${lake.contacts} WHERE dst IS NOT NULL AND place <> 'dns.query') GROUP BY dst`;
  for await (const rows of lake.engine.stream(sql))
    yield rows.map((r) => ({ address: String(r.address), names: texts(r.names) }));
}

/** Distinct values of one of the fingerprint columns. */
export async function fingerprintsSeen(
  lake: Lake,
  column: 'ja3' | 'ja4' | 'certificate',
): Promise<{ value: string; sources: number }[]> {
  const rows = await lake.engine.rows(
    `SELECT ${column} AS value, count(DISTINCT src) AS sources FROM ${lake.contacts} WHERE ${column} IS NOT NULL GROUP BY ${column}`,
  );
  return rows.map((r) => ({ value: String(r.value), sources: Number(r.sources) }));
}

/** Every source address. */
export async function sourcesSeen(lake: Lake): Promise<string[]> {
  return (await lake.engine.rows(`SELECT DISTINCT src FROM ${lake.contacts} WHERE src IS NOT NULL ORDER BY src`)).map(
    (r) => String(r.src),
  );
}

/** Addresses that answer DNS for others and ask themselves: forwarders. */
export async function resolversSeen(lake: Lake): Promise<string[]> {
  const sql = `WITH pair AS (SELECT DISTINCT src, dst FROM ${lake.contacts} WHERE place = 'dns.query')
    SELECT DISTINCT dst FROM pair WHERE dst IS NOT NULL AND src <> dst AND dst IN (SELECT src FROM pair) ORDER BY dst`;
  return (await lake.engine.rows(sql)).map((r) => String(r.dst));
}

/** Which of these names somebody besides these sources asked for. */
export async function askedByOthers(
  lake: Lake,
  names: readonly string[],
  besides: readonly string[],
): Promise<Set<string>> {
  if (names.length === 0) return new Set();
  await lake.engine.run(
    'CREATE OR REPLACE TEMP TABLE asked (name VARCHAR); CREATE OR REPLACE TEMP TABLE besides (src VARCHAR)',
  );
  await lake.engine.append(
    'asked',
    names.map((n) => [n]),
  );
  await lake.engine.append(
    'besides',
    besides.map((s) => [s]),
  );
  const rows = await lake.engine.rows(
    'SELECT DISTINCT name FROM contact WHERE name IN (SELECT name FROM asked) AND src NOT IN (SELECT src FROM besides)',
  );
  return new Set(rows.map((r) => String(r.name)));
}

/** What one source did with one name, over all places: the day counts take the place with most events. */
export type Contact = {
  readonly src: string;
  readonly name: string;
  readonly place: string;
  readonly day: string;
  readonly events: number;
  readonly urls: number;
  readonly bytesOut: number | null;
  readonly bytesIn: number | null;
  readonly first: string;
  readonly last: string;
};

/** The ledger rows of these (source, name) pairs; for a name that is an address, the flows to it. */
export async function contactsOf(
  lake: Lake,
  pairs: readonly (readonly [src: string, name: string])[],
): Promise<Contact[]> {
  if (pairs.length === 0) return [];
  await lake.engine.run('CREATE OR REPLACE TEMP TABLE pair (src VARCHAR, name VARCHAR)');
  await lake.engine.append('pair', pairs);
  const rows =
    await lake.engine.rows(`SELECT p.src, p.name, place, CAST(day AS VARCHAR) AS day, sum(events) AS events, sum(urls) AS urls, sum(bytes_out) AS bytes_out, sum(bytes_in) AS bytes_in, min(first) AS first, max(last) AS last
    FROM pair p JOIN contact c ON c.src = p.src AND (c.name = p.name OR c.dst = p.name AND c.place <> 'dns.query' AND c.name IS NULL) GROUP BY ALL ORDER BY p.src, p.name, day, place`);
  return rows.map((r) => ({
    src: String(r.src),
    name: String(r.name),
    place: String(r.place),
    day: String(r.day),
    events: Number(r.events),
    urls: Number(r.urls),
    bytesOut: r.bytes_out === null ? null : Number(r.bytes_out),
    bytesIn: r.bytes_in === null ? null : Number(r.bytes_in),
    first: String(r.first),
    last: String(r.last),
  }));
}

export type FlowNamed = {
  readonly src: string;
  readonly name: string;
  readonly namedBy: 'http.host' | 'tls.sni' | 'dns.answer';
  readonly bytesOut: number;
  readonly bytesIn: number;
  readonly flows: number;
};

/**
 * Flows without a name of their own, named by what the same client did: the host or server name of its requests to that
 * address on that day, else its own DNS answer no later than the flow. An address with several names counts for each of
 * them, so bytes of a name are an upper bound.
 */
export async function flowsNamed(
  lake: Lake,
  pairs: readonly (readonly [src: string, name: string])[],
): Promise<FlowNamed[]> {
  if (pairs.length === 0) return [];
  await lake.engine.run('CREATE OR REPLACE TEMP TABLE pair (src VARCHAR, name VARCHAR)');
  await lake.engine.append('pair', pairs);
  const rows = await lake.engine.rows(`WITH known AS (
      SELECT c.src, c.name, c.dst AS address, c.place AS named_by, min(first) AS first, CASE c.place WHEN 'http.host' THEN 1 ELSE 2 END AS rank FROM pair p JOIN contact c USING (src, name) WHERE c.place IN ('http.host', 'tls.sni') AND c.dst IS NOT NULL GROUP BY ALL
      UNION ALL SELECT src, name, address, 'dns.answer', min(first), 3 FROM (SELECT c.src, c.name, unnest(c.answers) AS address, c.first
        FROM pair p JOIN contact c USING (src, name) WHERE c.place = 'dns.query' AND c.answers IS NOT NULL) GROUP BY ALL),
    best AS (SELECT src, name, address, arg_min(named_by, rank) AS named_by, min(first) AS first FROM known GROUP BY src, name, address)
    SELECT b.src, b.name, b.named_by, coalesce(sum(f.bytes_out), 0) AS bytes_out, coalesce(sum(f.bytes_in), 0) AS bytes_in, sum(f.events) AS flows
    FROM best b JOIN contact f ON f.src = b.src AND f.dst = b.address AND f.place = 'flow.ip' AND f.last >= b.first - INTERVAL 1 MINUTE GROUP BY ALL`);
  return rows.map((r) => ({
    src: String(r.src),
    name: String(r.name),
    namedBy: placeOf(r.named_by),
    bytesOut: Number(r.bytes_out),
    bytesIn: Number(r.bytes_in),
    flows: Number(r.flows),
  }));
}

const placeOf = (value: unknown): FlowNamed['namedBy'] =>
  value === 'http.host' || value === 'tls.sni' ? value : 'dns.answer';

/** How many tenants, sources and events each platform had; `names` maps host names to platform and tenant. */
export async function platformsSeen(
  lake: Lake,
  names: readonly (readonly [name: string, platform: string, tenant: string])[],
  besides: readonly string[],
): Promise<{ platform: string; tenants: number; sources: number; events: number }[]> {
  await lake.engine.run(
    'CREATE OR REPLACE TEMP TABLE classified (name VARCHAR, platform VARCHAR, tenant VARCHAR); CREATE OR REPLACE TEMP TABLE besides (src VARCHAR)',
  );
  await lake.engine.append('classified', names);
  await lake.engine.append(
    'besides',
    besides.map((s) => [s]),
  );
  const rows =
    await lake.engine.rows(`SELECT platform, count(DISTINCT tenant) AS tenants, count(DISTINCT src) AS sources, sum(events) AS events
    FROM contact JOIN classified USING (name) WHERE src NOT IN (SELECT src FROM besides) GROUP BY platform ORDER BY events DESC, platform`);
  return rows.map((r) => ({
    platform: String(r.platform),
    tenants: Number(r.tenants),
    sources: Number(r.sources),
    events: Number(r.events),
  }));
}

export type FormatSeen = {
  readonly format: string;
  readonly files: number;
  readonly events: number;
  readonly sources: readonly string[];
  readonly start: string;
  readonly end: string;
  readonly gapHours: number;
};

/** What was read, by format: files, events, time span, sources, and hours of the span without any event. */
export async function formatsSeen(lake: Lake): Promise<FormatSeen[]> {
  const rows =
    await lake.engine.rows(`WITH grouped AS (SELECT format, seq, src, day, sum(events) AS events, min(first) AS first, max(last) AS last, bit_or(hours) AS hours FROM contact GROUP BY ALL),
      days AS (SELECT format, day, bit_or(hours) AS hours FROM grouped GROUP BY format, day),
      filled AS (SELECT format, sum(bit_count(hours)) AS hours FROM days GROUP BY format)
    SELECT format, count(DISTINCT seq) AS files, sum(events) AS events, list(DISTINCT src) AS sources, min(first) AS start, max(last) AS end,
      datediff('hour', min(first), max(last)) + 1 - any_value(filled.hours) AS gap_hours
    FROM grouped JOIN filled USING (format) GROUP BY format ORDER BY format`);
  return rows.map((r) => ({
    format: String(r.format),
    files: Number(r.files),
    events: Number(r.events),
    sources: texts(r.sources),
    start: String(r.start),
    end: String(r.end),
    gapHours: Number(r.gap_hours),
  }));
}

export type Account = {
  readonly files: number;
  readonly accepted: number;
  readonly refused: number;
  readonly start: string | null;
  readonly end: string | null;
};

/** Read = accepted + refused, over all batches. */
export async function account(lake: Lake): Promise<Account> {
  const [row] = await lake.engine.rows(
    'SELECT count(*) AS files, coalesce(sum(accepted), 0) AS accepted, coalesce(sum(refused), 0) AS refused, min(first) AS start, max(last) AS end FROM batch',
  );
  return {
    files: Number(row?.files),
    accepted: Number(row?.accepted),
    refused: Number(row?.refused),
    start: textOrNull(row?.start),
    end: textOrNull(row?.end),
  };
}

/** Refused records by reason, and some of them with file and line. */
export async function refusals(lake: Lake): Promise<{
  reasons: Record<string, number>;
  examples: { file: string; line: number; reason: string; detail: string }[];
}> {
  const reasons = await lake.engine.rows(
    'SELECT reason, sum(records) AS n FROM refusal GROUP BY reason ORDER BY n DESC, reason',
  );
  const examples = await lake.engine.rows(
    "SELECT file, line + coalesce(line_base, 0) AS line, reason, coalesce(detail, '') AS detail FROM refusal_example JOIN batch USING (seq) LEFT JOIN arrival USING (seq) ORDER BY seq, line LIMIT 50",
  );
  return {
    reasons: Object.fromEntries(reasons.map((r) => [String(r.reason), Number(r.n)])),
    examples: examples.map((r) => ({
      file: String(r.file),
      line: Number(r.line),
      reason: String(r.reason),
      detail: String(r.detail),
    })),
  };
}

/** Where a line of a batch stands for people: the file, and the line in it. */
export type Places = (seq: number, line: number) => { readonly file: string; readonly line: number };

/** Of every batch; lines of a followed file or stream are counted from its beginning. */
export async function placesOf(lake: Lake): Promise<Places> {
  const rows = await lake.engine.rows(
    'SELECT seq, file, coalesce(line_base, 0) AS line_base FROM batch LEFT JOIN arrival USING (seq)',
  );
  const files = new Map(rows.map((r) => [Number(r.seq), { file: String(r.file), lineBase: Number(r.line_base) }]));
  return (seq, line) => ({ file: files.get(seq)?.file ?? '', line: line + (files.get(seq)?.lineBase ?? 0) });
}

const texts = (value: Row[string] | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);
const textOrNull = (value: Row[string] | undefined): string | null => (typeof value === 'string' ? value : null);

/** How many distinct names were contacted over TLS, and of how many of these requests with a path are in sight. */
export async function namesWithPaths(lake: Lake): Promise<{ tls: number; withUrls: number }> {
  const [row] =
    await lake.engine.rows(`WITH tls AS (SELECT DISTINCT name FROM contact WHERE place = 'tls.sni' AND name IS NOT NULL)
    SELECT count(*) AS tls, (SELECT count(DISTINCT name) FROM contact SEMI JOIN tls USING (name) WHERE urls > 0) AS with_urls FROM tls`);
  return { tls: Number(row?.tls), withUrls: Number(row?.with_urls) };
}
