import type { Engine } from './engine.ts';

/**
 * Leases: what DHCP told of who had an address. `lease` is what was said, as it was said; `holding` is worked out of it:
 * one row for each stretch of time in which one host had one address. `holding_known` is a mark of what it was
 * worked out of.
 */
export const leaseTables = `
CREATE TABLE IF NOT EXISTS lease (
  seq INTEGER, time TIMESTAMP, address VARCHAR, mac VARCHAR, name VARCHAR, given BOOLEAN, seconds BIGINT
);
CREATE TABLE IF NOT EXISTS holding (
  address VARCHAR, host VARCHAR, name VARCHAR, mac VARCHAR, since TIMESTAMP, until TIMESTAMP, moved BOOLEAN
);
CREATE TABLE IF NOT EXISTS holding_conflict (address VARCHAR, host VARCHAR, other VARCHAR, changed TIMESTAMP);
CREATE TABLE IF NOT EXISTS holding_known (leases BIGINT, seq INTEGER);`;

/** Hexadecimal digits as a hardware address, whatever stands between them; a longer id of a client as it is. */
const MAC = `CASE WHEN length(hex) = 12 THEN regexp_replace(hex, '(..)(..)(..)(..)(..)(..)', '\\1:\\2:\\3:\\4:\\5:\\6') ELSE nullif(left(hex, 64), '') END`;

/** A name is what the client says of itself: one that could be taken for an address, or for anyone, is none. */
const NAME = `CASE WHEN regexp_full_match(said, '[a-z0-9_-][a-z0-9_.-]{0,252}') AND regexp_matches(said, '[a-z]') AND split_part(said, '.', 1) NOT IN ('localhost', 'unknown') THEN said END`;

/** Notes what the events of a part say of leases; OCSF numbers an answer that gives one 5, and the ends 4, 7 and 9. */
export const recordLeases = (
  engine: Engine,
  seq: number,
  events: string,
  columns: ReadonlySet<string>,
): Promise<void> => {
  const column = (name: string, type: string): string => (columns.has(name) ? name : `CAST(NULL AS ${type})`);
  return engine.run(
    `INSERT INTO lease SELECT DISTINCT $1, time, address, ${MAC}, ${NAME}, given, seconds FROM (
      SELECT time, src_endpoint_ip AS address, regexp_replace(lower(${column('src_endpoint_mac', 'VARCHAR')}), '[^0-9a-f]', '', 'g') AS hex,
        rtrim(lower(${column('src_endpoint_hostname', 'VARCHAR')}), '.') AS said, activity_id = 5 AS given, ${column('lease_dur', 'BIGINT')} AS seconds
      FROM (${events}) WHERE verdict IS NULL AND class_uid = 4004 AND activity_id IN (4, 5, 7, 9) AND src_endpoint_ip IS NOT NULL)`,
    [seq],
  );
};

/** A lease without a length lasts until something else is said, but no longer than Windows gives one (8 days; others give hours). */
const LONGEST = 8 * 86_400;

/**
 * Who is meant: the full name where a card has one (a laptop has several cards); else the card with the name that it goes
 * by (a dock's card serves several laptops); else the card; else the name. What is said without a name counts as the
 * name said last of the same card.
 */
const keyed = `told AS (SELECT *, split_part(name, '.', 1) AS own FROM lease),
  labelled AS (SELECT *, CASE WHEN mac IS NULL THEN own ELSE coalesce(own,
      last_value(own IGNORE NULLS) OVER (PARTITION BY mac ORDER BY time ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
      first_value(own IGNORE NULLS) OVER (PARTITION BY mac ORDER BY time ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)) END AS label FROM told),
  full_name AS (SELECT mac, own AS label, min(name) AS full FROM told WHERE mac IS NOT NULL AND contains(name, '.') GROUP BY ALL HAVING count(DISTINCT name) = 1),
  card AS (SELECT label, min(mac) AS only FROM labelled WHERE mac IS NOT NULL AND label IS NOT NULL GROUP BY label HAVING count(DISTINCT mac) = 1),
  keyed AS (SELECT l.*, coalesce(l.mac, c.only) AS card, coalesce(f.full, l.name, l.label) AS called,
      coalesce(f.full, CASE WHEN l.mac IS NULL AND contains(l.name, '.') THEN l.name END, l.label || '@' || coalesce(l.mac, c.only), l.mac, l.label) AS host
    FROM labelled l LEFT JOIN card c ON l.mac IS NULL AND c.label = l.label
    LEFT JOIN full_name f ON f.mac = coalesce(l.mac, c.only) AND f.label = l.label)`;

