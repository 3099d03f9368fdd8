import type { FileHandle } from 'node:fs/promises';
import { shapesOf } from '../shape.ts';
import { readAt } from './fingerprint.ts';
import { isPacked } from './packed.ts';

/** Packed, UTF-16, or JSON or XML that does not stand one record on a line: such a file is read as one piece. */
export function isDocument(start: Buffer, complete: boolean): boolean {
  if (isPacked(start) || isZstd(start) || isUtf16(start)) return true;
  const [shape] = shapesOf(start, complete);
  return shape !== undefined && shape.container !== null;
}

const isZstd = (start: Buffer): boolean => start.length >= 4 && start.readUInt32LE() === 0xfd2fb528;

const isUtf16 = (start: Buffer): boolean =>
  (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff);

/** False where JSON or XML ends in the middle: it is a first line without an end yet, or still being written. */
export async function finished(handle: FileHandle, start: Buffer, size: number): Promise<boolean> {
  if (!/^\s*[[{<]/.test(start.toString('latin1', 0, 64))) return true;
  const end = await readAt(handle, Math.max(0, size - 64), 64);
  return /[\]}>]\s*$/.test(end.toString('latin1'));
}
