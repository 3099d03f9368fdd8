import type { Fields } from './expression.ts';
import type { Head } from './head.ts';

/** A file as the engine is told of it: how it is packed is known from its first bytes, never from its name. */
export type FileFacts = { readonly path: string; readonly compression: 'uncompressed' | 'gzip' | 'zstd' };

/**
 * How bytes become raw fields. Every layout reads from lines (`lines`), which tells for each line whether it is a
 * record and gives its number; some can also let the engine read a whole file by itself (`file`), which is faster and
 * is used when the file turns out to be spotless.
 */
export type Layout = {
  readonly id: string;
  /** The engine's own reader of a whole file, or null where there is none for this head. */
  readonly file: ((file: FileFacts, head: Head, fields: readonly string[]) => RawRelation | null) | null;
  /** The same fields from a relation that has the columns `line` (BIGINT, 1-based) and `raw` (VARCHAR, without line end). */
  readonly lines: (source: string, head: Head, fields: readonly string[]) => RawRelation;
  /** A raw line as named values, for what has no column: numbers, booleans and lists as the record types them. */
  readonly unpack: (raw: string, head: Head) => Readonly<Record<string, unknown>>;
};

/** A relation of raw fields in SQL, and how to speak of them. */
export type RawRelation = {
  /** SELECT text; from `lines` it also has the columns `line` and `raw`. */
  readonly select: string;
  readonly fields: Fields;
  /** SQL condition: the row is no record at all (comment, blank line). */
  readonly skip: string | null;
  /** The rows come in the order of the file, also when they are stored on several threads. */
  readonly ordered: boolean;
  /** SQL text: the reason why the row is not a record of this layout, null where it is. */
  readonly reason: string | null;
};
