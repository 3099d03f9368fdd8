import { type Expression, epochSeconds, hostText, isoTime } from '../expression.ts';
import type { Cut } from '../layouts/text.ts';

/**
 * The header that a syslog daemon or relay puts before a message, in all its shapes: RFC 3164, RFC 5424, ISO times,
 * Cisco's sequence numbers and marks, no host, no priority, no header at all.
 */

const ISO =
  '[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?(?: ?(?:Z|[+-][0-9]{2}:?[0-9]{2}))?';
const CLOCK = '[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?';

/** Names of time zones that devices write; other names count as UTC. Where one has two meanings, the more frequent one. */
const zones: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  Z: 0,
  WET: 0,
  WEST: 60,
  BST: 60,
  CET: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  IST: 330,
  SGT: 480,
  HKT: 480,
  JST: 540,
  AEST: 600,
  AEDT: 660,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
};
const ZONE = Object.keys(zones).join('|');

const TIME = `(?:(${ISO})|(?:[A-Z][a-z]{2},? )?([A-Z][a-z]{2}) +([0-9]{1,2})(?: ([0-9]{4}))? (${CLOCK})(?: ([0-9]{4}))?(?: (${ZONE})\\b)?|([0-9]{10}\\.[0-9]+))`;

/** The groups of one time in a pattern, under names that begin with `prefix`. */
const timeGroups = (prefix: string): string[] =>
  ['iso', 'month', 'day', 'year', 'clock', 'year2', 'zone', 'epoch'].map((g) => `${prefix} ${g}`);

/** Priority, version, time, and the four words that follow. */
export const syslogCut: Cut = {
  groups: ['syslog pri', 'syslog version', ...timeGroups('syslog'), 'word 1', 'word 2', 'word 3', 'word 4'],
  regex: `^\\s*(?:(?:[0-9]{1,5} )?<([0-9]{1,3})>)?(?:([0-9]{1,2}) )?\\s*(?:[0-9]+: )?[*.:%]?(?:${TIME})?:?\\s*(\\S*)\\s*(\\S*)\\s*(\\S*)\\s*(\\S*)`,
};

/** A time inside a message, as a pattern of its own and the names of its groups. */
export const timePattern = TIME;
export const timeNames = timeGroups;

/** Minutes that a zone is ahead of UTC, SQL text. */
export const zoneMinutes = (zone: string): string =>
  `CASE ${zone} ${Object.entries(zones)
    .map(([name, minutes]) => `WHEN '${name}' THEN ${minutes}`)
    .join(' ')} ELSE 0 END`;

const wall =
  (year: string, p: string): Expression =>
  (f) =>
    `try_strptime(${year} || ' ' || ${f.text(`${p} month`)} || ' ' || ${f.text(`${p} day`)} || ' ' || replace(left(${f.text(`${p} clock`)}, 15), ',', '.'), ['%Y %b %d %H:%M:%S', '%Y %b %d %H:%M:%S.%f'])`;

/** Without a year it is the latest one that does not lie more than a day after the last change of the file. */
const yearless =
  (p: string): Expression =>
  (f) => {
    const latest = `CAST(${f.text('file modified')} AS TIMESTAMP)`;
    const years = [0, 1, 2, 3, 4].map((back) => {
      const at = wall(`CAST(year(${latest} + INTERVAL 1 DAY) - ${back} AS VARCHAR)`, p)(f);
      return back === 0 ? `CASE WHEN ${at} <= ${latest} + INTERVAL 1 DAY THEN ${at} END` : at;
    });
    return `coalesce(${years.join(', ')})`;
  };

/** The time whose groups bear that prefix, in UTC; without an offset it is taken as UTC. */
export const clockOf =
  (p: string): Expression =>
  (f) => {
    const iso = `replace(replace(${f.text(`${p} iso`)}, ',', '.'), '/', '-')`;
    const dated = wall(`coalesce(${f.text(`${p} year`)}, ${f.text(`${p} year2`)})`, p)(f);
    const local = `coalesce(${dated}, CASE WHEN coalesce(${f.text(`${p} year`)}, ${f.text(`${p} year2`)}) IS NULL THEN ${yearless(p)(f)} END)`;
    return `CASE WHEN ${f.text(`${p} iso`)} IS NOT NULL THEN ${isoTime(iso)} WHEN ${f.text(`${p} month`)} IS NOT NULL THEN ${local} - to_minutes(${zoneMinutes(f.text(`${p} zone`))}) WHEN ${f.text(`${p} epoch`)} IS NOT NULL THEN ${epochSeconds(f.text(`${p} epoch`))} END`;
  };

/** For lines that carry no time at all, as some exports cut it off: when the file last changed. */
export const fileTime: Expression = (f) =>
  `CASE WHEN NOT regexp_matches(left(${f.text('raw')}, 120) || ' ', '(?:^|[^0-9a-fA-F:])(?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}[^0-9a-fA-F:].') THEN CAST(${f.text('file modified')} AS TIMESTAMP) END`;

const hasHeader: Expression = (f) =>
  `coalesce(${f.text('syslog pri')}, ${f.text('syslog iso')}, ${f.text('syslog month')}, ${f.text('syslog epoch')}) IS NOT NULL`;
const isFive: Expression = (f) => `${f.text('syslog version')} IS NOT NULL AND ${f.text('syslog pri')} IS NOT NULL`;
const isTag = (sql: string): string => `regexp_full_match(${sql}, '[A-Za-z0-9_./()\\-]+(?:\\[[0-9]+\\])?:')`;
const isHost = (sql: string): string => `regexp_full_match(${sql}, '[A-Za-z0-9][\\w.:\\-]*[\\w]')`;

/** For the `steps` of a format whose layout cuts with `syslogCut`: `syslog time`, `syslog host`, `syslog tag` and `syslog app`. */
export const syslogSteps = {
  'syslog time': clockOf('syslog'),
  'syslog host': (f) =>
    `CASE WHEN NOT (${hasHeader(f)}) OR ${isTag(f.text('word 1'))} AND NOT ${isTag(f.text('word 2'))} THEN NULL WHEN ${isHost(f.text('word 1'))} THEN ${f.text('word 1')} END`,
  'syslog tag': (f) =>
    `CASE WHEN ${isFive(f)} THEN nullif(${f.text('word 2')}, '-') WHEN ${isTag(f.text('word 2'))} THEN ${f.text('word 2')} WHEN ${isTag(f.text('word 1'))} THEN ${f.text('word 1')} END`,
  'syslog app': (f) => `nullif(regexp_replace(${f.text('syslog tag')}, '(?:\\[[0-9]+\\])?:?$', ''), '')`,
} as const satisfies Readonly<Record<string, Expression>>;

/** The time and the sender that the header tells; a line without any time is dated by its file. */
export const syslogColumns = {
  time: (f) => `coalesce(${f.text('syslog time')}, ${fileTime(f)})`,
  device_hostname: (f) => hostText(f.text('syslog host')),
} as const satisfies Readonly<Record<string, Expression>>;
