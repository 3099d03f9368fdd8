import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { VirgaError } from '../model/errors.ts';
import { openSqlite } from './sqlite.ts';

const migrations = ['CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT, body BLOB) STRICT'];
let dir = '';
const file = (): string => path.join(dir, 'deep', 'state.db');
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'virga-state-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof VirgaError) return error.code;
    throw error;
  }
  return 'none';
};

describe('openSqlite', () => {
  test('values come back as they went in, hostile text and bytes too, without columns of the client', () => {
    const db = openSqlite(':memory:', { migrations });
    const hostile = `'; DROP TABLE note; -- \u001b ${'x'.repeat(10_000)}`;
    const body = new Uint8Array([0, 255, 10]);
    expect(db.prepare('INSERT INTO note VALUES (?, ?, ?)').run(1, hostile, body)).toBe(1);
    expect(db.prepare('SELECT * FROM note').get()).toEqual({ id: 1, text: hostile, body: Buffer.from(body) });
    db.prepare('UPDATE note SET text = ?').run('before\0after');
    expect(db.prepare('SELECT text FROM note WHERE text = ?').get('before\0after')).toEqual({
      text: 'before\ufffdafter',
    });
    expect(db.prepare('SELECT body FROM note WHERE body = ?').all(body)).toHaveLength(1);
    expect(db.prepare('SELECT * FROM note WHERE id = ?').get(2)).toBeNull();
    expect([...db.prepare('SELECT id FROM note').each()]).toEqual([{ id: 1 }]);
    db.close();
  });

  test('each yields every row, also past the client’s own chunks', () => {
    const db = openSqlite(':memory:', { migrations });
    for (const n of [0, 1, 99, 100, 101, 250]) {
      db.exec('DELETE FROM note');
      for (let i = 0; i < n; i++) db.prepare('INSERT INTO note (id) VALUES (?)').run(i);
      expect([...db.prepare('SELECT id FROM note').each()]).toHaveLength(n);
      expect(db.prepare('SELECT id FROM note').all()).toHaveLength(n);
    }
    db.close();
  });

  test('a transaction is all or nothing, over awaits too', async () => {
    const db = openSqlite(file(), { migrations });
    const add = (id: number): number => db.prepare('INSERT INTO note (id) VALUES (?)').run(id);
    expect(db.transaction(() => add(1))).toBe(1);
    expect(() =>
      db.transaction(() => {
        add(2);
        throw new Error('half way');
      }),
    ).toThrow('half way');
    await expect(
      db.transactionOver(async () => {
        add(3);
        await Promise.resolve();
        add(1);
      }),
    ).rejects.toThrow('UNIQUE');
    expect(db.prepare('SELECT id FROM note').all()).toEqual([{ id: 1 }]);
    db.close();
  });

  test('a writer keeps out other writers, not readers; the one that waits too long says so', () => {
    const one = openSqlite(file(), { migrations });
    const two = openSqlite(file(), { migrations, busy: 1 });
    one.transaction(() => {
      one.prepare('INSERT INTO note (id) VALUES (1)').run();
      expect(two.prepare('SELECT count(*) AS n FROM note').get()).toEqual({ n: 0 });
      expect(codeOf(() => two.transaction(() => 1))).toBe('state.busy');
    });
    expect(two.prepare('SELECT count(*) AS n FROM note').get()).toEqual({ n: 1 });
    expect(two.transaction(() => two.prepare('INSERT INTO note (id) VALUES (2)').run())).toBe(1);
    one.close();
    two.close();
  });

  test('migrations run once, in order, and a newer file is left alone', () => {
    openSqlite(file(), { migrations }).close();
    const more = [...migrations, 'ALTER TABLE note ADD COLUMN author TEXT'];
    const grown = openSqlite(file(), { migrations: more });
    expect(grown.prepare('INSERT INTO note (id, author) VALUES (1, ?)').run('me')).toBe(1);
    grown.close();
    openSqlite(file(), { migrations: more }).close();
    expect(codeOf(() => openSqlite(file(), { migrations }))).toBe('state.newer');
  });

  test('a migration that fails leaves the file as it was', () => {
    openSqlite(file(), { migrations }).close();
    expect(() => openSqlite(file(), { migrations: [...migrations, 'CREATE TABLE a (x); nonsense'] })).toThrow(
      'nonsense',
    );
    const db = openSqlite(file(), { migrations });
    expect(db.prepare("SELECT name FROM sqlite_master WHERE name = 'a'").get()).toBeNull();
    db.close();
  });

  test('what is no database, or no place for one, is told', () => {
    const bad = path.join(dir, 'bad.db');
    writeFileSync(bad, 'no database at all, but long enough to look at. '.repeat(100));
    expect(codeOf(() => openSqlite(bad, { migrations }))).toBe('state.damaged');
    expect(codeOf(() => openSqlite(path.join(bad, 'state.db'), { migrations }))).toBe('state.unwritable');
    mkdirSync(path.join(dir, 'folder.db'));
    expect(codeOf(() => openSqlite(path.join(dir, 'folder.db'), { migrations }))).toBe('state.unwritable');
  });
});
