/** Host names as logs, certificates and people write them, brought to one form. */
import { domainToASCII } from 'node:url';
import { type Address, parseAddress } from './address.ts';

/**
 * A normalised host name (ASCII, lower case, no trailing dot, no leading `*.`), or an address, or why it is
 * neither. `port` is what stood behind the host, null where nothing did.
 */
export type ParsedHost =
  | { readonly ok: true; readonly host: string; readonly address: null; readonly port: number | null }
  | { readonly ok: true; readonly host: null; readonly address: Address; readonly port: number | null }
  | { readonly ok: false; readonly why: string };

/** RFC 1035 section 2.3.4, without the trailing dot. */
const MAX_NAME_LENGTH = 253;
const MAX_LABEL_LENGTH = 63;
/** Before IDNA a name may be longer than after; beyond this nothing can be a host and nothing is tried. */
const MAX_INPUT_LENGTH = 1024;

const PLAIN_NAME = /^[a-z0-9._-]+$/;
/** What nearly every name is: legal labels of legal length, the last not beginning with a digit. */
const USUAL_NAME = /^(?:[a-z0-9_-]{1,63}\.)*[a-z_-][a-z0-9_-]{0,62}$/;
/** Any ASCII character that no host name holds. The underscore is legal: `_acme-challenge`, `_dmarc`. */
const ILLEGAL_ASCII = /[^a-z0-9._\-\u0080-\uffff]/i;
const ANY_NON_ASCII = /[\u0080-\uffff]/;
/** The dots of IDNA: ideographic, full-width, half-width ideographic (UTS 46 section 2.3). */
const OTHER_DOTS = /[\u3002\uff0e\uff61]/g;
/** No top-level domain is a number (RFC 3696 section 2): such a text is a broken address. */
const ENDS_IN_NUMBER = /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/;

const refuse = (why: string): { ok: false; why: string } => ({ ok: false, why });

/**
 * Reads one host: trims, drops a port, one trailing dot and a leading `*.`, maps other full stops, turns IDNA into
 * ASCII and lower case. An address (IPv6 with or without brackets) comes back as `address`. Never throws; `why` is
 * a sentence part for people, without the input in it.
 */
export function parseHost(text: string): ParsedHost {
  if (text.length > MAX_INPUT_LENGTH) return refuse(`longer than ${MAX_INPUT_LENGTH} characters`);
  const trimmed = text.trim();
  if (trimmed === '') return refuse('empty');
  if (trimmed.startsWith('[')) return parseBracketed(trimmed);
  const colon = trimmed.indexOf(':');
  if (colon < 0) return parseName(trimmed, null);
  const bare = parseAddress(trimmed);
  if (bare) return { ok: true, host: null, address: bare, port: null };
  const port = parsePort(trimmed.slice(colon + 1));
  if (!port.ok) return port;
  return parseName(trimmed.slice(0, colon), port.port);
}

/** The port in `text`: 0 to 65535; null for an empty text (`host:`). */
export function parsePort(
  text: string,
): { readonly ok: true; readonly port: number | null } | { readonly ok: false; readonly why: string } {
  if (text === '') return { ok: true, port: null };
  if (!/^\d{1,5}$/.test(text)) return refuse('what follows the colon is not a port');
  const port = Number(text);
  return port > 65_535 ? refuse('port above 65535') : { ok: true, port };
}

function parseBracketed(text: string): ParsedHost {
  const end = text.indexOf(']');
  if (end < 0) return refuse('bracket is not closed');
  const address = parseAddress(text.slice(1, end));
  if (address === null || !text.slice(1, end).includes(':')) return refuse('no IPv6 address in the brackets');
  const rest = text.slice(end + 1);
  if (rest !== '' && !rest.startsWith(':')) return refuse('text after the closing bracket');
  const port = parsePort(rest.slice(1));
  return port.ok ? { ok: true, host: null, address, port: port.port } : port;
}

function parseName(text: string, port: number | null): ParsedHost {
  let name = text.replace(OTHER_DOTS, '.').toLowerCase();
  if (name.startsWith('*.')) name = name.slice(2);
  if (name.endsWith('.')) name = name.slice(0, -1);
  if (name.length <= MAX_NAME_LENGTH && USUAL_NAME.test(name)) return { ok: true, host: name, address: null, port };
  if (ILLEGAL_ASCII.test(name)) return refuse('a character that no host name holds');
  if (ANY_NON_ASCII.test(name)) name = domainToASCII(name) || '?';
  const address = parseAddress(name);
  if (address) return { ok: true, host: null, address, port };
  const why = nameFault(name);
  return why === null ? { ok: true, host: name, address: null, port } : refuse(why);
}

function nameFault(name: string): string | null {
  if (name === '') return 'no name left';
  if (!PLAIN_NAME.test(name)) return 'not valid in an internationalised name';
  if (name.length > MAX_NAME_LENGTH) return `longer than ${MAX_NAME_LENGTH} characters`;
  const labels = name.split('.');
  if (labels.includes('')) return 'empty label';
  if (labels.some((label) => label.length > MAX_LABEL_LENGTH))
    return `label longer than ${MAX_LABEL_LENGTH} characters`;
  return ENDS_IN_NUMBER.test(name) ? 'ends in a number, yet is no address' : null;
}
