import type { Expression } from '../expression.ts';

/** Class of a record of a firewall or gateway: DNS where it holds a question, HTTP where it holds a URL, a flow where it holds ends. */
export const classBy =
  (parts: {
    readonly dns?: string;
    readonly url?: string | Expression;
    readonly ends: readonly string[];
  }): Expression =>
  (f) => {
    const url = typeof parts.url === 'string' ? f.text(parts.url) : parts.url?.(f);
    return `CASE ${parts.dns ? `WHEN ${f.text(parts.dns)} IS NOT NULL THEN 4003 ` : ''}${url ? `WHEN ${url} IS NOT NULL THEN 4002 ` : ''}WHEN ${parts.ends.map((e) => `${f.text(e)} IS NOT NULL`).join(' OR ')} THEN 4001 ELSE 0 END`;
  };

/** A date and a clock in two fields, and an offset such as `+0200` in a third, as UTC. */
export const dated =
  (date: string, clock: string, offset: string): Expression =>
  (f) =>
    `CASE WHEN ${f.text(date)} IS NOT NULL THEN try_cast(${f.text(date)} || ' ' || ${f.text(clock)} AS TIMESTAMP) - ${offsetInterval(f.text(offset))} END`;

/** `+0200`, `-05:00`, `+11`: SQL text of type INTERVAL; zero where it is none. */
export const offsetInterval = (sql: string): string =>
  `to_minutes(coalesce(CASE WHEN regexp_full_match(${sql}, '[+-][0-9]{1,2}:?([0-9]{2})?') THEN (CASE WHEN starts_with(${sql}, '-') THEN -1 ELSE 1 END) * (CAST(regexp_extract(${sql}, '([0-9]{1,2}?)(?::?[0-9]{2})?$', 1) AS INTEGER) * 60 + coalesce(try_cast(regexp_extract(${sql}, '[0-9]:?([0-9]{2})$', 1) AS INTEGER), 0)) END, 0))`;

/** Seconds, milliseconds, microseconds or nanoseconds since 1970, told by how many digits there are. */
export const epochOf =
  (...names: readonly string[]): Expression =>
  (f) => {
    const sql = names.length === 1 ? f.text(names[0] ?? '') : `coalesce(${names.map((n) => f.text(n)).join(', ')})`;
    return `CASE WHEN regexp_full_match(${sql}, '[0-9]{9,10}(?:\\.[0-9]+)?') THEN make_timestamp(CAST(round(CAST(${sql} AS DECIMAL(28, 9)) * 1000000) AS BIGINT)) WHEN regexp_full_match(${sql}, '[0-9]{12,19}') THEN make_timestamp(CAST(rpad(left(${sql}, 16), 16, '0') AS BIGINT)) END`;
  };

/** A firewall that passes or blocks has done what it was told; how it decided stands in `disposition`. */
export const decided =
  (failed: string, ...names: readonly string[]): Expression =>
  (f) =>
    `CASE ${failed ? `WHEN ${failed} THEN 'Failure' ` : ''}WHEN ${names.map((n) => `${f.text(n)} IS NOT NULL`).join(' OR ')} THEN 'Success' END`;

const WRITTEN = [
  '%b %d %Y %H:%M:%S',
  '%b %d %Y %H:%M:%S.%f',
  '%b %d %H:%M:%S %Y',
  '%a %b %d %H:%M:%S %Y',
  '%d %b %Y %H:%M:%S',
  '%d/%b/%Y:%H:%M:%S',
  '%Y/%m/%d %H:%M:%S',
  '%Y/%m/%d %H:%M:%S.%f',
  '%d/%m/%Y %H:%M:%S',
];

/** A time in one of the ways in which products write it: digits since 1970, ISO, or with the name of a month; UTC where no offset stands there. */
export const anyTime = (sql: string): string => {
  const bare = `regexp_replace(regexp_replace(${sql}, ' +', ' ', 'g'), ' ?(?:UTC|GMT|Z)$', '')`;
  return `CASE WHEN regexp_full_match(${sql}, '[0-9.]+') THEN ${epochOf('t')({ text: () => sql, list: () => sql })} WHEN regexp_matches(${sql}, '^[0-9]{4}-') THEN CAST(try_cast(${sql} AS TIMESTAMPTZ) AS TIMESTAMP) ELSE coalesce(try_strptime(${bare}, [${WRITTEN.map((w) => `'${w}'`).join(', ')}]), CAST(try_strptime(${sql}, ['%d/%b/%Y:%H:%M:%S %z', '%b %d %Y %H:%M:%S %z']) AS TIMESTAMP)) END`;
};