/**
 * Stretches by address: each answer of the server begins one, which the next that is said of the address ends; the end
 * that another host says is not heard. Stretches of one host that touch are one.
 */
const stretches = `WITH ${keyed},
  heard AS (SELECT *, last_value(CASE WHEN given THEN host END IGNORE NULLS) OVER (PARTITION BY address ORDER BY time, given, host ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS holder FROM keyed WHERE host IS NOT NULL OR NOT given),
  line AS (SELECT *, lead(time) OVER w AS next_time, lead(host) OVER w AS next_host, lead(given) OVER w AS next_given FROM heard
    WHERE given OR host IS NULL OR host = holder WINDOW w AS (PARTITION BY address ORDER BY time, given, host)),
  stretch AS (SELECT address, host, called, card, time AS since, least(time + to_seconds(CASE WHEN seconds BETWEEN 0 AND ${LONGEST} THEN seconds ELSE ${LONGEST} END), coalesce(next_time, TIMESTAMP '9999-12-31')) AS until,
      next_given AND next_host <> host AND seconds BETWEEN 1 AND ${LONGEST} AND next_time < time + to_seconds(seconds) AS cut, next_host, next_time FROM line WHERE given),
  marked AS (SELECT *, sum(CASE WHEN before_host IS NOT DISTINCT FROM host AND before_until = since THEN 0 ELSE 1 END) OVER (PARTITION BY address ORDER BY since, until, host) AS run FROM
    (SELECT *, lag(host) OVER w AS before_host, lag(until) OVER w AS before_until FROM stretch WINDOW w AS (PARTITION BY address ORDER BY since, until, host)))`;

const holdings = `CREATE OR REPLACE TEMP TABLE holding_new AS ${stretches},
  whole AS (SELECT address, host, max(called) AS name, max(card) AS mac, min(since) AS since, max(until) AS until FROM marked GROUP BY address, host, run HAVING max(until) > min(since)),
  shared AS (SELECT address FROM whole GROUP BY address HAVING count(DISTINCT host) > 1),
  wandering AS (SELECT host FROM whole GROUP BY host HAVING count(DISTINCT address) > 1)
  SELECT *, address IN (SELECT address FROM shared) OR host IN (SELECT host FROM wandering) AS moved FROM whole`;

const conflicts = `DELETE FROM holding_conflict;
INSERT INTO holding_conflict ${stretches} SELECT address, host, next_host, next_time FROM marked WHERE cut`;

/** Addresses of which other things are believed than before, where a host moved or an address changed hands. */
const changed = `CREATE OR REPLACE TEMP TABLE holding_changed AS SELECT DISTINCT address FROM (
  (SELECT address, host, since, until FROM holding WHERE moved EXCEPT SELECT address, host, since, until FROM holding_new WHERE moved)
  UNION ALL (SELECT address, host, since, until FROM holding_new WHERE moved EXCEPT SELECT address, host, since, until FROM holding WHERE moved))`;

/** Whether anything came or went since the holdings were worked out; and the newest batch. */
export async function leasesKnown(
  engine: Engine,
): Promise<{ readonly any: boolean; readonly fresh: boolean; readonly seq: number; readonly upTo: number }> {
  const [row] =
    await engine.rows(`SELECT (SELECT count(*) + coalesce(sum(seq), 0) FROM lease) AS leases, (SELECT coalesce(max(seq), 0) FROM batch) AS seq,
    (SELECT coalesce(max(leases), 0) FROM holding_known) AS known, (SELECT coalesce(max(seq), 0) FROM holding_known) AS up_to`);
  const [leases, known] = [Number(row?.leases), Number(row?.known)];
  return { any: leases > 0 || known > 0, fresh: leases !== known, seq: Number(row?.seq), upTo: Number(row?.up_to) };
}

/** Works the holdings out anew, inside a transaction; `holding_changed` then holds the addresses that are concerned. */
export async function workOutHoldings(engine: Engine): Promise<void> {
  await engine.run(holdings);
  await engine.run(changed);
  await engine.run(
    `DELETE FROM holding; INSERT INTO holding SELECT * FROM holding_new; DROP TABLE holding_new; ${conflicts}`,
  );
}
