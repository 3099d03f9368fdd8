/** Finds the byte ranges of a bundle's objects in a stream, without holding the bundle. */

/** Ceilings of one bundle. MITRE's largest so far: 37 MB, 26,000 objects, 80 kB an object, 6 levels. */
export const limits = {
  bytes: 1024 * 1024 * 1024,
  objects: 1_000_000,
  /** Of one object. */
  objectBytes: 16 * 1024 * 1024,
  /** Everything but the objects: the bundle's own fields, commas and spaces. */
  envelopeBytes: 32 * 1024 * 1024,
  depth: 64,
} as const;

/** What is wrong with a bundle: a sentence part, and where (bytes from the start, 0 the first). */
export class BundleFault extends Error {
  readonly at: number;

  constructor(message: string, at: number, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'BundleFault';
    this.at = at;
  }
}

/** An object of the list `objects`: its place and its bytes. */
export type Span = { readonly start: number; readonly bytes: Uint8Array };

const [QUOTE, BACKSLASH, COLON, COMMA] = [0x22, 0x5c, 0x3a, 0x2c];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d];
/** What stands for an object in the envelope. */
const PLACEHOLDER = Buffer.from('0');
const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

export type Scanner = {
  /** The objects that end in this piece of the stream; pieces come in order. Throws BundleFault. */
  readonly push: (piece: Uint8Array) => Span[];
  /** At the end: the bundle with `0` in place of each object, for a strict parser; how many objects; bytes in all. */
  readonly end: () => { readonly envelope: string; readonly objects: number; readonly bytes: number };
};

/**
 * Looks only at strings, brackets and the key `objects` of the outermost object. Whether the rest is JSON is for a real
 * parser to say, over each object and over the envelope.
 */
export function createScanner(): Scanner {
  let offset = 0; // of the piece's first byte
  let depth = 0;
  let inString = false;
  let escaped = false;
  let key: number[] = []; // the last string of the outermost object
  let afterKey = 0; // the last byte of weight outside of strings
  let inObjects = false;
  let objects = 0;
  let started = -1; // where the current object begins, or -1
  let held: Uint8Array[] = []; // its bytes in earlier pieces
  let heldBytes = 0;
  const envelope: Uint8Array[] = [];
  let envelopeBytes = 0;

  const keep = (bytes: Uint8Array): void => {
    if (bytes.length === 0) return;
    envelopeBytes += bytes.length;
    if (envelopeBytes > limits.envelopeBytes)
      throw new BundleFault(`holds more than ${limits.envelopeBytes} bytes besides its objects`, offset);
    envelope.push(Uint8Array.from(bytes));
  };
  const hold = (bytes: Uint8Array): void => {
    heldBytes += bytes.length;
    if (heldBytes > limits.objectBytes)
      throw new BundleFault(`holds an object larger than ${limits.objectBytes} bytes`, started);
    held.push(bytes);
  };
  const isObjectsKey = (): boolean => Buffer.from(key).toString('latin1') === 'objects' && afterKey === COLON;

  const push = (piece: Uint8Array): Span[] => {
    const spans: Span[] = [];
    let from = 0; // of what belongs to the current object, or to the envelope
    if (offset + piece.length > limits.bytes)
      throw new BundleFault(`is larger than ${limits.bytes} bytes unpacked`, limits.bytes);
    for (let i = 0; i < piece.length; i++) {
      const byte = piece[i] ?? 0;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inString = false;
        if (depth === 1 && inString && key.length < 16) key.push(byte);
        continue;
      }
      if (byte === QUOTE) {
        inString = true;
        if (depth === 1) key = [];
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (depth === 1 && byte === OPEN_BRACKET) inObjects = isObjectsKey();
        if (depth === 2 && inObjects && byte === OPEN_BRACE) {
          keep(piece.subarray(from, i));
          started = offset + i;
          from = i;
        }
        depth++;
        if (depth > limits.depth) throw new BundleFault(`nests deeper than ${limits.depth} levels`, offset + i);
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        depth--;
        if (depth === 1) inObjects = false;
        if (depth === 2 && started >= 0) {
          hold(piece.subarray(from, i + 1));
          objects++;
          if (objects > limits.objects) throw new BundleFault(`holds more than ${limits.objects} objects`, started);
          spans.push({ start: started, bytes: held.length === 1 ? (held[0] ?? PLACEHOLDER) : Buffer.concat(held) });
          keep(PLACEHOLDER);
          [started, held, heldBytes, from] = [-1, [], 0, i + 1];
        }
      }
      if (depth <= 1 && !isSpace(byte) && byte !== COMMA) afterKey = byte;
    }
    if (started >= 0) hold(Uint8Array.from(piece.subarray(from)));
    else keep(piece.subarray(from));
    offset += piece.length;
    return spans;
  };
  return {
    push,
    end: () => {
      if (started >= 0) throw new BundleFault('ends in the middle of an object', started);
      return { envelope: Buffer.concat(envelope).toString('utf8'), objects, bytes: offset };
    },
  };
}
