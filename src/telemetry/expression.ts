/**
 * Expressions over raw fields, composed into SQL text. They know nothing of the layout: the same
 * mapping runs over the engine's own columns, over split lines and over JSON.
 */

/** How a layout speaks of a raw field: SQL text of type VARCHAR, null where unset. */
export type Fields = {
  readonly text: (name: string) => string;
  /** SQL text of type VARCHAR[], null where unset or empty. */
  readonly list: (name: string) => string;
};

export type Expression = (fields: Fields) => string;

export const text =
  (name: string): Expression =>
  (f) =>
    f.text(name);

export const list =
  (name: string): Expression =>
  (f) =>
    f.list(name);

export const constant =
  (value: string): Expression =>
  () =>
    `'${value.replaceAll("'", "''")}'`;

/** The first of several that is not null. */
export const first =
  (...of: Expression[]): Expression =>
  (f) =>
    `coalesce(${of.map((e) => e(f)).join(', ')})`;

/** A whole number; null where it is none. */
export const integer =
  (name: string): Expression =>
  (f) =>
    `try_cast(${f.text(name)} AS BIGINT)`;

/** A port or status: 0 to 65535. */
export const small =
  (name: string): Expression =>
  (f) =>
    `CAST(try_cast(${f.text(name)} AS USMALLINT) AS INTEGER)`;

/** Seconds as whole milliseconds; rounded to microseconds first, so that 0.0005 and 0.00049996 (the same, as another writer prints it) agree. */
export const milliseconds =
  (name: string): Expression =>
  (f) =>
    `CAST(round(round(CASE WHEN try_cast(${f.text(name)} AS DOUBLE) BETWEEN 0 AND 9e9 THEN try_cast(${f.text(name)} AS DOUBLE) END * 1000000) / 1000) AS BIGINT)`;

/** Seconds since 1970 with a fraction, SQL text; null outside 1970 to 2999 (a broken clock is no time). */
export const epochSeconds = (sql: string): string =>
  `make_timestamp(CAST(round(CASE WHEN try_cast(${sql} AS DOUBLE) BETWEEN 0 AND 32503680000 THEN try_cast(${sql} AS DOUBLE) END * 1000000) AS BIGINT))`;

/** A time with an offset as UTC; SQL of type TIMESTAMPTZ in. Several times faster than AT TIME ZONE, which asks ICU. */
export const inUtc = (sql: string): string => `make_timestamp(epoch_us(${sql}))`;

/**
 * RFC 3339 text, SQL text; without an offset it is UTC. The engine drops an offset when it casts text to TIMESTAMP, so
 * only text that says UTC takes that faster way.
 */
export const isoTime = (sql: string): string =>
  `CASE WHEN right(${sql}, 1) = 'Z' OR right(${sql}, 5) = '+0000' THEN try_cast(${sql} AS TIMESTAMP) ELSE ${inUtc(`try_cast(${sql} AS TIMESTAMPTZ)`)} END`;

/** A field that holds seconds since 1970 or RFC 3339 text. */
export const time =
  (name: string): Expression =>
  (f) => {
    const sql = f.text(name);
    return `CASE WHEN contains(${sql}, ':') THEN ${isoTime(sql)} ELSE ${epochSeconds(sql)} END`;
  };

/** Success or Failure of a status as HTTP and SIP number it. */
export const outcomeOfStatus =
  (name: string): Expression =>
  (f) =>
    `CASE WHEN try_cast(${f.text(name)} AS INTEGER) BETWEEN 400 AND 699 THEN 'Failure' WHEN try_cast(${f.text(name)} AS INTEGER) BETWEEN 100 AND 399 THEN 'Success' END`;

/**
 * A host name: lower case, without trailing dots; SQL text. Give it a plain field: it is read several times. `rtrim` costs
 * more than all the rest, and few names end with a dot.
 */
export const hostText = (sql: string): string =>
  `CASE WHEN ends_with(${sql}, '.') THEN nullif(lower(rtrim(${sql}, '.')), '') WHEN ${sql} <> '' THEN lower(${sql}) END`;

export const hostName =
  (name: string): Expression =>
  (f) =>
    hostText(f.text(name));

/** The host of a Host header or authority: without port, brackets and trailing dot. */
export const authorityHost = (sql: string): string =>
  `CASE WHEN contains(${sql}, ':') THEN nullif(lower(rtrim(regexp_replace(regexp_replace(${sql}, ':[0-9]*$', ''), '^\\[([^\\]]*)\\]$', '\\1'), '.')), '') ELSE ${hostText(sql)} END`;

