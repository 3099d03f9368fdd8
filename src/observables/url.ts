/** URLs as proxies, feeds and people write them: what Virga needs of them, nothing resolved or decoded. */
import type { Address } from './address.ts';
import { parseHost } from './host.ts';

/** Exactly one is set: a normalised name, or an address. */
type Authority = { readonly host: string; readonly address: null } | { readonly host: null; readonly address: Address };

/** The parts of a URL. */
export type Url = Authority & {
  /** Lower case, without the colon; null where the text has none (`host/path`, `//host/path`). */
  readonly scheme: string | null;
  /** As written; null where the text has none (the scheme's default is not filled in). */
  readonly port: number | null;
  /** From the first slash to `?` or `#`, as written (not decoded, dots not resolved); `/` where there is none. */
  readonly path: string;
  /** Between `?` and `#`; null where there is no `?`. */
  readonly query: string | null;
};

export type ParsedUrl = ({ readonly ok: true } & Url) | { readonly ok: false; readonly why: string };

/** Longer than any browser or proxy takes; a longer text is refused, not cut. */
const MAX_URL_LENGTH = 65_536;

const SCHEME = /^([a-z][a-z0-9+.-]{0,31}):\/\//i;
const CONTROL = /[\u0000-\u001f\u007f]/;
/** What ends the authority. Browsers read a backslash as a slash (WHATWG URL, special schemes). */
const AUTHORITY_END = /[/\\?#]/;
/** IPv4 as browsers also take it: one to four parts, decimal, octal or hex (WHATWG URL, IPv4 parser). */
const NUMERIC_HOST = /^(?:0x[0-9a-f]{0,8}|\d{1,11})(?:\.(?:0x[0-9a-f]{0,8}|\d{1,11})){0,3}\.?$/i;

/**
 * Reads one URL of any scheme with an authority, also without a scheme (`host/path`). Credentials and fragment are
 * dropped. Never throws; `why` is a sentence part for people.
 */
export function parseUrl(text: string): ParsedUrl {
  if (text.length > MAX_URL_LENGTH) return { ok: false, why: `longer than ${MAX_URL_LENGTH} characters` };
  const trimmed = text.trim();
  if (CONTROL.test(trimmed)) return { ok: false, why: 'a control character' };
  const scheme = SCHEME.exec(trimmed)?.[1];
  const start = scheme === undefined ? (trimmed.startsWith('//') ? 2 : 0) : scheme.length + 3;
  const rest = trimmed.slice(start);
  const end = AUTHORITY_END.exec(rest)?.index ?? rest.length;
  if (end === 0) return { ok: false, why: 'no host' };
  const authority = rest.slice(0, end);
  const host = parseHost(plainAddress(authority.slice(authority.lastIndexOf('@') + 1)));
  return host.ok ? assemble(host, scheme?.toLowerCase() ?? null, rest.slice(end)) : host;
}

type Host = Extract<ReturnType<typeof parseHost>, { ok: true }>;

/** Written out per field: a spread costs more here than the parsing. */
function assemble(found: Host, scheme: string | null, tail: string): ParsedUrl {
  const hash = tail.indexOf('#');
  const kept = hash < 0 ? tail : tail.slice(0, hash);
  const mark = kept.indexOf('?');
  const path = (mark < 0 ? kept : kept.slice(0, mark)) || '/';
  const query = mark < 0 ? null : kept.slice(mark + 1);
  return found.host === null
    ? { ok: true, scheme, host: null, address: found.address, port: found.port, path, query }
    : { ok: true, scheme, host: found.host, address: null, port: found.port, path, query };
}

/** `0x7f000001` and `127.1` become `127.0.0.1`, any other text stays; a port is kept. */
function plainAddress(host: string): string {
  const colon = host.indexOf(':');
  const name = colon < 0 ? host : host.slice(0, colon);
  if (!NUMERIC_HOST.test(name) || colon !== host.lastIndexOf(':')) return host;
  try {
    return `${new URL(`http://${name}/`).hostname}${host.slice(name.length)}`;
  } catch {
    return host;
  }
}
