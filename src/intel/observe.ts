/** One value as a source writes it → the kind of indicator that it is and its normalised text. */
import type { IndicatorKind } from '../model/indicator.ts';
import { parseAddress } from '../observables/address.ts';
import { parseCidr } from '../observables/cidr.ts';
import { refang } from '../observables/defang.ts';
import { parseJa3, parseJa4 } from '../observables/fingerprint.ts';
import { parseHash } from '../observables/hash.ts';
import { parseHost } from '../observables/host.ts';
import { parseUrl, type Url } from '../observables/url.ts';
import type { RefusalReason } from './feed.ts';

/** What a value is, or why it is nothing; `detail` is a sentence part without the value in it. */
export type Observed =
  | { readonly ok: true; readonly kind: IndicatorKind; readonly value: string }
  | { readonly ok: false; readonly reason: RefusalReason; readonly detail: string };

/** What a source says that a value is; `any` where it says nothing. */
export type Hint = 'any' | 'domain' | 'url' | 'address' | 'hash' | 'certificate' | 'ja3' | 'ja4' | 'email';

const found = (kind: IndicatorKind, value: string): Observed => ({ ok: true, kind, value });
const refuse = (reason: RefusalReason, detail: string): Observed => ({ ok: false, reason, detail });

/** Strict readers, one a hint: only what the hint says. */
const strict: Readonly<Record<Hint, (text: string) => Observed>> = {
  any: observeAny,
  domain: observeDomain,
  url: (text) => observeUrl(text),
  address: observeAddress,
  hash: (text) => fromHash('hash', text),
  certificate: (text) => fromHash('certificate', text),
  ja3: (text) => orRefuse('ja3', parseJa3(text), 'a JA3 has 32 hexadecimal digits'),
  ja4: (text) => orRefuse('ja4', parseJa4(text), 'a JA4 reads like t13d1516h2_8daaf6152771_02713d6af862'),
  email: observeEmail,
};

/** Hints whose sources mix up names, URLs and addresses often enough that the value itself decides. */
const LOOSE: ReadonlySet<Hint> = new Set<Hint>(['domain', 'url', 'address']);

/**
 * The observable in `text`, defanged or not. With a hint the value must be that; names, URLs and addresses that a source
 * mixed up are taken for what they are.
 */
export function observe(text: string, hint: Hint = 'any'): Observed {
  return observeClean(text, hint) ?? observeWritten(text, hint);
}

function observeWritten(text: string, hint: Hint): Observed {
  const bare = refang(text.trim());
  if (bare === '') return refuse('missing-value', 'nothing is written where the value should stand');
  const seen = isCut(bare) ? CUT : byHint(bare, hint);
  return seen.ok && isCut(seen.value) ? CUT : seen;
}

const CUT = refuse('cut-off', 'the value ends in dots');
const isCut = (text: string): boolean => text.endsWith('…') || text.endsWith('...');

function byHint(text: string, hint: Hint): Observed {
  const seen = strict[hint](text);
  if (seen.ok || !LOOSE.has(hint)) return seen;
  const guessed = observeAny(text);
  return guessed.ok && guessed.kind !== 'email' ? guessed : seen;
}

/**
 * The cheap way for what nearly all feeds hold: names and URLs that are normalised already, or defanged with `[.]` and
 * `hxxp` alone. Null: take the long way, which gives the same answer.
 */
function observeClean(text: string, hint: Hint): Observed | null {
  if (hint !== 'any' && !LOOSE.has(hint)) return null;
  const dotted = text.includes('[.]') ? text.replaceAll('[.]', '.') : text;
  if (isCleanHost(dotted)) return found('domain', dotted);
  const bare = dotted.startsWith('hxxp') ? `http${dotted.slice(4)}` : dotted;
  const from = bare.startsWith('https://') ? 8 : bare.startsWith('http://') ? 7 : 0;
  if (from === 0 && hint !== 'url') return null;
  const slash = bare.indexOf('/', from);
  if (slash < 0 || !isCleanHost(bare.slice(from, slash)) || !isCleanPath(bare, slash)) return null;
  return hint !== 'url' && slash === bare.length - 1 ? found('domain', bare.slice(from, slash)) : found('url', bare);
}

/** Whether nothing behind `from` has to be dropped, refused or looked at twice: printable ASCII without `#`, brackets and a dot at the end. */
function isCleanPath(text: string, from: number): boolean {
  if (text.length > MAX_CLEAN || text.endsWith('.')) return false;
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code <= 0x23 || code > 0x7a || UNCLEAN.has(code)) return false;
  }
  return true;
}

const MAX_CLEAN = 4096;
/** `(`, `<`, `[`, backslash, `]`: they may defang something. */
const UNCLEAN: ReadonlySet<number> = new Set([0x28, 0x3c, 0x5b, 0x5c, 0x5d]);

/** The hint-less reading of refanged text. A URL that has only a root path names its host. */
function observeAny(text: string): Observed {
  if (text.includes('://')) return observeUrl(text, true);
  const hash = parseHash(text);
  if (hash) return found('hash', hash.text);
  const ja4 = parseJa4(text);
  if (ja4) return found('ja4', ja4);
  if (text.includes('/')) return parseCidr(text) ? observeAddress(text) : observeUrl(text, true);
  if (text.includes('@')) return observeEmail(text);
  return observeDomain(text);
}

