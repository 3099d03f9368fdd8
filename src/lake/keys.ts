/**
 * The keys by which indicators name what was seen: one row for each distinct name, answer, address or fingerprint and
 * each key of it, kept once, as batches come in. A look back joins with these and reads no event that did not match.
 */
import type { Lake } from './lake.ts';

/** What is known of a name by the catalogue: the keys that stand for it, and how its account is written, if it bears one. */
export type NameKeys = {
  /** The name itself first, then the parents that belong to its tenant alone. */
  readonly keys: readonly string[];
  readonly account: string | null;
  /** The platform of a customer's name, with the tenant that is counted there. */
  readonly platform: { readonly id: string; readonly tenant: string } | null;
};

export type KeyKind = 'name' | 'answer' | 'account' | 'address' | 'ja3' | 'ja4' | 'certificate';

/** `edition`: changes whenever `keysOf` may answer otherwise; then all keys are made anew. */
export type Keying = { readonly edition: string; readonly keysOf: (name: string) => NameKeys };

/** Brings the keys up to the newest batch. Cheap where nothing is new. Returns the number of that batch. */
export async function keepKeys(lake: Lake, keying: Keying): Promise<number> {
  const { engine } = lake;
  const [state] = await engine.rows(
    `SELECT (SELECT coalesce(max(seq), 0) FROM batch) AS newest, (SELECT max(seq) FROM keyed WHERE edition = $1) AS done`,
    [keying.edition],
  );
  const newest = Number(state?.newest);
  const done = state?.done === null ? null : Number(state?.done);
  if (done === newest) return newest;
  await engine.run('BEGIN');
  try {
    if (done === null) await engine.run('DELETE FROM seen_key');
    await addKeys(lake, keying, [done ?? 0, newest]);
    await engine.run('DELETE FROM keyed');
    await engine.run('INSERT INTO keyed VALUES ($1, $2)', [newest, keying.edition]);
    await engine.run('COMMIT');
  } catch (error) {
    await engine.run('ROLLBACK');
    throw error;
  }
  return newest;
}

const answered = `SELECT lower(rtrim(answer, '.')) AS name, seq FROM (SELECT unnest(answers) AS answer, seq FROM contact WHERE answers IS NOT NULL AND seq > $1 AND seq <= $2)`;
const isAddress = `(regexp_full_match(name, '[0-9]+(\\.[0-9]+){3}') OR contains(name, ':'))`;

/** Values that are their own key: kind, and the statement that yields `name` and `seq` of the batches behind `$1` up to `$2`. */
const plain: readonly (readonly [kind: string, select: string])[] = [
  [
    'address',
    `SELECT dst AS name, seq FROM contact WHERE dst IS NOT NULL AND place <> 'dns.query' AND seq > $1 AND seq <= $2 UNION ALL SELECT * FROM (${answered}) WHERE ${isAddress}`,
  ],
  ['ja3', 'SELECT ja3 AS name, seq FROM contact WHERE ja3 IS NOT NULL AND seq > $1 AND seq <= $2'],
  ['ja4', 'SELECT ja4 AS name, seq FROM contact WHERE ja4 IS NOT NULL AND seq > $1 AND seq <= $2'],
  [
    'certificate',
    'SELECT certificate AS name, seq FROM contact WHERE certificate IS NOT NULL AND seq > $1 AND seq <= $2',
  ],
];

/** Names, whose keys the catalogue knows. */
const named: readonly (readonly [kind: 'name' | 'answer', select: string])[] = [
  ['name', 'SELECT name, seq FROM contact WHERE name IS NOT NULL AND seq > $1 AND seq <= $2'],
  ['answer', `SELECT * FROM (${answered}) WHERE contains(name, '.') AND NOT ${isAddress}`],
];

/** Names that are keyed at a time. */
const BLOCK = 20_000;

