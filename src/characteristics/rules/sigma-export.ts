/** A characteristic as a Sigma rule on proxy logs (specification 2.1, github.com/SigmaHQ/sigma-specification). */
import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import type { Characteristic } from '../../model/characteristic.ts';
import { traitKinds } from '../../model/characteristic.ts';
import { type Group, groupsOf, type SharedKind } from '../groups.ts';

const FIELDS: Readonly<Record<SharedKind, { readonly field: string; readonly plain: boolean }>> = {
  uri: { field: 'c-uri-stem', plain: true },
  'uri-prefix': { field: 'c-uri-stem|startswith', plain: true },
  'uri-pattern': { field: 'c-uri-stem|re', plain: false },
  'user-agent': { field: 'c-useragent', plain: true },
  cookie: { field: 'cs-cookie|contains', plain: true },
  referrer: { field: 'cs-referrer', plain: true },
};

/** Sigma's own wildcards, and its escape, stand for themselves. */
const literal = (value: string): string => value.replace(/[\\*?]/g, '\\$&');

/** The rule; null where fewer than two groups of attributes could be asked for: one alone never decides. */
export function sigmaOf(characteristic: Characteristic): string | null {
  const groups = groupsOf(characteristic);
  const [first, ...others] = groups;
  if (!first || others.length === 0) return null;
  const { software, name, source, caution, platforms } = characteristic;
  const hidden = [
    ...new Set(characteristic.traits.filter((t) => traitKinds[t.kind].place === null).map((t) => t.kind)),
  ];
  return stringify(
    {
      title: `${software}: ${name}`.slice(0, 250),
      id: uuidOf(characteristic.id),
      status: 'experimental',
      description: [
        `Requests that look like ${software} (${name}): ${spoken(first, others)}.`,
        platforms.length > 0 ? `Means this software on ${platforms.join(', ')} only.` : '',
        hidden.length > 0 ? `Not in proxy logs, so not asked for: ${hidden.join(', ')}.` : '',
        'A match is a reason to look, not a verdict.',
      ]
        .filter((s) => s !== '')
        .join(' '),
      ...(source.url === null ? {} : { references: [source.url] }),
      author: `Virga, from ${source.name}`,
      ...(source.date === null ? {} : { date: source.date }),
      tags: ['attack.command-and-control', 'attack.t1071.001'],
      logsource: { category: 'proxy' },
      detection: { ...selections(groups), condition: condition(first, others) },
      falsepositives: [caution ?? 'Honest software that asks for the same paths under the same user agent'],
      level: 'medium',
    },
    { lineWidth: 0 },
  );
}

/** A selection a group; a list of maps where several fields may show it. */
const selections = (groups: readonly Group[]): Record<string, unknown> =>
  Object.fromEntries(groups.map(({ id, any }) => [id, any.map(({ kind, values }) => mapOf(kind, values))]));

function mapOf(kind: SharedKind, values: readonly string[]): Record<string, readonly string[]> {
  const { field, plain } = FIELDS[kind];
  const written = values.map((value) => (kind === 'cookie' ? `${value}=` : value));
  return { [field]: plain ? written.map(literal) : written.map((value) => `^(?:${value})$`) };
}

/** The path and any of the others; without a path, all of them. */
const condition = (first: Group, others: readonly Group[]): string => {
  const names = others.map((g) => g.id);
  if (first.id !== 'path') return [first.id, ...names].join(' and ');
  return names.length === 1 ? `path and ${names[0]}` : `path and (${names.join(' or ')})`;
};

const spoken = (first: Group, others: readonly Group[]): string => {
  const names = others.map((g) => g.id).join(', ');
  if (first.id !== 'path') return `${first.id}, ${names}`;
  return others.length === 1 ? `path and ${names}` : `path and one of ${names}`;
};

/** Always the same for the same characteristic: a UUID of version 5 in shape (RFC 9562), from SHA-256. */
function uuidOf(id: string): string {
  const hex = createHash('sha256').update(id).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
