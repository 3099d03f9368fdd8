import { VirgaError } from '../../../model/errors.ts';
import { authorityHost, type Expression, epochSeconds, outcomeOfStatus, targetOf } from '../../expression.ts';
import type { Format } from '../../format.ts';
import { addressOf, hostOf, known, portOf, timeOf, writtenTime } from '../../readings.ts';
import { expressionLines } from '../expression-lines.ts';
import { apacheTokens } from './apache.ts';
import { nginxTokens } from './nginx.ts';
import { squidTokens } from './squid.ts';
import { type LineShape, lineShape, type Role, type Token } from './token.ts';

/** Servers whose log format an administrator writes, and whether a line's time is the end of the request. */
const servers: Readonly<Record<Server, { readonly tokens: (said: string) => Token[]; readonly ends: boolean }>> = {
  squid: { tokens: squidTokens, ends: true },
  apache: { tokens: apacheTokens, ends: false },
  nginx: { tokens: nginxTokens, ends: true },
};
export type Server = 'squid' | 'apache' | 'nginx';

const url = targetOf('the url');

/** Layout, detection and columns of lines that a server writes by that format. */
export function logFormat(
  server: Server,
  said: string,
  unset: string,
): Pick<Format, 'layout' | 'detect' | 'steps' | 'columns'> {
  const { tokens, ends } = servers[server];
  const shape = lineShape(tokens(said));
  const { layout, fits } = expressionLines(shape.expression, unset);
  const of = (role: Role): string[] => shape.fields.filter((f) => f.role === role).map((f) => f.name);
  const time = timeOfLine(shape, of);
  const took = tookOf(of);
  const line: Line = { of, has: (role) => of(role).length > 0 };
  return {
    layout,
    detect: (head) => head.lines.slice(0, 20).some(fits),
    steps: { 'the url': target(line), ...url.steps },
    columns: {
      ...written(line),
      ...(took === null ? {} : { duration: took }),
      time:
        ends && took !== null ? (f) => `${time(f)} - to_milliseconds(least(coalesce(${took(f)}, 0), 864000000))` : time,
    },
  };
}

type Line = { readonly of: (role: Role) => string[]; readonly has: (role: Role) => boolean };

function timeOfLine({ fields }: LineShape, of: (role: Role) => string[]): Expression {
  const formatted = fields.flatMap(({ name, format }) => (format === null ? [] : [writtenTime(name, format)]));
  const [seconds] = of('seconds');
  const [fraction] = of('fraction');
  const counted: Expression[] =
    seconds === undefined
      ? []
      : [
          (f) =>
            epochSeconds(fraction ? `${f.text(seconds)} || '.' || lpad(${f.text(fraction)}, 3, '0')` : f.text(seconds)),
        ];
  const [iso] = of('iso');
  const all = [...counted, ...(iso ? [timeOf(iso)] : []), ...formatted];
  if (all.length === 0)
    throw new VirgaError('format.mapping', 'The log format has no code for the time, so no record could be dated.');
  return (f) => `coalesce(${all.map((e) => e(f)).join(', ')})`;
}

/** Milliseconds. */
function tookOf(of: (role: Role) => string[]): Expression | null {
  const scales = [
    ['took_ms', 1],
    ['took_us', 0.001],
    ['took_s', 1000],
  ] as const;
  for (const [role, scale] of scales) {
    const [name] = of(role);
    if (name) return (f) => `CAST(round(greatest(0, try_cast(${f.text(name)} AS DOUBLE)) * ${scale}) AS BIGINT)`;
  }
  return null;
}

/** The URL or the target of the request line; else what its parts make up. */
function target({ of, has }: Line): Expression {
  const whole = [
    ...of('url').map(
      (name): Expression =>
        (f) =>
          f.text(name),
    ),
    ...of('request').map(
      (name): Expression =>
        (f) =>
          `nullif(split_part(${f.text(name)}, ' ', 2), '')`,
    ),
  ];
  const [path] = of('path');
  const [query] = of('query');
  if (path)
    whole.push((f) => (query ? `${f.text(path)} || coalesce('?' || ltrim(${f.text(query)}, '?'), '')` : f.text(path)));
  if (whole.length === 0 && has('host')) return () => `'/'`;
  return whole.length === 0 ? () => 'CAST(NULL AS VARCHAR)' : (f) => `coalesce(${whole.map((e) => e(f)).join(', ')})`;
}