/** The port of a Host header or authority. */
export const authorityPort = (sql: string): string =>
  `CASE WHEN contains(${sql}, ':') THEN CAST(try_cast(nullif(regexp_extract(${sql}, ':([0-9]{1,5})$', 1), '') AS USMALLINT) AS INTEGER) END`;

/** What stands before the first `mark`, else all of it; SQL text. `split_part` makes a list of every part first. */
const before = (sql: string, mark: string): string =>
  `CASE WHEN contains(${sql}, '${mark}') THEN left(${sql}, strpos(${sql}, '${mark}') - 1) ELSE ${sql} END`;

/**
 * Parts of a request target in a raw field: an absolute URL, the `host:port` of a CONNECT, or a path alone. `steps` are
 * for the format's `steps`: what several parts need is then cut once.
 */
export function targetOf(field: string) {
  const [bare, rest, authority] = [`${field} bare`, `${field} rest`, `${field} authority`];
  const steps: Readonly<Record<string, Expression>> = {
    /** Without query and fragment. */
    [bare]: (f) =>
      `CASE WHEN contains(${f.text(field)}, '#') THEN split_part(split_part(${f.text(field)}, '?', 1), '#', 1) ELSE ${before(f.text(field), '?')} END`,
    /** Without scheme, query and fragment; null where there is no scheme. */
    [rest]: (f) =>
      `CASE WHEN contains(${f.text(bare)}, '://') AND NOT starts_with(${f.text(bare)}, '/') THEN substr(${f.text(bare)}, strpos(${f.text(bare)}, '://') + 3) END`,
    /** Host and port, without credentials; null for a path alone. */
    [authority]: (f) =>
      `CASE WHEN starts_with(${f.text(bare)}, '/') THEN NULL WHEN contains(${f.text(bare)}, '@') THEN regexp_replace(split_part(coalesce(${f.text(rest)}, ${f.text(bare)}), '/', 1), '^.*@', '') WHEN ${f.text(rest)} IS NOT NULL THEN ${before(f.text(rest), '/')} ELSE ${before(f.text(bare), '/')} END`,
  };
  const parts: Readonly<Record<'scheme' | 'host' | 'port' | 'path' | 'query', Expression>> = {
    scheme: (f) =>
      `CASE WHEN ${f.text(rest)} IS NOT NULL THEN lower(left(${f.text(bare)}, strpos(${f.text(bare)}, '://') - 1)) END`,
    host: (f) => authorityHost(f.text(authority)),
    port: (f) => authorityPort(f.text(authority)),
    /** From the first slash after the authority, with or without a scheme before it, to the question mark; null for a bare authority. */
    path: (f) =>
      `CASE WHEN starts_with(${f.text(bare)}, '/') THEN ${f.text(bare)} WHEN ${f.text(rest)} IS NOT NULL THEN CASE WHEN contains(${f.text(rest)}, '/') THEN substr(${f.text(rest)}, strpos(${f.text(rest)}, '/')) END WHEN contains(${f.text(bare)}, '/') THEN substr(${f.text(bare)}, strpos(${f.text(bare)}, '/')) END`,
    query: (f) =>
      `CASE WHEN contains(${f.text(field)}, '?') THEN split_part(substr(${f.text(field)}, strpos(${f.text(field)}, '?') + 1), '#', 1) END`,
  };
  /** All five as columns. */
  const columns = {
    http_request_url_scheme: parts.scheme,
    http_request_url_hostname: parts.host,
    http_request_url_port: parts.port,
    http_request_url_path: parts.path,
    http_request_url_query: parts.query,
  };
  return { steps, columns, ...parts };
}

/** Names of the raw fields that the expressions read, as text and as lists, each once, in order. */
export function readsOf(expressions: readonly Expression[]): { readonly texts: string[]; readonly lists: string[] } {
  const texts = new Set<string>();
  const lists = new Set<string>();
  const note = (names: Set<string>) => (name: string) => {
    names.add(name);
    return 'NULL';
  };
  for (const e of expressions) e({ text: note(texts), list: note(lists) });
  return { texts: [...texts], lists: [...lists] };
}

/** Names of the raw fields that the expressions read, each once. */
export const fieldsOf = (expressions: readonly Expression[]): string[] => {
  const { texts, lists } = readsOf(expressions);
  return [...new Set([...texts, ...lists])];
};
