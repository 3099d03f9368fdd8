import { openFlowTuples } from './flow-tuples.ts';
import { memberText } from './member.ts';

/**
 * Exports and shippers wrap the record that they read into one of their own. Where no format knows the record as it
 * stands, what it wraps is read instead.
 */
export type Envelope = {
  readonly id: string;
  /** The wrapped records, each on one line, at least one; null where this line wraps none. They share the line's number. */
  readonly open: (line: string) => readonly string[] | null;
};

/** A member of a JSON object, by its path: text is the wrapped line, an object the wrapped record. */
const member = (path: string): Envelope => {
  const keys = path.split('.');
  return {
    id: path,
    open: (line) => {
      if (!line.startsWith('{')) return null;
      const inner = keys.reduce<string | null>((json, key) => (json === null ? null : memberText(json, key)), line);
      const content = inner === null ? null : contentOf(inner);
      return content === null ? null : [content];
    },
  };
};

function contentOf(json: string): string | null {
  if (json.startsWith('{')) return json;
  if (!json.startsWith('"')) return null;
  const text = parsedText(json);
  return text === null || text.trim() === '' ? null : text.trim().replace(/[\r\n]+/g, ' ');
}

function parsedText(json: string): string | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** JSON that follows a header of another writer on the same line: syslog, a time, a tag. */
const tail: Envelope = {
  id: 'json-after-a-header',
  open: (line) => {
    const at = line.startsWith('{') ? -1 : line.indexOf('{"');
    const json = at < 0 ? '' : line.slice(at).trimEnd();
    return json.endsWith('}') ? [json] : null;
  },
};

const flowTuples: Envelope = { id: 'flow-tuples', open: openFlowTuples };

/**
 * Splunk (export, HTTP event collector), Elastic's shippers and documents, container runtimes, journals, Google Cloud,
 * Kafka Connect, Graylog, FireEye's threat feed; likeliest first.
 */
export const envelopes: readonly Envelope[] = [
  flowTuples,
  ...[
    'result._raw',
    '_raw',
    'result',
    'event.original',
    '_source.event.original',
    'message',
    '_source.message',
    '_source',
    'event',
    'log',
    'MESSAGE',
    'textPayload',
    'jsonPayload',
    'payload',
    'full_message',
    'short_message',
    'rawmsg',
    'rawEvent',
    'original',
    'json',
    'data',
    'fields',
    'body',
  ].map(member),
  tail,
];

const splunk = member('result._raw');

/** Splunk's export says so at the beginning of each line, so lines that it wrapped may stand among others. */
export const splunkOf = (lines: readonly string[]): Envelope | null => (lines.some(isSplunk) ? splunk : null);

const isSplunk = (line: string): boolean => line.startsWith('{"preview":') && line.includes('"_raw":');

/** What stands in all of the envelopes, outermost first; a line that one of them did not wrap stays as it is there. */
export const unwrap = (line: string, wrapped: readonly Envelope[]): readonly string[] =>
  wrapped.reduce<readonly string[]>((lines, { open }) => lines.flatMap((inner) => open(inner) ?? [inner]), [line]);
