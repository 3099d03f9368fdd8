/** The request of a row as text: `target` as it stands on the wire or in the record, `full` with scheme and host; null where not known. */
export type RequestText = {
  readonly scheme: string | null;
  readonly target: string | null;
  readonly full: string | null;
};

type Row = Readonly<Record<string, unknown>>;

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/**
 * Puts the parts of a request target together again. Where the record has a path and a host, but no scheme, it is
 * `https` on port 443 and else `http`; a CONNECT and a bare host have none.
 */
export function requestText(row: Row): RequestText {
  const [host, path, method] = [
    row.http_request_url_hostname,
    row.http_request_url_path,
    row.http_request_http_method,
  ].map(text);
  const query = text(row.http_request_url_query);
  const target = path ? `${path}${query ? `?${query}` : ''}` : null;
  const said = text(row.http_request_url_scheme);
  const guess = row.dst_endpoint_port === 443 || row.http_request_url_port === 443 ? 'https' : 'http';
  const scheme = said || (host && target && method !== 'CONNECT' ? guess : '');
  const port = text(row.http_request_url_port);
  const shown = host?.includes(':') ? `[${host}]` : host;
  const full = host && scheme ? `${scheme}://${shown}${isUsual(scheme, port) ? '' : `:${port}`}${target ?? ''}` : null;
  const written = text(row.http_request_url_text);
  return { scheme: scheme || null, target: written || (said ? full : target), full };
}

const isUsual = (scheme: string, port: string): boolean =>
  port === '' || (scheme === 'http' && port === '80') || (scheme === 'https' && port === '443');
