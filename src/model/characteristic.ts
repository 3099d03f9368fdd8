import type { Place } from './event.ts';

/** The characteristic: what one piece of adversary software is known to look like, attribute by attribute. */

/**
 * What an attribute is of. `place`: the telemetry that can show it; null where no event column holds it, so that it is
 * told and never compared.
 */
export const traitKinds = {
  uri: { place: 'http.url', says: 'URI' },
  'uri-prefix': { place: 'http.url', says: 'beginning of the URI' },
  /** RE2, of our own making from literal words; meets the whole path. */
  'uri-pattern': { place: 'http.url', says: 'URI of the template' },
  parameter: { place: 'http.url', says: 'query parameter' },
  method: { place: 'http.method', says: 'method' },
  'user-agent': { place: 'http.user_agent', says: 'user agent' },
  cookie: { place: 'http.cookie', says: 'cookie name' },
  referrer: { place: 'http.referrer', says: 'referrer' },
  'host-header': { place: 'http.host', says: 'Host header' },
  mime: { place: 'http.mime', says: 'content type' },
  ja3: { place: 'tls.ja3', says: 'TLS client (JA3)' },
  ja4: { place: 'tls.ja4', says: 'TLS client (JA4)' },
  'request-header': { place: null, says: 'request header' },
  'response-header': { place: null, says: 'response header' },
  'redirect-target': { place: null, says: 'redirect target' },
  body: { place: null, says: 'body encoding' },
  watermark: { place: null, says: 'watermark' },
  origin: { place: null, says: 'address behind the function' },
} as const satisfies Record<string, { place: Place | null; says: string }>;
export type TraitKind = keyof typeof traitKinds;

/** The kind of request that shows an attribute; null: any. */
export type TraitRole = 'get' | 'post' | 'stage' | null;

/** One attribute: any one of the values shows it. */
export type Trait = {
  readonly kind: TraitKind;
  readonly role: TraitRole;
  /** As they stand in an event: path with its first slash, cookie and parameter names, MIME type without parameters. */
  readonly values: readonly string[];
};

/** Where a characteristic is from. */
export type TraitSource = {
  /** For people: the file's name, or the publication. */
  readonly name: string;
  /** The file that it was read from; null for the built-in set. */
  readonly file: string | null;
  readonly url: string | null;
  readonly licence: string | null;
  /** Day of the source or of our check, `YYYY-MM-DD`; null where the file says nothing. */
  readonly date: string | null;
};

/** How often the software calls home, as configured: each pause is `interval` milliseconds, changed by up to `jitter` percent. */
export type Rhythm = { readonly interval: number; readonly jitter: number };

export type Characteristic = {
  /** The same source and content have the same id. */
  readonly id: string;
  /** The configuration, for people. */
  readonly name: string;
  /** Product or family; characteristics of the same one support each other. */
  readonly software: string;
  readonly source: TraitSource;
  readonly traits: readonly Trait[];
  readonly rhythm: Rhythm | null;
  /** Platforms on which alone the attributes mean this software; empty: anywhere. */
  readonly platforms: readonly string[];
  /** What the source says about other software that looks the same, or null. */
  readonly caution: string | null;
};
