import { z } from 'zod';
import type { Characteristic, Rhythm, Trait, TraitSource } from '../../model/characteristic.ts';
import { parseJson } from '../../model/json.ts';
import { cookieNames, headerTraits, identified, trait, uriTraits } from '../build.ts';
import { csvRows } from '../csv.ts';
import { TraitFault, type TraitFile, type TraitReader, type TraitRefusal } from '../reader.ts';

/**
 * Configurations that scanners took out of implants (shapes of C2IntelFeeds and of Carbon Black's list): one a record,
 * as JSON lines, CSV or tab-separated text. Equal ones become one characteristic.
 */
type Config = Readonly<Record<string, readonly string[]>>;

const texts = z
  .union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))])
  .transform((v) => [v].flat().map(String));
const recordSchema = z.record(z.string(), z.unknown()).transform((record): Config => {
  const config: Record<string, readonly string[]> = Object.create(null);
  for (const [name, value] of Object.entries(record)) {
    const read = texts.safeParse(value);
    if (read.success) config[name.toLowerCase()] = read.data.filter((t) => !EMPTY.has(t.trim().toLowerCase()));
  }
  return config;
});
const lineSchema = z.union([z.object({ result: recordSchema }).transform((line) => line.result), recordSchema]);

/** What the sources write where a setting is absent. */
const EMPTY: ReadonlySet<string> = new Set(['', 'not found', 'none', 'n/a', 'null', '-']);

const first = (config: Config, ...names: readonly string[]): string | null =>
  names.map((n) => config[n]?.[0]).find((v) => v !== undefined) ?? null;
const all = (config: Config, ...names: readonly string[]): string[] => names.flatMap((n) => config[n] ?? []);

function characteristicOf(config: Config, source: TraitSource): Characteristic | null {
  const urls = all(config, 'c2server', 'domains', 'c2url').flatMap(urisIn);
  const posts = all(config, 'httpposturi');
  const agents = all(config, 'useragent');
  const traits = [
    ...uriTraits(urls, 'get'),
    ...(posts.length > 0 ? [...uriTraits(posts, 'post'), ...trait('method', ['POST'], 'post')] : []),
    ...trait('user-agent', agents),
    ...metadataTraits(all(config, 'httpget_metadata'), 'get'),
    ...metadataTraits(all(config, 'httppost_metadata'), 'post'),
    ...all(config, 'cookie')
      .flatMap((c) => cookieNames(c))
      .flatMap((c) => trait('cookie', [c])),
    ...all(config, 'hostheader', 'host_header')
      .flatMap(hostsIn)
      .flatMap((h) => trait('host-header', [h])),
    ...trait('watermark', [first(config, 'watermark')]),
  ];
  if (!traits.some((t) => t.kind === 'uri' || t.kind === 'user-agent')) return null;
  const paths = traits.find((t) => t.kind === 'uri')?.values ?? [];
  return identified({
    name: `configuration ${[...paths.slice(0, 2), ...posts.slice(0, 1)].join(' ') || (agents[0] ?? '')}`,
    software: softwareOf(config),
    source: { ...source, date: dateOf(config) ?? source.date },
    traits,
    rhythm: rhythmOf(config),
    platforms: [],
    caution: null,
  });
}

/** `host,/path` pairs, several in one text, or a URL: what stands after the host. */
const urisIn = (text: string): string[] =>
  /^[a-z]+:\/\//i.test(text)
    ? [text]
    : text
        .split(',')
        .map((p) => p.trim())
        .filter((p) => p.startsWith('/'));

const hostsIn = (text: string): string[] =>
  text
    .split(',')
    .map((h) =>
      h
        .replace(/^host:/i, '')
        .trim()
        .toLowerCase(),
    )
    .filter((h) => /^[a-z0-9.-]+\.[a-z]{2,}$/.test(h));

/** Lines of a transform: `Name: value` is a header, `name=` before the data in a cookie, `name=value` a parameter, a bare word where the data goes. */
function metadataTraits(given: readonly string[], role: 'get' | 'post'): Trait[] {
  const lines = given.flatMap((t) => t.split('\n')).map((t) => t.trim());
  const inCookie = lines.some((l) => /^cookie$/i.test(l));
  return lines.flatMap((line) => {
    const header = /^([A-Za-z][\w-]*): ?(.*)$/.exec(line);
    if (header) return headerTraits({ [header[1] ?? '']: header[2] ?? '' }, role);
    if (line === '' || /^cookie$/i.test(line)) return [];
    const named = /^&?([\w.-]{1,100})=(.*)$/.exec(line);
    if (named && inCookie) return trait('cookie', [named[1]], role);
    return /^[\w.-]{1,60}$/.test(named?.[1] ?? line) ? trait('parameter', [named?.[1] ?? line], role) : [];
  });
}

