/** A bundle's bytes in packed pieces of equal size, so that any range is one or two pieces away. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { VirgaError } from '../model/errors.ts';
import type { Sqlite } from './sqlite.ts';

export type Located = { readonly start: number; readonly length: number };

/**
 * Unpacked bytes of a piece, for new releases: a page takes hundreds of them, and text of this size packs nearly as
 * well as a whole bundle (enterprise-attack 19.1: 7 % more than with 64 KiB).
 */
export const PIECE = 16 * 1024;

/** Takes a stream of bytes and keeps it. */
export function createPacker(db: Sqlite, release: number) {
  const add = db.prepare('INSERT INTO chunk VALUES (?, ?, ?)');
  let room = Buffer.allocUnsafe(PIECE);
  let filled = 0;
  let n = 0;
  const flush = (): void => {
    add.run(release, n++, deflateRawSync(room.subarray(0, filled), { level: 5 }));
    room = Buffer.allocUnsafe(PIECE);
    filled = 0;
  };
  return {
    push: (bytes: Uint8Array): void => {
      for (let at = 0; at < bytes.length; ) {
        const part = bytes.subarray(at, at + PIECE - filled);
        room.set(part, filled);
        filled += part.length;
        at += part.length;
        if (filled === PIECE) flush();
      }
    },
    end: (): void => {
      if (filled > 0) flush();
    },
  };
}

/** Unpacked pieces kept at hand: 48 MiB: all that the longest page needs. */
const KEPT = 3072;

const damaged = (what: string): VirgaError =>
  new VirgaError('state.damaged', `The ATT&CK mirror is damaged (${what}): delete the release and import it again.`);

/** Reads ranges of any release; the pieces read last stay at hand. */
export function createUnpacker(db: Sqlite): (release: number, ranges: Iterable<Located>) => Generator<Uint8Array> {
  const kept = new Map<string, Uint8Array>();
  const sizes = new Map<number, number>();
  const sizeOf = (release: number): number => {
    const size = sizes.get(release) ?? Number(db.prepare('SELECT piece FROM release WHERE n = ?').get(release)?.piece);
    sizes.set(release, size);
    return size;
  };
  const piece = (release: number, n: number, size: number): Uint8Array => {
    const key = `${release} ${n}`;
    const known = kept.get(key);
    if (known) return known;
    const packed = db.prepare('SELECT bytes FROM chunk WHERE release = ? AND n = ?').get(release, n)?.bytes;
    if (!(packed instanceof Uint8Array)) throw damaged(`piece ${n} of release ${release} is missing`);
    const bytes = inflateRawSync(packed, { maxOutputLength: size });
    if (kept.size >= KEPT) kept.delete(kept.keys().next().value ?? key);
    kept.set(key, bytes);
    return bytes;
  };
  return function* (release, ranges) {
    const size = sizeOf(release);
    for (const { start, length } of ranges) {
      const parts: Uint8Array[] = [];
      for (let at = start; at < start + length; ) {
        const from = at % size;
        const part = piece(release, Math.floor(at / size), size).subarray(from, from + start + length - at);
        if (part.length === 0) throw damaged(`piece ${Math.floor(at / size)} of release ${release} is too short`);
        parts.push(part);
        at += part.length;
      }
      yield parts.length === 1 ? (parts[0] ?? new Uint8Array()) : Buffer.concat(parts);
    }
  };
}
