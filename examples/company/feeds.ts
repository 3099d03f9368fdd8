/** The same nouns in five shapes: STIX 2.1, a MISP event, CSV, a plain list, Zeek's intel file. */

import type { Kind, Listed } from '../../src/replays/list.ts';
import { hex, randomFor } from '../../src/replays/random.ts';

/** A UUID of version 4, always the same for the same label. */
const uuid = (label: string): string => {
  const random = randomFor(`uuid ${label}`);
  const parts = [8, 4, 3, 3, 12].map((length) => random.text(hex, length));
  return `${parts[0]}-${parts[1]}-4${parts[2]}-9${parts[3]}-${parts[4]}`;
};

/** JSON with two spaces and lists of words on one line, as the formatter of this repository wants it. */
const json = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replace(/\[\s+("[^"\n]*"(?:,\s+"[^"\n]*")*)\s+\]/g, (_, words: string) => `[${words.replace(/,\s+/g, ', ')}]`)}\n`;

const patterns: Readonly<Record<Kind, (value: string) => string>> = {
  domain: (value) => `[domain-name:value = '${value}']`,
  url: (value) => `[url:value = '${value}']`,
  ip: (value) => `[ipv4-addr:value = '${value}']`,
  sha256: (value) => `[file:hashes.'SHA-256' = '${value}']`,
};

const fine = (time: string): string => time.replace('Z', '.000Z');

/** A STIX 2.1 bundle: identity, a malware object, indicators, and a relationship for the named ones. */
export const asStix = (all: readonly Listed[]): string => {
  const made = { spec_version: '2.1', created: '2026-09-01T08:00:00.000Z', modified: '2026-09-01T08:00:00.000Z' };
  const identity = {
    type: 'identity',
    id: `identity--${uuid('vendor')}`,
    ...made,
    name: 'Lantern Ridge Intelligence (made up)',
    identity_class: 'organization',
  };
  const malware = { type: 'malware', id: `malware--${uuid('tidalgrey')}`, ...made, name: 'TIDALGREY', is_family: true };
  const indicators = all.map((one) => ({
    type: 'indicator',
    spec_version: '2.1',
    id: `indicator--${uuid(`indicator ${one.value}`)}`,
    created_by_ref: identity.id,
    created: fine(one.created),
    modified: fine(one.created),
    name: one.says,
    indicator_types: ['malicious-activity'],
    pattern: patterns[one.kind](one.value),
    pattern_type: 'stix',
    valid_from: fine(one.from),
    ...(one.until ? { valid_until: fine(one.until) } : {}),
    confidence: one.confidence,
  }));
  const relationships = indicators
    .filter(({ name }) => name.startsWith('TIDALGREY'))
    .map(({ id }) => ({
      type: 'relationship',
      id: `relationship--${uuid(`relationship ${id}`)}`,
      ...made,
      relationship_type: 'indicates',
      source_ref: id,
      target_ref: malware.id,
    }));
  return json({
    type: 'bundle',
    id: `bundle--${uuid('bundle')}`,
    objects: [identity, malware, ...indicators, ...relationships],
  });
};

const mispTypes: Readonly<Record<Kind, readonly [type: string, category: string]>> = {
  domain: ['hostname', 'Network activity'],
  url: ['url', 'Network activity'],
  ip: ['ip-dst', 'Network activity'],
  sha256: ['sha256', 'Payload delivery'],
};

/** A MISP event; hashes stand in a file object, as MISP's own exports have them. */
export const asMisp = (all: readonly Listed[]): string => {
  const unix = (time: string) => String(Date.parse(time) / 1000);
  const attribute = (one: Listed) => {
    const [type, category] = mispTypes[one.kind];
    const about = {
      type,
      category,
      to_ids: one.detect,
      uuid: uuid(`attribute ${one.value}`),
      timestamp: unix(one.created),
    };
    return { ...about, distribution: '1', comment: one.says, deleted: false, value: one.value };
  };
  const files = all.filter(({ kind }) => kind === 'sha256');
  const objects = files.map((one) => ({
    name: 'file',
    'meta-category': 'file',
    uuid: uuid(`object ${one.value}`),
    timestamp: unix(one.created),
    Attribute: [{ ...attribute(one), object_relation: 'sha256' }],
  }));
  const about = {
    uuid: uuid('event'),
    info: 'Functions as second stage, September 2026 (made up)',
    date: '2026-09-21',
  };
  const state = { threat_level_id: '2', analysis: '2', published: true, timestamp: unix('2026-09-21T08:30:00Z') };
  const Orgc = { name: 'CERT Estuary (made up)', uuid: uuid('cert') };
  const Tag = [{ name: 'tlp:clear', colour: '#ffffff' }];
  const Attribute = all.filter(({ kind }) => kind !== 'sha256').map(attribute);
  return json({ Event: { ...about, ...state, Orgc, Tag, Attribute, Object: objects } });
};

const defang = (value: string): string => value.replace(/^http/, 'hxxp').replaceAll('.', '[.]');

/** A plain list: comments, some lines defanged, no dates. */
export const asText = (all: readonly Listed[]): string => {
  const lines = all.map((one, n) => (n % 3 === 1 ? defang(one.value) : one.value));
  const head = [
    '# Community list of bad functions (made up), scraped 2026-10-01',
    '# one a line; no dates, no review',
    '',
  ];
  return `${[...head, ...lines].join('\n')}\n`;
};

const zeekTypes: Readonly<Record<Kind, string>> = {
  domain: 'Intel::DOMAIN',
  url: 'Intel::URL',
  ip: 'Intel::ADDR',
  sha256: 'Intel::FILE_HASH',
};

/** Zeek's intel file: tabs, and URLs without a scheme. */
export const asZeekIntel = (all: readonly Listed[]): string => {
  const head = ['#fields', 'indicator', 'indicator_type', 'meta.source', 'meta.desc', 'meta.url'].join('\t');
  const row = (one: Listed) =>
    [one.value.replace(/^https:\/\//, ''), zeekTypes[one.kind], 'Pilot station sensor (made up)', one.says, '-'].join(
      '\t',
    );
  return `${[head, ...all.map(row)].join('\n')}\n`;
};