/** Some sources name the family; these shapes without one are Cobalt Strike's or Empire's. */
const softwareOf = (config: Config): string =>
  first(config, 'malware', 'family') ?? (config.c2url ? 'Empire' : 'Cobalt Strike');

function rhythmOf(config: Config): Rhythm | null {
  const interval = Number(first(config, 'sleeptime') ?? Number.NaN);
  const jitter = Number(first(config, 'jitter') ?? 0);
  return Number.isInteger(interval) && interval > 0
    ? { interval, jitter: Math.min(Math.max(jitter || 0, 0), 99) }
    : null;
}

/** `2024-06-23 …`, `2021/01/13 …` or `07/15/2020 …`. */
function dateOf(config: Config): string | null {
  const text = first(config, 'lastseen', 'last_seen', 'firstseen', 'first_seen') ?? '';
  const iso = /^(\d{4})[-/](\d{2})[-/](\d{2})/.exec(text);
  if (iso) return `${iso[1]}-${iso[2]}-${iso[3]}`;
  const us = /^(\d{2})\/(\d{2})\/(\d{4})/.exec(text);
  return us ? `${us[3]}-${us[1]}-${us[2]}` : null;
}

const HEAD = /^#?\s*"?(?:firstseen|c2_ip|ip|c2server|domain)"?[,\t]/i;
const FIELD = /"(?:C2Server|HttpPostUri|HttpGet_Metadata|C2Url)"\s*:|\bC2Server\b|\bc2_ip\tfirst_seen\t/;

export const c2Configs = {
  id: 'c2-config',
  name: 'list of implant configurations',
  blindTo: ['the order and encoding of transforms: only names and constants are listed', 'keys, pipes, kill dates'],
  detect: (text) => FIELD.test(text.slice(0, 65_536)),
  read: (text, source) => {
    const read = gather(/^\s*[[{]/.test(text.slice(0, 200)) ? fromJson(text) : fromTable(text), source);
    if (read.characteristics.length === 0) throw new TraitFault('no record holds a URI or a user agent.');
    return read;
  },
} satisfies TraitReader;

function gather(records: Iterable<readonly [number, Config | string]>, source: TraitSource): TraitFile {
  const made = new Map<string, { characteristic: Characteristic; origins: number }>();
  const refused: TraitRefusal[] = [];
  let [count, other] = [0, 0];
  for (const [line, config] of records) {
    count++;
    if (typeof config === 'string') {
      refused.push({ line, why: config });
      continue;
    }
    const characteristic = characteristicOf(config, source);
    if (characteristic === null) {
      other++;
      continue;
    }
    const key = JSON.stringify([
      characteristic.software,
      characteristic.traits.filter((t) => t.kind !== 'watermark'),
      characteristic.rhythm,
    ]);
    const known = made.get(key);
    if (known) other++;
    made.set(key, { characteristic, origins: (known?.origins ?? 0) + 1 });
  }
  return {
    profile: { configurations: made.size },
    characteristics: [...made.values()].map(({ characteristic, origins }) => ({
      ...characteristic,
      caution: origins > 1 ? `seen in ${origins} implants` : null,
    })),
    records: count,
    other,
    refused,
  };
}

function* fromJson(text: string): Generator<readonly [number, Config | string]> {
  const whole = text.trimStart().startsWith('[') ? parse(text) : undefined;
  const items: (readonly [number, unknown])[] = Array.isArray(whole)
    ? whole.map((item: unknown, i) => [i + 1, item] as const)
    : text.split('\n').flatMap((line, i) => (line.trim() === '' ? [] : [[i + 1, parse(line)] as const]));
  for (const [line, item] of items) {
    const read = lineSchema.safeParse(item);
    yield [line, read.success ? read.data : 'not a JSON object'];
  }
}

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function* fromTable(text: string): Generator<readonly [number, Config | string]> {
  const separator = /^[^\n]*\t/.test(text) ? '\t' : ',';
  let names: readonly string[] | null = null;
  for (const { cells, line } of csvRows(text, separator)) {
    if (names === null) {
      if (HEAD.test(cells.join(separator))) names = cells.map((c) => c.trim().toLowerCase().replace(/^#\s*/, ''));
      continue;
    }
    if (cells.length === 1 && cells[0]?.trim() === '') continue;
    if (cells.length < names.length) yield [line, 'fewer columns than the header'];
    else {
      const read = recordSchema.safeParse(Object.fromEntries(names.map((n, i) => [n, cells[i] ?? ''])));
      yield [line, read.success ? read.data : 'not a record'];
    }
  }
}
