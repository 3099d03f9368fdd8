import { BlockCutter } from './block-cutter.ts';
import { type Container, type Cut, Cutter } from './cutter.ts';
import { XmlCutter } from './xml-cutter.ts';

/** Where the records of a document stand. */
export type Document = Container | { readonly kind: 'xml' } | { readonly kind: 'blocks' };

/** Cuts records out of a stream: `push` its bytes in order, then `end`. */
type RecordCutter = {
  readonly push: (bytes: Uint8Array) => Cut[];
  readonly end: () => Cut[];
  /** The number of the open record, or else of the next one. */
  readonly reached: number;
};

/** Records longer than `limit` are refused. */
export function cutterOf(document: Document, limit: number): RecordCutter {
  if (document.kind === 'xml') return new XmlCutter(limit);
  return document.kind === 'blocks' ? new BlockCutter(limit) : new Cutter(document, limit);
}