async function addKeys(lake: Lake, keying: Keying, batches: readonly [after: number, upTo: number]): Promise<void> {
  const { engine } = lake;
  const unknown = (kind: string, select: string): string =>
    `SELECT DISTINCT name FROM (${select}) ANTI JOIN (SELECT name FROM seen_key WHERE kind = '${kind}') USING (name)`;
  for (const [kind, select] of plain)
    await engine.run(`INSERT INTO seen_key SELECT '${kind}', name, name FROM (${unknown(kind, select)})`, batches);
  for (const [kind, select] of named) {
    await engine.run(
      `CREATE OR REPLACE TEMP TABLE fresh AS SELECT name, row_number() OVER () AS n FROM (${unknown(kind, select)})`,
      batches,
    );
    for (let from = 0; ; from += BLOCK) {
      const rows = await engine.rows('SELECT name FROM fresh WHERE n > $1 AND n <= $2', [from, from + BLOCK]);
      if (rows.length === 0) break;
      await engine.append(
        'seen_key',
        rows.flatMap((row) => rowsOf(kind, String(row.name), keying)),
      );
    }
    await engine.run('DROP TABLE fresh');
  }
}

type KeyRow = readonly [kind: string, key: string, name: string];

function rowsOf(kind: 'name' | 'answer', name: string, { keysOf }: Keying): KeyRow[] {
  const { keys, account, platform } = keysOf(name);
  const rows = keys.map((key): KeyRow => [kind, key, name]);
  if (kind === 'answer') return rows;
  if (account !== null) rows.push(['account', account, name], accountHint(account, name));
  if (platform !== null) rows.push(['platform', `${platform.id} ${platform.tenant}`, name]);
  return rows;
}

/**
 * What another name of the same account must have for certain: the account as one of its labels where this name has it so,
 * else the same last two labels.
 */
function accountHint(account: string, name: string): KeyRow {
  const labels = name.split('.');
  const own = account.slice(account.indexOf(':') + 1);
  return labels.includes(own) ? ['account-label', own, name] : ['account-tail', labels.slice(-2).join('.'), name];
}

/** Makes `recent`, what the batches behind `after` up to `upTo` hold; with it, `candidates` asks of these alone. */
export async function markRecent(lake: Lake, after: number, upTo: number): Promise<void> {
  await lake.engine.run('CREATE OR REPLACE TEMP TABLE recent (kind VARCHAR, name VARCHAR)');
  for (const [kind, select] of [...plain, ...named])
    await lake.engine.run(`INSERT INTO recent SELECT DISTINCT '${kind}', name FROM (${select})`, [after, upTo]);
}

/** Keys of these kinds; of recent names where only those are asked about. Account hints belong to names. */
const keysOfKind = (recent: boolean, ...kinds: readonly string[]): string =>
  kinds
    .map((kind) => {
      const held = kind.startsWith('account') ? 'name' : kind;
      const among = recent ? ` AND name IN (SELECT name FROM recent WHERE kind = '${held}')` : '';
      return `SELECT key FROM seen_key WHERE kind = '${kind}'${among}`;
    })
    .join(' UNION ALL ');

/** The host of a normalised URL, as SQL. */
const urlHost = `regexp_extract(value, '^(?:[a-z][a-z0-9+.-]*://)?(?:\\[([^\\]]+)\\]|([^/:?#]+))', ['six', 'host'])`;

/**
 * Of the rows of `news` (the indicator log's columns), those that may name something in the batches (in the recent ones
 * alone, after `markRecent`): a superset of those that do, by joins alone. Wildcards and ranges, which no join decides,
 * are all in it.
 */
export function candidates(news: string, recent: boolean): string {
  const keys = (...kinds: readonly string[]): string => keysOfKind(recent, ...kinds);
  const domains = `SELECT key, seq, value FROM ${news} WHERE kind = 'domain' AND NOT alike`;
  const met = [
    `SELECT key, seq FROM (${domains}) WHERE value IN (${keys('name', 'answer')})`,
    `SELECT key, seq FROM (SELECT key, seq, unnest(string_split(value, '.')) AS label FROM (${domains})) WHERE label IN (${keys('account-label')})`,
    `SELECT key, seq FROM (${domains}) WHERE regexp_extract(value, '[^.]*\\.[^.]*$') IN (${keys('account-tail')})`,
    `SELECT key, seq FROM (SELECT key, seq, ${urlHost} AS part FROM ${news} WHERE kind = 'url' AND NOT alike)
       WHERE coalesce(nullif(part.six, ''), part.host) IN (${keys('name', 'address')})`,
    `SELECT key, seq FROM ${news} WHERE kind IN ('ipv4', 'ipv6') AND value IN (${keys('address')})`,
    `SELECT key, seq FROM ${news} WHERE kind = 'ja3' AND value IN (${keys('ja3')})`,
    `SELECT key, seq FROM ${news} WHERE kind = 'ja4' AND value IN (${keys('ja4')})`,
    `SELECT key, seq FROM ${news} WHERE kind IN ('certificate', 'hash') AND value IN (${keys('certificate')})`,
    `SELECT key, seq FROM ${news} WHERE alike OR kind = 'cidr'`,
  ];
  return `SELECT n.* FROM ${news} n SEMI JOIN (${met.join('\nUNION ALL\n')}) m USING (key, seq)`;
}

