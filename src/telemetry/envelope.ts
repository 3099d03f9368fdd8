/**
 * Some exports and shippers wrap the line that they read into a JSON object of their own. Where no format knows the
 * object as it stands, the text under one of these paths is read instead.
 */
export type Envelope = { readonly path: readonly string[] };

/** Splunk's export (`result._raw`), raw events of search jobs, Elastic's shippers, container runtimes, journals, Google Cloud. */
export const envelopes: readonly Envelope[] = [
  'result._raw',
  '_raw',
  'event.original',
  'message',
  'log',
  'MESSAGE',
  'textPayload',
].map((path) => ({ path: path.split('.') }));

const splunk: Envelope = { path: ['result', '_raw'] };

/** Splunk's export says so at the beginning of each line, so lines that it wrapped may stand among others. */
export const splunkOf = (lines: readonly string[]): Envelope | null => (lines.some(isSplunk) ? splunk : null);

const isSplunk = (line: string): boolean => line.startsWith('{"preview":') && line.includes('"_raw":');

/** The wrapped text on one line; the line itself where it wraps none. */
export function unwrap(line: string, { path }: Envelope): string {
  if (!line.startsWith('{')) return line;
  const inner = path.reduce(member, parsed(line));
  return typeof inner === 'string' && inner.trim() !== '' ? inner.trimEnd().replace(/[\r\n]+/g, ' ') : line;
}

const member = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined;

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
