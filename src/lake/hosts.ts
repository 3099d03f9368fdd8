import { contactSelect } from './contact.ts';
import type { Engine } from './engine.ts';
import type { EventSource, Lake } from './lake.ts';
import { leasesKnown, workOutHoldings } from './leases.ts';

/**
 * Who an address was. Where leases show that a host moved or an address changed hands, the source of a contact and of an
 * event is the host (`laptop@02:…`), not the address; everything that asks "who met whom" then asks about hosts. An
 * address that was one host all the time stays the source. `address` of a contact holds the address where the source is
 * a host.
 */
export async function settleHosts(
  engine: Engine,
  stored: (seq: number) => Promise<readonly EventSource[]>,
): Promise<void> {
  const { any, fresh, seq, upTo } = await leasesKnown(engine);
  if (!any || (!fresh && seq === upTo)) return;
  await engine.run('BEGIN');
  try {
    if (fresh) await workOutHoldings(engine);
    else await engine.run('CREATE OR REPLACE TEMP TABLE holding_changed (address VARCHAR)');
    await rename(engine, upTo);
    await splitShared(engine, stored);
    await engine.run(
      'DELETE FROM holding_known; INSERT INTO holding_known SELECT count(*) + coalesce(sum(seq), 0), $1 FROM lease',
      [seq],
    );
    await engine.run('DROP TABLE holding_changed; DROP TABLE holding_due');
    await engine.run('COMMIT');
  } catch (error) {
    await engine.run('ROLLBACK');
    throw error;
  }
}

/** Contacts to look at: those of addresses of which other things are believed now, and those that came since. */
async function rename(engine: Engine, upTo: number): Promise<void> {
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE holding_due AS SELECT address, 0 AS after FROM holding_changed
     UNION SELECT DISTINCT address, ${Math.trunc(upTo)} FROM holding WHERE moved AND address NOT IN (SELECT address FROM holding_changed)`,
  );
  const due = `coalesce(contact.address, contact.src) IN (SELECT address FROM holding_due WHERE contact.seq > after)`;
  await engine.run(`UPDATE contact SET src = address, address = NULL WHERE address IS NOT NULL AND ${due}`);
  await engine.run(
    `UPDATE contact SET address = src, src = h.host FROM holding h WHERE h.moved AND h.address = contact.src AND contact.address IS NULL
     AND contact.first >= h.since AND contact.last < h.until AND ${due}`,
  );
}

/** A contact of one day may be of several hosts: its events are read again, each with its own time. */
async function splitShared(engine: Engine, stored: (seq: number) => Promise<readonly EventSource[]>): Promise<void> {
  const rows = await engine.rows(
    `SELECT DISTINCT c.seq, c.part, c.format FROM contact c JOIN holding h ON h.moved AND h.address = c.src AND c.first < h.until AND c.last >= h.since
     WHERE c.address IS NULL AND c.src IN (SELECT address FROM holding_due WHERE c.seq > after) ORDER BY c.seq, c.part`,
  );
  for (const row of rows) {
    const [seq, part] = [Number(row.seq), Number(row.part)];
    const source = (await stored(seq))[part];
    if (source) await split(engine, source, seq, part, String(row.format));
  }
}

/** Between address and host while both are one value; no address and no name has it. */
const BOTH = 'chr(31)';

async function split(engine: Engine, source: EventSource, seq: number, part: number, format: string): Promise<void> {
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE holding_split AS SELECT DISTINCT c.src AS address FROM contact c JOIN holding h ON h.moved AND h.address = c.src AND c.first < h.until AND c.last >= h.since
     WHERE c.seq = $1 AND c.part = $2 AND c.address IS NULL`,
    [seq, part],
  );
  await engine.run(
    'DELETE FROM contact WHERE seq = $1 AND part = $2 AND coalesce(address, src) IN (SELECT address FROM holding_split)',
    [seq, part],
  );
  const events = `SELECT * FROM (${source.select}) WHERE verdict IS NULL AND src_endpoint_ip IN (SELECT address FROM holding_split)`;
  const both = held(
    events,
    `CASE WHEN h.host IS NULL THEN e.src_endpoint_ip ELSE e.src_endpoint_ip || ${BOTH} || h.host END`,
  );
  await engine.run(
    `INSERT INTO contact SELECT $1, $2, day, place, CASE WHEN contains(src, ${BOTH}) THEN split_part(src, ${BOTH}, 2) ELSE src END, dst, dst_port, name, answers, ja3, ja4, certificate,
       events, urls, bytes_out, bytes_in, first, last, hours, verdict, $3, CASE WHEN contains(src, ${BOTH}) THEN split_part(src, ${BOTH}, 1) END FROM (${contactSelect(both, source.columns)})`,
    [seq, format, part],
  );
  await engine.run('DROP TABLE holding_split');
}