/** The names that stand for each of these keys. */
export async function namesFor(lake: Lake, kind: KeyKind, keys: readonly string[]): Promise<Map<string, string[]>> {
  const names = new Map<string, string[]>();
  if (keys.length === 0) return names;
  await askFor(lake, keys);
  const rows = await lake.engine.rows(
    `SELECT key, name FROM seen_key WHERE kind = $1 AND key IN (SELECT key FROM asked_key) ORDER BY key, name`,
    [kind],
  );
  for (const { key, name } of rows) {
    const list = names.get(String(key));
    if (list) list.push(String(name));
    else names.set(String(key), [String(name)]);
  }
  return names;
}

/** Everything of one kind that was seen: names, CNAME answers or addresses. */
export async function allSeen(lake: Lake, kind: 'name' | 'answer' | 'address'): Promise<string[]> {
  const rows = await lake.engine.rows('SELECT name FROM seen_key WHERE kind = $1 AND key = name ORDER BY name', [kind]);
  return rows.map((row) => String(row.name));
}

/** How many sources met each of these names, and in how many events. */
export async function countsOf(
  lake: Lake,
  names: readonly string[],
): Promise<Map<string, { sources: number; events: number }>> {
  if (names.length === 0) return new Map();
  await askFor(lake, names);
  const rows = await lake.engine.rows(
    'SELECT name, count(DISTINCT src) AS sources, CAST(sum(events) AS DOUBLE) AS events FROM contact WHERE name IN (SELECT key FROM asked_key) GROUP BY name',
  );
  return new Map(rows.map((r) => [String(r.name), { sources: Number(r.sources), events: Number(r.events) }]));
}

/** Up to four of the names that led to each of these answers or addresses: by a DNS answer, or on a connection. */
export async function namesLedTo(lake: Lake, targets: readonly string[]): Promise<Map<string, string[]>> {
  if (targets.length === 0) return new Map();
  await askFor(lake, targets);
  const rows = await lake.engine.rows(`SELECT target, min(name, 4) AS names FROM (
      SELECT dst AS target, name FROM contact WHERE name IS NOT NULL AND place <> 'dns.query' AND dst IN (SELECT key FROM asked_key)
      UNION SELECT * FROM (SELECT lower(rtrim(answer, '.')) AS target, name FROM (SELECT name, unnest(answers) AS answer FROM contact WHERE answers IS NOT NULL))
        WHERE target IN (SELECT key FROM asked_key)) GROUP BY target`);
  return new Map(rows.map((r) => [String(r.target), Array.isArray(r.names) ? r.names.map(String) : []]));
}

async function askFor(lake: Lake, keys: readonly string[]): Promise<void> {
  await lake.engine.run('CREATE OR REPLACE TEMP TABLE asked_key (key VARCHAR)');
  await lake.engine.append(
    'asked_key',
    [...new Set(keys)].map((key) => [key]),
  );
}

/** Names of customers on platforms, as `platformsSeen` takes them. */
export async function platformNames(lake: Lake): Promise<[name: string, platform: string, tenant: string][]> {
  const rows = await lake.engine.rows("SELECT name, key FROM seen_key WHERE kind = 'platform'");
  return rows.map((row) => {
    const key = String(row.key);
    const space = key.indexOf(' ');
    return [String(row.name), key.slice(0, space), key.slice(space + 1)];
  });
}
