import { type Expression, hostText } from '../expression.ts';
import type { Head } from '../head.ts';

/** Expressions that many text formats share. */

const ADDRESS = '[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F]*:[0-9a-fA-F:.]*';

/** A pattern, without groups, of an address. */
export const IP = `(?:${ADDRESS})`;

/** The address in a field where other things may stand too; brackets and a zone are taken off. */
export const addressText = (sql: string): string =>
  `CASE WHEN regexp_full_match(${sql}, '\\[?(?:${ADDRESS})(?:%[0-9a-zA-Z]+)?\\]?') THEN regexp_replace(trim(${sql}, '[]'), '%.*$', '') END`;

export const address =
  (...names: readonly string[]): Expression =>
  (f) =>
    names.length === 1
      ? addressText(f.text(names[0] ?? ''))
      : `coalesce(${names.map((name) => addressText(f.text(name))).join(', ')})`;

/** A name where the field holds no address. */
export const nameNotAddress =
  (name: string): Expression =>
  (f) =>
    `CASE WHEN ${addressText(f.text(name))} IS NULL THEN ${hostText(f.text(name))} END`;

/** A port of several fields, the first that is one. */
export const port =
  (...names: readonly string[]): Expression =>
  (f) =>
    `CAST(coalesce(${names.map((name) => `try_cast(${f.text(name)} AS USMALLINT)`).join(', ')}) AS INTEGER)`;

export const whole =
  (...names: readonly string[]): Expression =>
  (f) =>
    `coalesce(${names.map((name) => `try_cast(${f.text(name)} AS BIGINT)`).join(', ')})`;

export const either =
  (...names: readonly string[]): Expression =>
  (f) =>
    names.length === 1 ? f.text(names[0] ?? '') : `coalesce(${names.map((name) => f.text(name)).join(', ')})`;

/** A user without the domain or realm that Windows names go with: `EXAMPLE\\alice`. */
export const userName =
  (...names: readonly string[]): Expression =>
  (f) =>
    `nullif(regexp_replace(${either(...names)(f)}, '^[^\\\\]*\\\\', ''), '')`;

/** IANA protocol numbers that firewalls write: https://www.iana.org/assignments/protocol-numbers, checked 2026-11-24. */
const protocolNames: Readonly<Record<number, string>> = {
  0: 'hopopt',
  1: 'icmp',
  2: 'igmp',
  4: 'ipv4',
  6: 'tcp',
  8: 'egp',
  17: 'udp',
  41: 'ipv6',
  46: 'rsvp',
  47: 'gre',
  50: 'esp',
  51: 'ah',
  58: 'ipv6-icmp',
  88: 'eigrp',
  89: 'ospf',
  94: 'ipip',
  103: 'pim',
  112: 'vrrp',
  115: 'l2tp',
  132: 'sctp',
};

/** A transport protocol by its number, or the name as it stands, in lower case. */
export const protocolText = (sql: string): string =>
  `CASE ${sql} ${Object.entries(protocolNames)
    .map(([number, name]) => `WHEN '${number}' THEN '${name}'`)
    .join(' ')} ELSE lower(${sql}) END`;

export const protocol =
  (...names: readonly string[]): Expression =>
  (f) =>
    protocolText(either(...names)(f));

/** How much of a line is looked at to tell its format: our patterns are linear in the engine, not in JavaScript. */
const LOOK = 2048;

/** One of the first lines fits that pattern. */
export const looksLike = (pattern: string): ((head: Head) => boolean) => {
  const fits = lineFits(pattern);
  return (head) => head.lines.slice(0, 20).some(fits);
};

/** The beginning of the line fits that pattern. */
export function lineFits(pattern: string): (line: string) => boolean {
  const regex = new RegExp(pattern);
  // An object is a shipper's envelope: what it wraps is looked at when it is unwrapped.
  return (line) => !line.startsWith('{') && regex.test(line.length > LOOK ? line.slice(0, LOOK) : line);
}
