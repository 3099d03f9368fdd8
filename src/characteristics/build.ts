import { createHash } from 'node:crypto';
import type { Characteristic, Trait, TraitKind, TraitRole } from '../model/characteristic.ts';

/** A trait of the values that are set, each once; nothing where none is. */
export function trait(
  kind: TraitKind,
  values: readonly (string | null | undefined)[],
  role: TraitRole = null,
): Trait[] {
  const kept = [...new Set(values.filter((v) => v !== null && v !== undefined && v !== '' && v.length <= MAX_VALUE))];
  return kept.length === 0 ? [] : [{ kind, role, values: kept.filter((v) => v !== null && v !== undefined) }];
}

/** Longer than any user agent or path that a profile has good reason to set. */
const MAX_VALUE = 4096;

/** A path and its query parameters as traits; a URL of any form, or what stands after the host. */
export function uriTraits(uris: readonly string[], role: TraitRole, begins = false): Trait[] {
  const paths = uris.map(pathOf).filter((p) => p !== '/' && p !== '');
  const parameters = uris.flatMap(parametersOf);
  return [...trait(begins ? 'uri-prefix' : 'uri', paths, role), ...trait('parameter', parameters, role)];
}

/** The path with its first slash: without scheme, host, query and fragment. */
export function pathOf(uri: string): string {
  const rest = uri.replace(/^[a-z][a-z0-9+.-]{0,31}:\/\/[^/?#]*/i, '');
  const path = rest.split(/[?#]/, 1)[0] ?? '';
  return path.startsWith('/') ? path : `/${path}`;
}

/** Names of the query parameters. */
const parametersOf = (uri: string): string[] => {
  const mark = uri.indexOf('?');
  if (mark < 0) return [];
  const query = uri.slice(mark + 1).split('#', 1)[0] ?? '';
  return query.split('&').map((pair) => pair.split('=', 1)[0] ?? '');
};

/** Names of the cookies in the value of a Cookie header. */
export const cookieNames = (header: string): string[] =>
  header.split(';').flatMap((pair) => {
    const at = pair.indexOf('=');
    const name = (at < 0 ? '' : pair.slice(0, at)).trim();
    return /^[\w.~!#$%&'*+^`|-]{1,100}$/.test(name) ? [name] : [];
  });

/** `text/html; charset=utf-8` → `text/html`. */
export const mimeOf = (contentType: string): string => (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();

/** Request headers as traits: those that events have columns for each by its own kind, the others as they are. */
export function headerTraits(headers: Readonly<Record<string, string>>, role: TraitRole): Trait[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    switch (name.toLowerCase()) {
      case 'user-agent':
        return trait('user-agent', [value], role);
      case 'cookie':
        return cookieNames(value).flatMap((cookie) => trait('cookie', [cookie], role));
      case 'referer':
        return trait('referrer', [value], role);
      case 'host':
        return trait('host-header', [value.toLowerCase().replace(/:\d+$/, '')], role);
      default:
        return trait('request-header', [`${name}: ${value}`], role);
    }
  });
}

/** The id of a characteristic: the same source, name and traits give the same. */
export function identified(made: Omit<Characteristic, 'id'>): Characteristic {
  const facts = JSON.stringify([made.source.name, made.software, made.name, made.traits, made.rhythm]);
  return { id: `characteristic--${createHash('sha256').update(facts).digest('hex').slice(0, 24)}`, ...made };
}
