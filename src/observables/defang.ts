/** Defanging: how people write hosts and URLs so that nobody follows them by accident, and the way back. */
import { parseAddress } from './address.ts';

/** Nothing longer is rewritten: it is no host, and a URL of this length is kept as it is. */
const MAX_LENGTH = 65_536;

/** What only defanged text holds. A backslash counts before a dot alone. */
const SIGNS =
  /[[({<]\s?(?:\.|dot|:|:\/\/|\/|@|at)\s?[\])}>]|\[\.|\.\]|(?<=[a-z0-9])\\\.(?=[a-z0-9])|\s(?:dot|\[dot\])\s|^(?:h(?:xx|\*\*|tt?x)ps?|fxps?|meow)\W/i;

const SCHEME = /^(?:h(?:xx|\*\*|ttx|tx)p|meow)(s?)(?=\W)/i;
const FXP = /^fxp(s?)(?=\W)/i;
const SLASHES = /[[({<]\s?:\/\/\s?[\])}>]/g;
const COLON = /[[({<]\s?:\s?[\])}>]/g;
const SLASH = /[[({<]\s?\/\s?[\])}>]/g;
const DOT = / ?[[({<]\s?(?:\.|dot)\s?[\])}>] ?|\[\.|\.\]|(?<=[a-z0-9])\\\.(?=[a-z0-9])/gi;
const DOT_WORD = /(?<=[a-z0-9]) dot (?=[a-z0-9])/gi;
const AT = / ?[[({<]\s?(?:@|at)\s?[\])}>] ?/gi;

/** Whether `text` is written so that it cannot be followed: its author means it as an indicator. */
export function isDefanged(text: string): boolean {
  return text.length <= MAX_LENGTH && SIGNS.test(text);
}

/**
 * `text` as it was before it was defanged: `hxxp`, `[.]`, `(.)`, `{.}`, `[dot]`, ` dot `, `\.`, `[:]`, `[/]`, `[://]`,
 * `[@]`, `[at]`. Text that is not defanged comes back unchanged; the brackets of an IPv6 address stay.
 */
export function refang(text: string): string {
  if (!isDefanged(text)) return text;
  return text
    .replace(SLASHES, '://')
    .replace(COLON, ':')
    .replace(SLASH, '/')
    .replace(DOT, '.')
    .replace(DOT_WORD, '.')
    .replace(AT, '@')
    .replace(SCHEME, 'http$1')
    .replace(FXP, 'ftp$1');
}

/**
 * A host, address, URL or e-mail address in a form that no program turns into a link: `a[.]b`, `hxxps://a[.]b/path.html`,
 * `2001[:]db8[:][:]1`, `user[@]a[.]b`. For display; `refang` gives the same text back.
 */
export function defang(text: string): string {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text);
  if (scheme) {
    const rest = text.slice(scheme[0].length);
    const end = rest.search(/[/?#]/);
    const authority = end < 0 ? rest : rest.slice(0, end);
    return `${(scheme[1] ?? '').replace(/^http/i, 'hxxp').replace(/^ftp/i, 'fxp')}://${dots(authority)}${end < 0 ? '' : rest.slice(end)}`;
  }
  if (text.includes(':') && parseAddress(text) !== null) return text.replaceAll(':', '[:]');
  const slash = text.indexOf('/');
  const host = slash < 0 ? text : text.slice(0, slash);
  return dots(host).replaceAll('@', '[@]') + (slash < 0 ? '' : text.slice(slash));
}

const dots = (host: string): string => host.replaceAll('.', '[.]');
