/** A release on its way into the mirror, inside one transaction. */
import { createHash } from 'node:crypto';
import type { AttackEdge, AttackFacts, AttackRelease } from '../model/attack.ts';
import { createPacker, PIECE } from './mirror-bytes.ts';
import type { Sqlite } from './sqlite.ts';

export type Arriving = {
  readonly n: number;
  readonly start: number;
  readonly length: number;
  readonly facts: AttackFacts;
  readonly edges: readonly AttackEdge[];
  /** What it is searched by; null where nobody searches for it (relationships). */
  readonly words: { readonly also: string; readonly text: string } | null;
};

export type Arrival = {
  /** The bundle's bytes, all of them, in order. */
  readonly bytes: (bytes: Uint8Array) => void;
  /** False where an object with that id is in already. */
  readonly object: (object: Arriving) => boolean;
  /** The content of all objects as one hash, and how many references lead nowhere. Call it once, after the last object. */
  readonly settle: () => { readonly content_hash: string; readonly dangling: number };
  /** How a release that is there already differs from this one. */
  readonly against: (release: number) => { readonly more: number; readonly fewer: number; readonly other: number };
  readonly finish: (release: Omit<AttackRelease, 'n'>) => void;
};

/** Two objects that only say what a bundle is; they differ between the STIX forms of one release. */
const CONTENT = "type <> 'x-mitre-collection'";

export async function createArrival<T>(db: Sqlite, work: (arrival: Arrival) => Promise<T>): Promise<T> {
  db.exec('CREATE TEMP TABLE IF NOT EXISTS arriving (source TEXT, kind TEXT, target TEXT, via INTEGER)');
  db.exec('DELETE FROM temp.arriving');
  const next = "SELECT coalesce(max(seq), 0) + 1 AS n FROM sqlite_sequence WHERE name = 'release'";
  const release = Number(db.prepare(next).get()?.n);
  const packer = createPacker(db, release);
  return await work({
    bytes: packer.push,
    object: (object) => addObject(db, release, object),
    settle: () => settle(db, release),
    against: (other) => against(db, release, other),
    finish: (told) => {
      packer.end();
      addRelease(db, { ...told, n: release });
      db.exec('DELETE FROM temp.arriving');
    },
  });
}

const ADD_OBJECT = 'INSERT INTO object VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING';
const ADD_WORDS = 'INSERT INTO word (rowid, name, also, text) VALUES ((? << 20) + ?, ?, ?, ?)';

function addObject(db: Sqlite, release: number, { n, start, length, facts: f, edges, words }: Arriving): boolean {
  const textHash =
    words && words.text !== '' ? createHash('sha256').update(words.text).digest('hex').slice(0, 32) : null;
  const dates = [f.version, f.created, f.modified];
  const added = db
    .prepare(ADD_OBJECT)
    .run(
      release,
      n,
      f.id,
      f.type,
      f.attack_id,
      f.name,
      f.url,
      ...dates,
      f.status,
      f.content_hash,
      textHash,
      start,
      length,
    );
  if (added === 0) return false;
  const edge = db.prepare('INSERT INTO temp.arriving VALUES (?, ?, ?, ?)');
  for (const { source, kind, target, via } of edges) edge.run(source, kind, target, via === null ? -1 : n);
  if (words) db.prepare(ADD_WORDS).run(release, n, `${f.attack_id ?? ''} ${f.name ?? ''}`, words.also, words.text);
  return true;
}

/** References by number, now that every object is in. */
const RESOLVE = `INSERT OR IGNORE INTO edge SELECT ?1, s.n, a.kind, t.n, a.via FROM temp.arriving a
  JOIN object s ON s.id = a.source AND s.release = ?1 JOIN object t ON t.id = a.target AND t.release = ?1`;

const DANGLING = `SELECT count(*) AS n FROM temp.arriving a
  WHERE NOT EXISTS (SELECT 1 FROM object WHERE id = a.source AND release = ?1)
     OR NOT EXISTS (SELECT 1 FROM object WHERE id = a.target AND release = ?1)`;

function settle(db: Sqlite, release: number): { content_hash: string; dangling: number } {
  db.prepare(RESOLVE).run(release);
  const hash = createHash('sha256');
  const contents = `SELECT id, content_hash FROM object WHERE release = ? AND ${CONTENT} ORDER BY id`;
  for (const row of db.prepare(contents).each(release)) hash.update(`${row.id} ${row.content_hash}\n`);
  return { content_hash: hash.digest('hex'), dangling: Number(db.prepare(DANGLING).get(release)?.n) };
}

const AGAINST = `SELECT
  (SELECT count(*) FROM object a WHERE release = ?1 AND ${CONTENT} AND NOT EXISTS (SELECT 1 FROM object b WHERE b.id = a.id AND b.release = ?2)) AS more,
  (SELECT count(*) FROM object a WHERE release = ?2 AND ${CONTENT} AND NOT EXISTS (SELECT 1 FROM object b WHERE b.id = a.id AND b.release = ?1)) AS fewer,
  (SELECT count(*) FROM object a JOIN object b ON b.id = a.id AND b.release = ?2
   WHERE a.release = ?1 AND a.${CONTENT} AND a.content_hash <> b.content_hash) AS other`;

function against(db: Sqlite, release: number, other: number): { more: number; fewer: number; other: number } {
  const row = db.prepare(AGAINST).get(release, other);
  return { more: Number(row?.more), fewer: Number(row?.fewer), other: Number(row?.other) };
}

function addRelease(db: Sqlite, r: AttackRelease): void {
  db.prepare('INSERT INTO release VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
    ...[r.n, r.domain, r.release, r.form, r.bundle, r.sha256, r.file_sha256, r.bytes, r.objects],
    ...[r.content_hash, r.dangling, r.imported, PIECE],
  );
}
