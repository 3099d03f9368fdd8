import { COMMON_TIME, type Role, strptimeOf, type Token } from './token.ts';

/** `LogFormat` of Apache: https://httpd.apache.org/docs/2.4/mod/mod_log_config.html (checked 2026-11-24). */
const CODE = /%(?:%|(?:!?[0-9,]+)?[<>]?(?:\{([^}]*)\})?(\^?[A-Za-z]{1,2}))/g;

const roles: Readonly<Record<string, Role>> = {
  h: 'client',
  a: 'client',
  u: 'user',
  r: 'request',
  s: 'status',
  b: 'sent',
  B: 'sent',
  O: 'sent',
  I: 'received',
  D: 'took_us',
  T: 'took_s',
  m: 'method',
  U: 'path',
  q: 'query',
  H: 'version',
  v: 'host',
  V: 'host',
};

const headers: Readonly<Record<string, Role>> = {
  'user-agent': 'agent',
  referer: 'referrer',
  host: 'host',
};

/** The text of a `LogFormat` directive; in quotation marks with escapes as in httpd.conf, or bare. */
export function apacheTokens(said: string): Token[] {
  const inside = /^(?:LogFormat\s+)?"((?:[^"\\]|\\.)*)"(?:\s+\S+)?$/.exec(said.trim());
  const format = (inside?.[1] ?? said.trim()).replaceAll('\\"', '"').replaceAll('\\t', '\t');
  const tokens: Token[] = [];
  let at = 0;
  for (const found of format.matchAll(CODE)) {
    const { index } = found;
    if (index > at) tokens.push({ text: format.slice(at, index) });
    at = index + found[0].length;
    tokens.push(found[0] === '%%' ? { text: '%' } : tokenOf(found[1] ?? '', found[2] ?? ''));
  }
  if (at < format.length) tokens.push({ text: format.slice(at) });
  return tokens;
}

function tokenOf(argument: string, code: string): Token {
  if (code === 't') return timeOf(argument);
  const said = argument ? `${code} ${argument}` : code;
  if (code === 'i') return { role: headers[argument.toLowerCase()] ?? 'other', code: said };
  if (code === 'o') return { role: argument.toLowerCase() === 'content-type' ? 'mime' : 'other', code: said };
  if (code === 'x') return { role: variables[argument] ?? 'other', code: said };
  if (code === 'p') return { role: argument === 'remote' ? 'client_port' : 'other', code: said };
  if (code === 'T' && (argument === 'ms' || argument === 'us'))
    return { role: argument === 'ms' ? 'took_ms' : 'took_us', code: said };
  return { role: roles[code] ?? 'other', code: said };
}

/** Without an argument the time stands in brackets of its own. */
function timeOf(argument: string): Token {
  const format = argument.replace(/^(?:begin|end):/, '');
  if (format === '') return { role: 'written', code: 't', format: COMMON_TIME, bracketed: true };
  if (format === 'sec') return { role: 'seconds', code: 't sec' };
  if (format === 'msec_frac') return { role: 'fraction', code: 't msec_frac' };
  if (format === 'msec' || format === 'usec') return { role: 'iso', code: `t ${format}` };
  return { role: 'written', code: 't', format: strptimeOf(format) };
}

const variables: Readonly<Record<string, Role>> = {
  SSL_TLS_SNI: 'sni',
  SSL_PROTOCOL: 'tls_version',
  SSL_CIPHER: 'tls_cipher',
};
