import { arrivalTables } from './arrivals.ts';
import { leaseTables } from './leases.ts';
import { liveTables } from './lookback.ts';
import { noticeTables } from './notices.ts';

/**
 * The lake's tables. A batch is one file, wholly in or wholly out. `contact` is the ledger: one row for each distinct
 * (source, destination, name…) of a batch and day, so that everything which asks "who met whom" reads thousands of rows
 * instead of millions of events. Rows with a verdict, refused records, are there only while a batch is on its way in.
 */
export const LAKE_VERSION = 2;

export const tables = `
CREATE TABLE IF NOT EXISTS lake (version INTEGER);
CREATE TABLE IF NOT EXISTS batch (
  seq INTEGER PRIMARY KEY, id VARCHAR UNIQUE, file VARCHAR, bytes BIGINT,
  accepted BIGINT, refused BIGINT, first TIMESTAMP, last TIMESTAMP, ingested TIMESTAMP
);
CREATE TABLE IF NOT EXISTS part (
  seq INTEGER, part INTEGER, format VARCHAR, accepted BIGINT, first TIMESTAMP, last TIMESTAMP,
  segment VARCHAR, head_lines INTEGER, columns VARCHAR[]
);
CREATE TABLE IF NOT EXISTS refusal (seq INTEGER, reason VARCHAR, records BIGINT);
CREATE TABLE IF NOT EXISTS refusal_example (seq INTEGER, line BIGINT, reason VARCHAR, detail VARCHAR);
CREATE TABLE IF NOT EXISTS contact (
  seq INTEGER, format VARCHAR, day DATE, place VARCHAR, src VARCHAR, dst VARCHAR, dst_port INTEGER, name VARCHAR,
  answers VARCHAR[], ja3 VARCHAR, ja4 VARCHAR, certificate VARCHAR,
  events BIGINT, urls BIGINT, bytes_out BIGINT, bytes_in BIGINT, first TIMESTAMP, last TIMESTAMP, hours INTEGER,
  verdict VARCHAR, part INTEGER, address VARCHAR
);
CREATE TABLE IF NOT EXISTS seen_key (kind VARCHAR, key VARCHAR, name VARCHAR);
CREATE TABLE IF NOT EXISTS keyed (seq INTEGER, edition VARCHAR);
${arrivalTables}
${liveTables}
${leaseTables}
${noticeTables}`;

/** What a workspace of an earlier version lacks. */
export const upgrades = `ALTER TABLE contact ADD COLUMN IF NOT EXISTS address VARCHAR; UPDATE lake SET version = ${LAKE_VERSION}`;