/** Events whose source is `who` of the event `e` and the holding `h` of its address at its time. */
const held = (events: string, who: string): string =>
  `SELECT e.* REPLACE (${who} AS src_endpoint_ip) FROM (${events}) e LEFT JOIN holding h ON h.moved AND h.address = e.src_endpoint_ip AND e.time >= h.since AND e.time < h.until`;

const asHost = (events: string): string => held(events, 'coalesce(h.host, e.src_endpoint_ip)');

/** The events of a batch with the host as source, where contacts of the batch are of hosts. */
export async function withHosts(
  engine: Engine,
  seq: number,
  sources: readonly EventSource[],
): Promise<readonly EventSource[]> {
  const [concerned] = await engine.rows('SELECT 1 FROM contact WHERE seq = $1 AND address IS NOT NULL LIMIT 1', [seq]);
  if (!concerned) return sources;
  return sources.map((source) =>
    source.columns.includes('src_endpoint_ip')
      ? {
          ...source,
          select: asHost(source.select),
          native: source.native === null ? null : asHost(source.native),
          fromLines: (relation) => asHost(source.fromLines(relation)),
        }
      : source,
  );
}

/** A stretch of time in which a host had an address; RFC 3339, `until` not included. */
export type Holding = {
  readonly address: string;
  readonly host: string;
  readonly name: string | null;
  readonly mac: string | null;
  readonly since: string;
  readonly until: string;
  /** The source of contacts is the host, not the address. */
  readonly moved: boolean;
};

/** Every stretch, the oldest of each address first. */
export async function holdingsOf(lake: Lake): Promise<Holding[]> {
  const rows = await lake.engine.rows(
    'SELECT address, host, name, mac, since, until, moved FROM holding ORDER BY address, since',
  );
  return rows.map((r) => ({
    address: String(r.address),
    host: String(r.host),
    name: typeof r.name === 'string' ? r.name : null,
    mac: typeof r.mac === 'string' ? r.mac : null,
    since: String(r.since),
    until: String(r.until),
    moved: r.moved === true,
  }));
}

/** At which addresses a host was when it met a name. */
export type Whereabouts = {
  readonly src: string;
  readonly name: string;
  readonly address: string;
  readonly first: string;
  readonly last: string;
};

/** Of hosts that moved, or whose address had others; the oldest first. */
export async function whereaboutsOf(
  lake: Lake,
  pairs: readonly (readonly [src: string, name: string])[],
): Promise<Whereabouts[]> {
  if (pairs.length === 0) return [];
  await lake.engine.run('CREATE OR REPLACE TEMP TABLE pair (src VARCHAR, name VARCHAR)');
  await lake.engine.append('pair', pairs);
  const rows =
    await lake.engine.rows(`SELECT p.src, p.name, c.address, min(c.first) AS first, max(c.last) AS last FROM (SELECT DISTINCT * FROM pair) p
    JOIN contact c ON c.src = p.src AND (c.name = p.name OR c.dst = p.name AND c.name IS NULL) WHERE c.address IS NOT NULL GROUP BY ALL ORDER BY first, c.address`);
  return rows.map((r) => ({
    src: String(r.src),
    name: String(r.name),
    address: String(r.address),
    first: String(r.first),
    last: String(r.last),
  }));
}

/** An address with contacts at a time at which no lease says whose it was. */
export type Nameless = {
  readonly address: string;
  readonly events: number;
  readonly first: string;
  readonly last: string;
};

/** The busiest first. A contact of a day counts where any part of the time is not covered. */
export async function withoutHolder(lake: Lake): Promise<Nameless[]> {
  const rows =
    await lake.engine.rows(`SELECT coalesce(c.address, c.src) AS address, sum(events) AS events, min(first) AS first, max(last) AS last FROM contact c
    WHERE c.src IS NOT NULL AND NOT EXISTS (SELECT 1 FROM holding h WHERE h.address = coalesce(c.address, c.src) AND c.first >= h.since AND c.last < h.until)
    GROUP BY 1 ORDER BY events DESC, 1`);
  return rows.map((r) => ({
    address: String(r.address),
    events: Number(r.events),
    first: String(r.first),
    last: String(r.last),
  }));
}

/** An address that was given to another host before the lease of the first had run out: the later lease counts. */
export type Conflict = { readonly address: string; readonly host: string; readonly other: string; readonly at: string };

export async function conflictsOf(lake: Lake): Promise<Conflict[]> {
  const rows = await lake.engine.rows(
    'SELECT address, host, other, changed FROM holding_conflict ORDER BY changed, address',
  );
  return rows.map((r) => ({
    address: String(r.address),
    host: String(r.host),
    other: String(r.other),
    at: String(r.changed),
  }));
}
