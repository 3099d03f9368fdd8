import { isUtf8 } from 'node:buffer';
import { cleanLine } from './clean.ts';
import { type Envelope, envelopes, splunkOf, unwrap } from './envelope.ts';
import { type Head, readHead } from './head.ts';
import { cutterOf, type Document } from './records.ts';
import { MAX_LINE } from './select.ts';

/** How a file is cut into records: line by line or out of a JSON or XML document; each perhaps in envelopes, outermost first. */
export type Shape = {
  readonly container: Document | null;
  readonly envelopes: readonly Envelope[];
  readonly head: Head;
};

/** Keys under which products put the records of a document; tells when no format knows either way of cutting. */
const RECORD_KEYS = new Set(['events', 'Records', 'records', 'logs', 'entries', 'value', 'results', 'data']);

/** Envelopes in envelopes: a shipper's in a queue's is the deepest that is looked for. */
const MAX_WRAPPING = 2;

/**
 * The ways in which the beginning of a file may be cut into records, likeliest first. The last one is what the syntax
 * alone says, for when no format knows the records.
 */
export function* shapesOf(bytes: Buffer, complete: boolean): Generator<Shape> {
  const text = cleanText(bytes, complete);
  const lines: Shape = { container: null, envelopes: [], head: readHead(text, complete) };
  const start = /^\s*([[{])\s*(["{[\]}]?)/.exec(text);
  if (start?.[1] === '{') yield* objectShapes(text, lines);
  else if (start && /[{\]]/.test(start[2] ?? ''))
    yield* alsoUnwrapped([documentShape({ kind: 'array' }, Buffer.from(text, 'utf8'))]);
  else if (isXmlDocument(lines.head))
    yield* alsoUnwrapped([documentShape({ kind: 'xml' }, Buffer.from(text, 'utf8')), lines]);
  else if (isLeaseFile(lines.head)) yield documentShape({ kind: 'blocks' }, Buffer.from(text, 'utf8'));
  else yield* alsoUnwrapped([lines]);
}

/** Windows events that do not stand one on each line. */
const isXmlDocument = ({ lines }: Head): boolean =>
  /^\s*<(?:\?xml|!--|Events?[\s>])/.test(lines[0] ?? '') &&
  !lines.every((line) => /^\s*<Event[\s>]/.test(line) && line.indexOf('</Event>') === line.trimEnd().length - 8);

/** Blocks in brackets, of which one goes over several lines. */
const isLeaseFile = ({ lines }: Head): boolean =>
  lines.some((line) => /^\s*(?:lease|ia-(?:na|ta|pd))\s.*\{\s*$/.test(line)) &&
  lines.some((line) => /^\s*\}/.test(line));

function* objectShapes(text: string, lines: Shape): Generator<Shape> {
  const body = Buffer.from(text, 'utf8');
  const splunk = splunkOf(lines.head.lines);
  if (splunk) yield wrappedShape(lines, splunk);
  const byLine = lines.head.lines.some(isObjectLine);
  if (byLine) yield lines;
  const objects = documentShape({ kind: 'objects', indented: /^\s*\{\s*\n[ \t]/.test(text) }, body);
  yield objects;
  const members = arrayKeys(text)
    .map((key) => ({ key, shape: documentShape({ kind: 'member', key }, body) }))
    .filter(({ shape }) => shape.head.lines.length > 0);
  for (const { shape } of members) yield shape;
  yield* unwrapped([...(byLine ? [lines] : [objects]), ...members.map(({ shape }) => shape)]);
  const named = members.find(({ key }) => RECORD_KEYS.has(key));
  yield byLine && (lines.head.lines.length > 1 || !named) ? lines : (named?.shape ?? objects);
}

function* alsoUnwrapped(shapes: readonly Shape[]): Generator<Shape> {
  yield* shapes;
  yield* unwrapped(shapes);
  yield* shapes.slice(0, 1);
}

/** The same records out of every envelope that holds one of them; one level of wrapping after the other. */
function* unwrapped(shapes: readonly Shape[], level = 1): Generator<Shape> {
  const inner: Shape[] = [];
  for (const shape of shapes)
    for (const envelope of envelopes) {
      if (!shape.head.lines.some((line) => envelope.open(line) !== null)) continue;
      const opened = wrappedShape(shape, envelope);
      yield opened;
      inner.push(opened);
    }
  if (level < MAX_WRAPPING && inner.length > 0) yield* unwrapped(inner, level + 1);
}

const wrappedShape = ({ container, envelopes, head }: Shape, envelope: Envelope): Shape => ({
  container,
  envelopes: [...envelopes, envelope],
  head: readHead(head.lines.flatMap((line) => unwrap(line, [envelope])).join('\n'), true),
});

/** The same lines, as they will be after cleaning; without the byte order mark. */
const cleanText = (bytes: Buffer, complete: boolean): string => {
  const whole = complete ? bytes : bytes.subarray(0, bytes.lastIndexOf(10) + 1 || bytes.length);
  return cleanLines(whole).replace(/^\uFEFF/, '');
};
const cleanLines = (bytes: Buffer): string =>
  bytes
    .toString('utf8')
    .split('\n')
    .map((line) => (/[\r\0\x01]/.test(line) ? cleanLine(Buffer.from(line, 'utf8')) : line))
    .join('\n');

function documentShape(container: Document, body: Buffer): Shape {
  const cutter = cutterOf(container, MAX_LINE);
  const cuts = [...cutter.push(body), ...cutter.end()];
  const records = cuts.flatMap((cut) => ('bytes' in cut ? [cleanLine(cut.bytes)] : []));
  return { container, envelopes: [], head: readHead(records.slice(0, 200).join('\n'), true) };
}

/** Keys that hold an array of objects, at most five; at which depth is for the cutter to find. */
const arrayKeys = (text: string): string[] => [
  ...new Set([...text.matchAll(/"([^"\\]{1,64})"\s{0,64}:\s{0,64}\[\s{0,4096}\{/g)].map((m) => m[1] ?? '').slice(0, 5)),
];

/** A whole object that begins at the line's start: what pretty-printed JSON does not have. */
const isObjectLine = (line: string): boolean => {
  if (!line.startsWith('{')) return false;
  try {
    return Object.keys(JSON.parse(line)).length > 0;
  } catch {
    return false;
  }
};

/** True when the engine may read the file by itself, as far as its beginning tells. */
export const looksClean = (bytes: Buffer, complete: boolean): boolean => {
  const whole = complete ? bytes : bytes.subarray(0, bytes.lastIndexOf(10) + 1);
  return whole.length > 0 && isUtf8(whole) && !/[\r\0\x01]/.test(whole.toString('latin1')) && whole[0] !== 0xef;
};
