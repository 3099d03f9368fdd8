import { COMMON_TIME, type Role, strptimeOf, type Token } from './token.ts';

/**
 * `logformat` of squid.conf: `% [encoding] [-] [[0]width] [{argument}] code [{argument}]`
 * (https://www.squid-cache.org/Doc/config/logformat, checked 2026-11-24).
 */
const CODE =
  /%(?:%|["[#/']?(-?)(0?)([0-9]*(?:\.[0-9]+)?)(?:\{([^}]*)\})?((?:[a-z]+::)?[<>]?[A-Za-z_]+)(?:\{([^}]*)\})?)/g;

const roles: Readonly<Record<string, Role>> = {
  '>a': 'client',
  '>A': 'client',
  '>p': 'client_port',
  '>eui': 'client_mac',
  '<a': 'server',
  '<A': 'server',
  '<p': 'server_port',
  un: 'user',
  ul: 'user',
  ue: 'user',
  us: 'user',
  ui: 'user',
  ts: 'seconds',
  tu: 'fraction',
  tr: 'took_ms',
  Ss: 'result',
  '>Hs': 'status',
  Hs: 'status',
  rm: 'method',
  '>rm': 'method',
  ru: 'url',
  '>ru': 'url',
  rs: 'scheme',
  '>rs': 'scheme',
  rd: 'host',
  '>rd': 'host',
  rP: 'port',
  '>rP': 'port',
  rp: 'path',
  '>rp': 'path',
  rv: 'version',
  '>rv': 'version',
  '<st': 'sent',
  st: 'sent',
  '>st': 'received',
  mt: 'mime',
  'ssl::>sni': 'sni',
  'tls::>sni': 'sni',
  'ssl::>negotiated_version': 'tls_version',
  'tls::>negotiated_version': 'tls_version',
  'ssl::>negotiated_cipher': 'tls_cipher',
  'tls::>negotiated_cipher': 'tls_cipher',
};

const requestHeaders: Readonly<Record<string, Role>> = {
  'user-agent': 'agent',
  referer: 'referrer',
  host: 'host',
};

/** The names of the formats that Squid has built in. */
const builtIn: Readonly<Record<string, string>> = {
  squid: '%ts.%03tu %6tr %>a %Ss/%03>Hs %<st %rm %ru %[un %Sh/%<a %mt',
  common: '%>a %[ui %[un [%tl] "%rm %ru HTTP/%rv" %>Hs %<st %Ss:%Sh',
  combined: '%>a %[ui %[un [%tl] "%rm %ru HTTP/%rv" %>Hs %<st "%{Referer}>h" "%{User-Agent}>h" %Ss:%Sh',
};

/** The text of a `logformat` line, with or without `logformat name` before it, or the name of a built-in format. */
export function squidTokens(said: string): Token[] {
  const bare = said.trim().replace(/^logformat\s+\S+\s+/, '');
  const format = builtIn[bare] ?? bare;
  const tokens: Token[] = [];
  let at = 0;
  for (const found of format.matchAll(CODE)) {
    const { index } = found;
    if (index > at) tokens.push({ text: format.slice(at, index) });
    at = index + found[0].length;
    tokens.push(found[0] === '%%' ? { text: '%' } : tokenOf(found));
  }
  if (at < format.length) tokens.push({ text: format.slice(at) });
  return tokens;
}

function tokenOf([, left, , width, before, code = '', after]: RegExpExecArray): Token {
  const argument = before ?? after ?? '';
  const padded = width !== undefined && width !== '' && left === '';
  if (code === 'tl' || code === 'tg')
    return { role: 'written', code, padded, format: argument ? strptimeOf(argument) : COMMON_TIME };
  if (code === '>h' || code === '<h') return { ...headerOf(code, argument), padded };
  return { role: roles[code] ?? 'other', code: argument ? `${code} ${argument}` : code, padded };
}

function headerOf(code: string, argument: string): { role: Role; code: string } {
  const [name = ''] = argument.toLowerCase().split(':');
  const role = code === '>h' ? requestHeaders[name] : name === 'content-type' ? 'mime' : undefined;
  return { role: role ?? 'other', code: `${code} ${argument}` };
}
