import { COMMON_TIME, type Role, type Token } from './token.ts';

/** `log_format` of nginx: https://nginx.org/en/docs/varindex.html (checked 2026-11-24). */
const roles: Readonly<Record<string, Role>> = {
  remote_addr: 'client',
  remote_port: 'client_port',
  realip_remote_addr: 'client',
  remote_user: 'user',
  msec: 'iso',
  time_iso8601: 'iso',
  request: 'request',
  request_method: 'method',
  request_uri: 'url',
  uri: 'path',
  document_uri: 'path',
  args: 'query',
  query_string: 'query',
  status: 'status',
  body_bytes_sent: 'sent',
  bytes_sent: 'sent',
  request_length: 'received',
  bytes_received: 'received',
  request_time: 'took_s',
  session_time: 'took_s',
  http_user_agent: 'agent',
  http_referer: 'referrer',
  http_host: 'host',
  host: 'host',
  connect_host: 'host',
  connect_port: 'port',
  scheme: 'scheme',
  server_protocol: 'version',
  upstream_addr: 'server',
  sent_http_content_type: 'mime',
  upstream_http_content_type: 'mime',
  ssl_server_name: 'sni',
  ssl_preread_server_name: 'sni',
  ssl_protocol: 'tls_version',
  ssl_cipher: 'tls_cipher',
};

/** The text of a `log_format` directive: pieces in quotation marks as in nginx.conf, joined, or the bare text. */
export function nginxTokens(said: string): Token[] {
  const text = said.trim().replace(/;$/, '');
  const pieces = [...text.matchAll(/'((?:[^'\\]|\\.)*)'/g)].map((m) => (m[1] ?? '').replaceAll("\\'", "'"));
  const format =
    pieces.length > 0 && /^(?:log_format\s+\S+\s+(?:escape=\w+\s+)?)?'/.test(text) ? pieces.join('') : text;
  const tokens: Token[] = [];
  let at = 0;
  for (const found of format.matchAll(/\$(?:\{([a-z0-9_]+)\}|([a-z0-9_]+))/g)) {
    const { index } = found;
    if (index > at) tokens.push({ text: format.slice(at, index) });
    at = index + found[0].length;
    const code = found[1] ?? found[2] ?? '';
    tokens.push(
      code === 'time_local' ? { role: 'written', code, format: COMMON_TIME } : { role: roles[code] ?? 'other', code },
    );
  }
  if (at < format.length) tokens.push({ text: format.slice(at) });
  return tokens;
}
