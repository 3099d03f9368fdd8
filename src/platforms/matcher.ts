/** Whose endpoint is this? The catalogue's answer for a host, a URL or a chain of names. Nothing here reads or asks anything. */
import type { Classification, Endpoint } from '../model/endpoint.ts';
import { parseHost } from '../observables/host.ts';
import { parseUrl } from '../observables/url.ts';
import { createCache } from './cache.ts';
import { platformEndpoint } from './endpoints.ts';
import { type Match, matchStripped } from './lookup.ts';
import { namelessEndpoint, ordinaryEndpoint } from './ordinary.ts';
import { withPath } from './paths.ts';

/** `match` only where the path of a URL can say more. */
type Known = { readonly endpoint: Endpoint; readonly match: Match | null };

/** Most events are for few names. A hit costs 0.2 µs, a look-up 1 to 2 µs, and a larger cache more than that in garbage. */
const CACHED_HOSTS = 4_096;
/** No host is longer; anything else is not worth remembering. */
const MAX_CACHED_LENGTH = 255;

const cache = createCache<Known>(CACHED_HOSTS);

/** What only a URL, and never a plain host, holds. */
const URL_MARK = /[/\\?#@]/;

/**
 * The endpoint that a host name stands for. The text is normalised first, so `host` of the answer may differ from it.
 * Never throws: an address, or a text that is no host, comes back with every field null and not blockable.
 */
export function classifyHost(host: string): Endpoint {
  return look(host).endpoint;
}

/** As `classifyHost`, with what the path of a request to that host names besides. */
export function classifyPath(host: string, path: string): Endpoint {
  const { endpoint, match } = look(host);
  return match === null ? endpoint : withPath(endpoint, match, path);
}

/** The endpoint of a host or URL as a person or log writes it, the path of a URL counted; or why it is neither. */
export function classify(input: string): Classification {
  return URL_MARK.test(input) ? classifyUrl(input) : classifyName(input);
}

function look(text: string): Known {
  const before = cache.get(text);
  if (before !== undefined) return before;
  const found = lookUp(text);
  if (text.length <= MAX_CACHED_LENGTH) cache.set(text, found);
  return found;
}

function lookUp(text: string): Known {
  const parsed = parseHost(text);
  if (!parsed.ok) return { endpoint: namelessEndpoint(text), match: null };
  if (parsed.host === null) return { endpoint: namelessEndpoint(parsed.address.text), match: null };
  const match = matchStripped(parsed.host);
  if (match === null) return { endpoint: ordinaryEndpoint(parsed.host), match };
  return { endpoint: platformEndpoint(parsed.host, match), match: match.platform.paths.length > 0 ? match : null };
}

function classifyName(input: string): Classification {
  const parsed = parseHost(input);
  return parsed.ok ? { ok: true, endpoint: classifyHost(parsed.host ?? parsed.address.text) } : parsed;
}

function classifyUrl(input: string): Classification {
  const parsed = parseUrl(input);
  return parsed.ok ? { ok: true, endpoint: classifyPath(parsed.host ?? parsed.address.text, parsed.path) } : parsed;
}