/** In quotation marks a header's own ones are escaped. */
const unescaped =
  (of: Expression): Expression =>
  (f) =>
    `CASE WHEN contains(${of(f)}, '\\') THEN regexp_replace(${of(f)}, '\\\\(["\\\\])', '\\1', 'g') ELSE ${of(f)} END`;

/** Columns of the roles that the line has. */
function written(line: Line): Omit<Format['columns'], 'time'> {
  const { of, has } = line;
  const [request] = of('request');
  const text = (role: Role): Expression => known(...of(role));
  const word =
    (n: number): Expression =>
    (f) =>
      `nullif(split_part(${f.text(request ?? '')}, ' ', ${n}), '')`;
  const either = (role: Role, otherwise: Expression | null): Expression | null =>
    has(role) ? text(role) : request ? otherwise : null;
  const method = either('method', word(1));
  const version = either('version', word(3));
  const whole =
    (role: Role): Expression =>
    (f) =>
      `try_cast(${text(role)(f)} AS BIGINT)`;
  const host: Expression = (f) =>
    has('host') ? `coalesce(${url.host(f)}, ${authorityHost(text('host')(f))})` : url.host(f);
  return {
    metadata_log_name: () => `'access'`,
    http_request_url_scheme: (f) =>
      has('scheme') ? `coalesce(${url.scheme(f)}, lower(${text('scheme')(f)}))` : url.scheme(f),
    http_request_url_hostname: host,
    http_request_url_port: (f) => (has('port') ? `coalesce(${url.port(f)}, ${portOf(...of('port'))(f)})` : url.port(f)),
    http_request_url_path: url.path,
    http_request_url_query: url.query,
    ...(method ? { http_request_http_method: method } : {}),
    ...(version ? { http_request_version: (f) => `nullif(regexp_replace(${version(f)}, '^HTTP/', ''), '')` } : {}),
    ...(has('client') ? { src_endpoint_ip: addressOf(...of('client')) } : {}),
    ...(has('client_port') ? { src_endpoint_port: portOf(...of('client_port')) } : {}),
    ...(has('client_mac') ? { src_endpoint_mac: text('client_mac') } : {}),
    ...(has('server')
      ? {
          dst_endpoint_ip: addressOf(...of('server')),
          dst_endpoint_hostname: (f) =>
            `CASE WHEN ${addressOf(...of('server'))(f)} IS NULL THEN ${hostOf(...of('server'))(f)} END`,
        }
      : {}),
    ...(has('server_port') ? { dst_endpoint_port: portOf(...of('server_port')) } : {}),
    ...(has('user') ? { actor_user_name: text('user') } : {}),
    ...(has('status')
      ? { http_response_code: portOf(...of('status')), status: outcomeOfStatus(of('status')[0] ?? '') }
      : {}),
    ...(has('sent') ? { traffic_bytes_in: whole('sent'), http_response_length: whole('sent') } : {}),
    ...(has('received') ? { traffic_bytes_out: whole('received') } : {}),
    ...(has('agent') ? { http_request_user_agent: unescaped(text('agent')) } : {}),
    ...(has('referrer') ? { http_request_referrer: unescaped(text('referrer')) } : {}),
    ...(has('mime') ? { http_response_content_type: text('mime') } : {}),
    ...(has('result') ? { proxy_action: text('result') } : {}),
    ...(has('sni') ? { tls_sni: hostOf(...of('sni')) } : {}),
    ...(has('tls_version') ? { tls_version: text('tls_version') } : {}),
    ...(has('tls_cipher') ? { tls_cipher: text('tls_cipher') } : {}),
  };
}
