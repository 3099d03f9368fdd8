import { type Expression, epochSeconds, first, hostText, inUtc, isoTime, text } from './expression.ts';
import { protocolNames, recordTypes, responseCodeNames } from './numbers.ts';
import { quote } from './sql.ts';

/**
 * Readings of raw fields that many products need. Each takes names in the order of trust: the first that is there
 * counts.
 */

export const anyOf = (...names: readonly string[]): Expression =>
  names.length === 1 ? text(names[0] ?? '') : first(...names.map(text));

/** The same, without the marks that products write for "nothing": `-`, `N/A`, `None`. */
export const known =
  (...names: readonly string[]): Expression =>
  (f) =>
    `coalesce(${names.map((name) => knownText(f.text(name))).join(', ')})`;

const knownText = (sql: string): string =>
  `CASE WHEN lower(trim(${sql})) NOT IN ('', '-', 'n/a', 'na', 'null', 'none', 'unknown', '(null)') THEN trim(${sql}) END`;

/** A port or status. */
export const portOf =
  (...names: readonly string[]): Expression =>
  (f) =>
    `CAST(try_cast(${anyOf(...names)(f)} AS USMALLINT) AS INTEGER)`;

/** An address as the record gives it; null where the field holds something else. A zone or a mask is cut off. */
export const addressOf =
  (...names: readonly string[]): Expression =>
  (f) =>
    addressText(anyOf(...names)(f));

export const addressText = (sql: string): string =>
  `CASE WHEN regexp_full_match(${sql}, '[0-9]{1,3}(?:\\.[0-9]{1,3}){3}(?:/32)?') THEN replace(${sql}, '/32', '') WHEN regexp_full_match(${sql}, '\\[?[0-9a-fA-F]{0,4}:[0-9a-fA-F:.]{1,44}(?:%[0-9a-zA-Z]+)?\\]?(?:/128)?') THEN regexp_replace(regexp_extract(${sql}, '^\\[?([0-9a-fA-F:.]+)', 1), '^(?i:::ffff:)([0-9.]+)$', '\\1') END`;

export const hostOf =
  (...names: readonly string[]): Expression =>
  (f) =>
    hostText(anyOf(...names)(f));

/** Seconds, milli-, micro- or nanoseconds since 1970 as their size tells (from 1973 on), or RFC 3339 text (UTC where it names no zone). */
export const timeOf =
  (...names: readonly string[]): Expression =>
  (f) => {
    const sql = anyOf(...names)(f);
    return `CASE WHEN contains(${sql}, ':') THEN ${isoTime(sql)} ELSE ${epochText(sql)} END`;
  };

const epochText = (sql: string): string => {
  const number = `try_cast(${sql} AS DOUBLE)`;
  return epochSeconds(
    `CASE WHEN ${number} < 1e8 THEN NULL WHEN ${number} < 1e11 THEN ${number} WHEN ${number} < 1e14 THEN ${number} / 1e3 WHEN ${number} < 1e17 THEN ${number} / 1e6 ELSE ${number} / 1e9 END`,
  );
};

/** Times as people write them; with `%z` in each format or in none, else UTC is taken. */
export const writtenTime =
  (name: string, ...formats: readonly string[]): Expression =>
  (f) => {
    const parsed = `try_strptime(${f.text(name)}, [${formats.map(quote).join(', ')}])`;
    return formats.some((format) => format.includes('%z')) ? inUtc(parsed) : parsed;
  };

/** The transport in small letters, whether the record writes its name or its number. */
export const protocolOf =
  (...names: readonly string[]): Expression =>
  (f) => {
    const sql = anyOf(...names)(f);
    return `coalesce(${named(protocolNames, sql)}, lower(${sql}))`;
  };

/** `A`, `AAAA`, `HTTPS`, whether the record writes `1`, `A`, `1 (A)` or `TYPE1`. */
export const recordTypeOf =
  (...names: readonly string[]): Expression =>
  (f) => {
    const sql = anyOf(...names)(f);
    const bare = `regexp_replace(regexp_replace(upper(${sql}), '^[0-9]+ \\(([A-Z0-9-]+)\\)$', '\\1'), '^TYPE', '')`;
    return `coalesce(${named(recordTypes, bare)}, ${bare})`;
  };

/** `NOERROR`, `NXDOMAIN`, whether the record writes the name or the number. */
export const responseCodeOf =
  (...names: readonly string[]): Expression =>
  (f) => {
    const sql = anyOf(...names)(f);
    return `coalesce(${named(responseCodeNames, sql)}, upper(${sql}))`;
  };

/** Success of a DNS answer: only NOERROR is one. */
export const outcomeOfResponse =
  (...names: readonly string[]): Expression =>
  (f) => {
    const sql = anyOf(...names)(f);
    return `CASE WHEN upper(${sql}) IN ('0', 'NOERROR') THEN 'Success' WHEN ${sql} IS NOT NULL THEN 'Failure' END`;
  };

/** Did the gateway let it pass? By the words that gateways use; null for any other word. */
export const outcomeOfAction =
  (...names: readonly string[]): Expression =>
  (f) => {
    const sql = `lower(${anyOf(...names)(f)})`;
    return `CASE WHEN regexp_matches(${sql}, '^(allow|accept|permit|pass|ok$|success|alert|monitor|bypass)') THEN 'Success' WHEN regexp_matches(${sql}, '^(block|den[iy]|drop|reject|reset|refuse|prevent|terminat|fail)') THEN 'Failure' END`;
  };

/** The name of a program by its path, of Windows or Unix. */
export const baseNameOf =
  (...names: readonly string[]): Expression =>
  (f) =>
    `nullif(regexp_extract(${anyOf(...names)(f)}, '[^\\\\/]*$'), '')`;

/** Text that was percent-encoded for the log. */
export const decoded =
  (of: Expression): Expression =>
  (f) =>
    `CASE WHEN contains(${of(f)}, '%') THEN coalesce(try(url_decode(${of(f)})), ${of(f)}) ELSE ${of(f)} END`;

/** A member of every object of a list of objects, as a list: `listOfMembers('answers', 'Rdata')`. */
export const listOfMembers =
  (name: string, member: string): Expression =>
  (f) =>
    `CASE WHEN starts_with(${f.text(name)}, '[') THEN nullif(list_filter(CAST(json_extract_string(try(CAST(${f.text(name)} AS JSON)), '$[*].${member}') AS VARCHAR[]), x -> x IS NOT NULL), []) END`;

/** What the first object of a list has. */
export const memberOfFirst =
  (name: string, member: string): Expression =>
  (f) =>
    `CASE WHEN starts_with(${f.text(name)}, '[') THEN json_extract_string(try(CAST(${f.text(name)} AS JSON)), '$[0].${member}') END`;

/** The name that belongs to a number as the record writes it; SQL text. */
const named = (names: Readonly<Record<string, string>>, sql: string): string =>
  `(MAP {${Object.entries(names)
    .map(([number, name]) => `${quote(number)}: ${quote(name)}`)
    .join(', ')}})[${sql}]`;

/**
 * When the file last changed, for records that carry no time at all. Only as the last choice; the layout must know the
 * field.
 */
export const fileChanged: Expression = (f) => `CAST(${f.text('file modified')} AS TIMESTAMP)`;
