import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import { VirgaError } from '../model/errors.ts';
import { Damage } from '../packing/damage.ts';
import { checkGzip, gunzip } from '../packing/gunzip.ts';
import { packingOf } from '../packing/packing.ts';
import { checkZstd, unzstd } from '../packing/unzstd.ts';
import type { FileFacts } from './layout.ts';

/** How much of a file is looked at to tell what it is. */
const HEAD_BYTES = 65536;
/** Where the first line is longer than that: up to here. */
const MAX_HEAD = 2 * 1024 * 1024;

/** The beginning of a file, unpacked. */
export type Beginning = {
  readonly facts: FileFacts;
  readonly bytes: Buffer;
  /** `bytes` is the whole content. */
  readonly complete: boolean;
  /** The packing is broken already here. */
  readonly damaged: boolean;
  /** When the file last changed, RFC 3339. */
  readonly modified: string;
};

/** Reads the first 64 KiB of what a file holds. Failures of the world are thrown as VirgaError. */
export async function readBeginning(path: string): Promise<Beginning> {
  const facts: FileFacts = { path, compression: await compressionOf(path) };
  const chunks: Uint8Array[] = [];
  let size = 0;
  let damaged = false;
  try {
    for await (const chunk of contents(facts)) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > HEAD_BYTES && (chunks.some((c) => c.includes(10)) || size > MAX_HEAD)) break;
    }
  } catch (cause) {
    if (!(cause instanceof Damage)) throw cause;
    damaged = true;
  }
  const all = Buffer.concat(chunks);
  const end = all.subarray(0, HEAD_BYTES).includes(10) ? HEAD_BYTES : MAX_HEAD;
  return {
    facts,
    bytes: all.subarray(0, end),
    complete: size <= end,
    damaged,
    modified: (await stat(path)).mtime.toISOString(),
  };
}

/**
 * The bytes that a file holds, unpacked; UTF-16 (known by its byte order mark) comes as UTF-8. Throws `Damage` where the
 * packing breaks, VirgaError where the world does.
 */
export function contents(file: FileFacts): AsyncIterable<Uint8Array> {
  return asUtf8(unpacked(file));
}

function unpacked(file: FileFacts): AsyncIterable<Uint8Array> {
  const raw = rawBytes(file.path);
  if (file.compression === 'gzip') return gunzip(raw);
  return file.compression === 'zstd' ? unzstd(raw) : raw;
}

/** What Windows tools write as "Unicode": two bytes a character, the mark kept so that the text counts as in need of care. */
async function* asUtf8(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let decoder: TextDecoder | null = null;
  let begun = false;
  for await (const chunk of chunks) {
    if (!begun) decoder = utf16Of(chunk);
    begun ||= chunk.length > 0;
    yield decoder ? Buffer.from(decoder.decode(chunk, { stream: true }), 'utf8') : chunk;
  }
  if (decoder) yield Buffer.from(decoder.decode(), 'utf8');
}

function utf16Of(start: Uint8Array): TextDecoder | null {
  if (start[0] === 0xff && start[1] === 0xfe) return new TextDecoder('utf-16le', { ignoreBOM: true });
  return start[0] === 0xfe && start[1] === 0xff ? new TextDecoder('utf-16be', { ignoreBOM: true }) : null;
}

/** True when the packing is whole from end to end: the engine reads a packed file that was cut short without a word. */
export async function isWhole(file: FileFacts): Promise<boolean> {
  try {
    if (file.compression === 'gzip') await checkGzip(rawBytes(file.path));
    if (file.compression === 'zstd') await checkZstd(rawBytes(file.path));
    return true;
  } catch (cause) {
    if (cause instanceof Damage) return false;
    throw cause;
  }
}

async function* rawBytes(path: string, end = Number.POSITIVE_INFINITY): AsyncGenerator<Uint8Array> {
  const stream = createReadStream(path, { highWaterMark: 65536, end });
  try {
    for await (const chunk of stream) yield toBytes(chunk);
  } catch (cause) {
    throw worldError(path, cause);
  } finally {
    stream.destroy();
  }
}

const toBytes = (chunk: unknown): Uint8Array =>
  chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk), 'utf8');

async function compressionOf(path: string): Promise<FileFacts['compression']> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of rawBytes(path, 3)) chunks.push(chunk);
  return packingOf(Buffer.concat(chunks)) ?? 'uncompressed';
}

/** Turns what the operating system says of a path into our own words; anything else stays as it is. */
export function worldError(path: string, cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new VirgaError('path.missing', `There is no file ${path}.`, { cause });
  if (code === 'EACCES' || code === 'EPERM')
    return new VirgaError('path.no-permission', `${path} may not be read.`, { cause });
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new VirgaError('lake.full', `There is no room left on the disk of ${path}.`, { cause });
  if (code === 'EISDIR') return new VirgaError('path.no-logs', `${path} is a directory.`, { cause });
  if (['ESTALE', 'EIO', 'ENXIO', 'ENODEV'].includes(code))
    return new VirgaError('path.vanished', `${path} could not be read to its end.`, { cause });
  return cause;
}
