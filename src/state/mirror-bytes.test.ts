import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPacker, createUnpacker, PIECE } from './mirror-bytes.ts';
import { migrations } from './mirror-tables.ts';
import { openSqlite, type Sqlite } from './sqlite.ts';

let folder = '';
let db: Sqlite;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'virga-pieces-'));
  db = openSqlite(path.join(folder, 'mirror.db'), { migrations, busy: 1000 });
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * 7919) % 251));
const addRelease = (n: number, piece: number): void =>
  void db
    .prepare("INSERT INTO release VALUES (?, 'd', ?, '2.0', NULL, '', '', 0, 0, '', 0, '', ?)")
    .run(n, String(n), piece);
const rangeOf = (release: number, start: number, length: number): Buffer =>
  Buffer.concat([...createUnpacker(db)(release, [{ start, length }])]);

test('any range comes back as it went in, across pieces', () => {
  addRelease(1, PIECE);
  const packer = createPacker(db, 1);
  for (let at = 0; at < bytes.length; at += 30_011) packer.push(bytes.subarray(at, at + 30_011));
  packer.end();
  for (const [start, length] of [
    [0, 10],
    [PIECE - 5, 10],
    [PIECE, PIECE],
    [100, 3 * PIECE],
    [bytes.length - 1, 1],
  ] as const)
    expect(rangeOf(1, start, length)).toEqual(bytes.subarray(start, start + length));
});

test('a release that was stored in pieces of another size is read in those', () => {
  addRelease(2, 65_536);
  for (let n = 0; n * 65_536 < bytes.length; n++)
    db.prepare('INSERT INTO chunk VALUES (2, ?, ?)').run(
      n,
      deflateRawSync(bytes.subarray(n * 65_536, (n + 1) * 65_536)),
    );
  expect(rangeOf(2, 65_000, 70_000)).toEqual(bytes.subarray(65_000, 135_000));
});

test('a piece that is missing or too short is said', () => {
  addRelease(3, PIECE);
  expect(() => rangeOf(3, 0, 10)).toThrow('piece 0 of release 3 is missing');
  db.prepare('INSERT INTO chunk VALUES (3, 0, ?)').run(deflateRawSync(bytes.subarray(0, 5)));
  expect(() => rangeOf(3, 0, 10)).toThrow('piece 0 of release 3 is too short');
});