/** Up to this many characters are looked at for a host; a longer text is none. */
const MAX_HOST = 253;

/**
 * Whether `text` is a normalised name already: lower-case ASCII, two labels or more, a top-level domain. Cheap: decides
 * nearly every line of a plain list by character codes alone.
 */
export function isCleanHost(text: string): boolean {
  if (text.length > MAX_HOST) return false;
  let start = 0;
  let labels = 0;
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : DOT;
    if (code === DOT) {
      if (i === start || i - start > 63) return false;
      labels++;
      if (i < text.length) start = i + 1;
    } else if (!isNameCode(code)) return false;
  }
  return labels > 1 && text.length - start > 1 && isLetter(text.charCodeAt(start));
}

const DOT = 0x2e;
const isLetter = (code: number): boolean => code >= 0x61 && code <= 0x7a;
const isNameCode = (code: number): boolean =>
  isLetter(code) || (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x5f;

/** A host name, or the address that stands in its place; a port, `*.` and leading dots are dropped. */
function observeDomain(text: string): Observed {
  const parsed = parseHost(text.replace(/^\.+(?=[^.])/, ''));
  if (!parsed.ok) return refuse('bad-host', parsed.why);
  if (parsed.address) return found(parsed.address.version === 4 ? 'ipv4' : 'ipv6', parsed.address.text);
  const fault = nameFault(parsed.host);
  return fault === null ? found('domain', parsed.host) : refuse('bad-host', fault);
}

/** A name that no public log can hold: one label, or a last label that is no top-level domain. */
function nameFault(host: string): string | null {
  if (!host.includes('.')) return 'one label is no public name';
  return isCleanHost(host) ? null : 'no top-level domain';
}

function observeAddress(text: string): Observed {
  const range = parseCidr(text);
  if (range && range.prefix < (range.version === 4 ? 32 : 128)) return found('cidr', range.text);
  const parsed = parseHost(range ? range.text.slice(0, range.text.indexOf('/')) : text);
  if (!parsed.ok || !parsed.address) return refuse('bad-address', 'no IP address or range');
  return found(parsed.address.version === 4 ? 'ipv4' : 'ipv6', parsed.address.text);
}

function observeUrl(text: string, rootIsHost = false): Observed {
  const parsed = parseUrl(text);
  if (!parsed.ok) return refuse('bad-url', parsed.why);
  const fault = parsed.host === null ? null : nameFault(parsed.host);
  if (fault !== null) return refuse('bad-url', fault);
  if (parsed.scheme === null && !/[/?]/.test(text)) return observeDomain(text);
  if (parsed.scheme === null && parsed.address?.version === 4 && !text.startsWith(parsed.address.text))
    return refuse('bad-url', 'a number where the host should stand');
  const root = rootIsHost && /^[/\\]\s*$/.test(parsed.path) && parsed.query === null;
  return root ? observeDomain(parsed.host ?? parsed.address?.text ?? '') : found('url', writeUrl(parsed));
}

/** Ports that say nothing beyond the scheme (IANA service names). */
const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, ftp: 21, ws: 80, wss: 443 };

/**
 * `scheme://host[:port]/path[?query]`; without a scheme `host/path`. No default port, credentials, fragment; backslashes
 * of the path are slashes, as browsers send them (WHATWG URL, special schemes).
 */
function writeUrl(url: Url): string {
  const scheme = url.scheme === null ? '' : `${url.scheme}://`;
  const address = url.address?.version === 6 ? `[${url.address.text}]` : url.address?.text;
  const hidden = url.port === null || (url.scheme !== null && DEFAULT_PORTS[url.scheme] === url.port);
  const authority = `${url.host ?? address ?? ''}${hidden ? '' : `:${url.port}`}`;
  return `${scheme}${authority}${url.path.replaceAll('\\', '/')}${url.query === null ? '' : `?${url.query}`}`.trimEnd();
}

/** Only the shape: something, an at sign, a host. RFC 5321 allows 320 characters. */
function observeEmail(text: string): Observed {
  const at = text.lastIndexOf('@');
  if (at < 1 || text.length > 320 || /[\s<>"]/.test(text)) return refuse('bad-email', 'no e-mail address');
  const parsed = parseHost(text.slice(at + 1));
  if (!parsed.ok || parsed.host === null) return refuse('bad-email', 'no host after the at sign');
  return found('email', `${text.slice(0, at).toLowerCase()}@${parsed.host}`);
}

/** People write the name of the hash before it. */
const NAMED_HASH = /^(?:md5|sha-?(?:1|224|256|384|512))\s*[:=]\s*/i;

function fromHash(kind: 'hash' | 'certificate', text: string): Observed {
  const hash = parseHash(text.replace(NAMED_HASH, ''));
  return hash ? found(kind, hash.text) : refuse('bad-hash', 'no MD5, SHA-1 or SHA-2 in hexadecimal');
}

function orRefuse(kind: IndicatorKind, value: string | null, why: string): Observed {
  return value === null ? refuse('bad-hash', why) : found(kind, value);
}

/** Whether `text` is an address as it stands: decides the lines of plain address lists before anything dearer. */
export function observeBareAddress(text: string): Observed | null {
  const address = parseAddress(text);
  return address === null ? null : found(address.version === 4 ? 'ipv4' : 'ipv6', address.text);
}
