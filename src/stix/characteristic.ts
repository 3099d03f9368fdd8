/** What adversary software looks like, as STIX 2.1: the software, an indicator of its requests, and that one indicates the other. */
import { quote } from '../patterns/pattern.ts';
import { ourIdentity, statementMarking, tlpMarking } from './marking.ts';
import { domainObject, type StixObject, stamp } from './object.ts';

/** What is written: told by the caller, so that this folder need not know how a characteristic is stored. */
export type SharedSoftware = {
  readonly id: string;
  readonly software: string;
  readonly name: string;
  readonly source: { readonly name: string; readonly url: string | null; readonly licence: string | null };
  /** Milliseconds since 1970: when the source said it. */
  readonly since: number;
  readonly caution: string | null;
  /** Of each group one comparison must be met; two groups at least. */
  readonly groups: readonly {
    readonly id: string;
    readonly any: readonly { readonly kind: string; readonly values: readonly string[] }[];
  }[];
};

const REQUEST = "network-traffic:extensions.'http-request-ext'";
const header = (name: string): string => `${REQUEST}.request_header.'${name}'[*]`;
const regex = (literal: string): string => literal.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');

const comparisons: Readonly<Record<string, (value: string) => string>> = {
  uri: (v) => `${REQUEST}.request_value MATCHES ${quote(`^${regex(v)}([?].*)?$`)}`,
  'uri-prefix': (v) => `${REQUEST}.request_value MATCHES ${quote(`^${regex(v)}`)}`,
  'uri-pattern': (v) => `${REQUEST}.request_value MATCHES ${quote(`^(?:${v})([?].*)?$`)}`,
  'user-agent': (v) => `${header('User-Agent')} = ${quote(v)}`,
  cookie: (v) => `${header('Cookie')} MATCHES ${quote(`(^|; ?)${regex(v)}=`)}`,
  referrer: (v) => `${header('Referer')} = ${quote(v)}`,
};

/** The pattern: the path and any of the others; without a path, all of them. */
export function softwarePattern({ groups }: Pick<SharedSoftware, 'groups'>): string {
  const written = groups.map(({ id, any }) => ({
    id,
    text: any.flatMap(({ kind, values }) => values.flatMap((v) => comparisons[kind]?.(v) ?? [])).join(' OR '),
  }));
  const path = written.find((g) => g.id === 'path');
  const others = written.filter((g) => g.id !== 'path').map((g) => `(${g.text})`);
  return path === undefined ? `[${others.join(' AND ')}]` : `[(${path.text}) AND (${others.join(' OR ')})]`;
}

export function softwareObjects(shared: SharedSoftware): readonly StixObject[] {
  const marks = [
    tlpMarking('clear'),
    ...(shared.source.licence === null ? [] : [statementMarking(shared.source.licence)]),
  ];
  const time = stamp(shared.since);
  const common = { created_by_ref: ourIdentity.id, object_marking_refs: marks.map(({ id }) => id) };
  const references = [
    {
      source_name: shared.source.name,
      ...(shared.source.url === null ? {} : { url: shared.source.url }),
      external_id: shared.id,
    },
  ];
  const software = domainObject('malware', [shared.software], time, time, {
    ...common,
    name: shared.software,
    is_family: true,
    malware_types: ['remote-access-trojan'],
  });
  const indicator = domainObject('indicator', [shared.id], time, time, {
    ...common,
    name: `Requests like ${shared.software}: ${shared.name}`.slice(0, 250),
    description: `Two attributes of one request. A match is a reason to look, not a verdict.${shared.caution === null ? '' : ` ${shared.caution}`}`,
    indicator_types: ['malicious-activity'],
    pattern: softwarePattern(shared),
    pattern_type: 'stix',
    pattern_version: '2.1',
    valid_from: time,
    confidence: 50,
    external_references: references,
  });
  const link = domainObject('relationship', ['indicates', indicator.id, software.id], time, time, {
    ...common,
    relationship_type: 'indicates',
    source_ref: indicator.id,
    target_ref: software.id,
  });
  return [ourIdentity, ...marks, software, indicator, link];
}
