/** Where ATT&CK releases are kept: the bundle's exact bytes in packed pieces, and tables that find things in them. */
import path from 'node:path';
import type { AttackEdge, AttackObject, AttackRelease, ReleaseKey } from '../model/attack.ts';
import { type Arrival, createArrival } from './mirror-arrival.ts';
import { createUnpacker, type Located } from './mirror-bytes.ts';
import { toEdge, toObject, toRelease } from './mirror-rows.ts';
import { migrations } from './mirror-tables.ts';
import { openSqlite } from './sqlite.ts';

export type { Arrival } from './mirror-arrival.ts';

export type Mirror = {
  /** Every release, by domain and in the order of import. */
  readonly releases: () => AttackRelease[];
  readonly release: (key: ReleaseKey) => AttackRelease | null;
  /** An object by its STIX id. */
  readonly object: (release: number, id: string) => AttackObject | null;
  /** An object by its number in the release. */
  readonly numbered: (release: number, n: number) => AttackObject | null;
  /** Objects that carry an ATT&CK id: active ones first. Old mitigations share ids with techniques. */
  readonly named: (release: number, attackId: string) => AttackObject[];
  readonly ofType: (release: number, type: string) => AttackObject[];
  readonly all: (release: number) => AttackObject[];
  /** Objects of the same type with the same description, the object itself not among them. */
  readonly twins: (release: number, object: AttackObject) => AttackObject[];
  /** References of one kind that an object makes. */
  readonly from: (release: number, n: number, kind: string) => AttackEdge[];
  /** References of one kind that are made to an object. */
  readonly to: (release: number, n: number, kind: string) => AttackEdge[];
  /** Objects whose names, other names or descriptions hold all the words, best first. */
  readonly search: (release: number, words: readonly string[], most: number) => AttackObject[];
  /** The exact bytes of objects as they stood in the bundle; those of one release in the order of their places read fastest. */
  readonly bytes: (release: number, objects: Iterable<Located>) => Generator<Uint8Array>;
  /** One import: all that `work` adds is there at once when it ends well, else nothing of it. Waits for another import. */
  readonly receive: <T>(work: (arrival: Arrival) => Promise<T>) => Promise<T>;
  readonly remove: (release: number) => Promise<void>;
  readonly close: () => void;
};

export const mirrorFile = (workspace: string): string => path.join(workspace, 'attack', 'mirror.db');

/** How long an import waits for another one, in milliseconds: MITRE's largest bundle takes some seconds. */
const BUSY = 120_000;

/** Opens or makes the mirror of a workspace. */
export function openMirror(workspace: string): Mirror {
  const file = path.resolve(mirrorFile(workspace));
  const db = openSqlite(file, { migrations, busy: BUSY });
  // The index is named: without statistics the planner would walk the whole release instead.
  const from = (index: string, where: string): string =>
    `SELECT * FROM object ${index === '' ? '' : `INDEXED BY ${index}`} WHERE ${where}`;
  const objects = (index: string, where: string, ...values: readonly (string | number)[]): AttackObject[] =>
    db
      .prepare(from(index, where))
      .all(...values)
      .map(toObject);
  const one = (index: string, where: string, ...values: readonly (string | number)[]): AttackObject | null => {
    const row = db.prepare(from(index, `${where} LIMIT 1`)).get(...values);
    return row === null ? null : toObject(row);
  };
  const edges = (end: 'source' | 'target', release: number, n: number, kind: string): AttackEdge[] =>
    db
      .prepare(
        `${EDGES} WHERE edge.release = ? AND edge.${end} = ? AND edge.kind = ? ORDER BY edge.target, edge.source`,
      )
      .all(release, n, kind)
      .map(toEdge);
  const releases = (where: string, ...values: readonly string[]): AttackRelease[] =>
    db
      .prepare(`SELECT * FROM release ${where} ORDER BY domain, n`)
      .all(...values)
      .map(toRelease);
  return {
    releases: () => releases(''),
    release: ({ domain, release }) => releases('WHERE domain = ? AND release = ?', domain, release)[0] ?? null,
    object: (release, id) => one('object_id', 'id = ? AND release = ?', id, release),
    numbered: (release, n) => one('', 'release = ? AND n = ?', release, n),
    named: (release, attackId) =>
      objects(
        'object_attack_id',
        `attack_id = ? AND release = ? ORDER BY ${ACTIVE_FIRST}, type, id`,
        attackId,
        release,
      ),
    ofType: (release, type) => objects('object_type', 'release = ? AND type = ? ORDER BY attack_id, id', release, type),
    all: (release) => objects('', 'release = ? ORDER BY n', release),
    twins: (release, object) =>
      objects(
        'object_text',
        `release = ?1 AND text_hash = (SELECT text_hash FROM object WHERE release = ?1 AND n = ?2) AND type = ?3 AND n <> ?2 ORDER BY ${ACTIVE_FIRST}, attack_id, id`,
        release,
        object.n,
        object.type,
      ),
    from: (release, n, kind) => edges('source', release, n, kind),
    to: (release, n, kind) => edges('target', release, n, kind),
    search: (release, words, most) =>
      words.length === 0 ? [] : db.prepare(SEARCH).all(matching(words), release, most).map(toObject),
    bytes: createUnpacker(db),
    receive: (work) => inTurn(file, () => db.transactionOver(() => createArrival(db, work))),
    remove: (release) => inTurn(file, async () => db.transaction(() => remove(db, release))),
    close: db.close,
  };
}

const turns = new Map<string, Promise<unknown>>();

/**
 * Writers of one process take turns here: the client waits for a lock without giving way, so one that holds it over
 * awaits would wait for itself. Writers of other processes wait for each other at the lock.
 */
function inTurn<T>(file: string, work: () => Promise<T>): Promise<T> {
  const before = turns.get(file) ?? Promise.resolve();
  const turn = before.then(work, work);
  turns.set(file, turn);
  const leave = (): void => {
    if (turns.get(file) === turn) turns.delete(file);
  };
  turn.then(leave, leave);
  return turn;
}

const ACTIVE_FIRST = "CASE status WHEN 'active' THEN 0 WHEN 'deprecated' THEN 1 ELSE 2 END";

const EDGES = `SELECT s.id AS source, edge.kind AS kind, t.id AS target, v.id AS via FROM edge
  JOIN object s ON s.release = edge.release AND s.n = edge.source
  JOIN object t ON t.release = edge.release AND t.n = edge.target
  LEFT JOIN object v ON v.release = edge.release AND v.n = edge.via`;

// A name weighs more than another name, that more than the description; what is still active comes first.
const SEARCH = `SELECT object.* FROM word JOIN object ON object.release = word.rowid >> 20 AND object.n = word.rowid & 1048575
  WHERE word MATCH ?1 AND word.rowid BETWEEN ?2 << 20 AND (?2 << 20) + 1048575
  ORDER BY ${ACTIVE_FIRST}, bm25(word, 10.0, 5.0, 1.0), object.attack_id, object.id LIMIT ?3`;

/** Each word as a quoted text, so that nothing in it is an operator; words may go on. */
const matching = (words: readonly string[]): string =>
  words.map((word) => `"${word.replaceAll('"', '""').replaceAll('\0', ' ')}"*`).join(' ');

function remove(db: ReturnType<typeof openSqlite>, release: number): void {
  db.prepare('DELETE FROM word WHERE rowid BETWEEN ?1 << 20 AND (?1 << 20) + 1048575').run(release);
  for (const table of ['edge', 'object', 'chunk']) db.prepare(`DELETE FROM ${table} WHERE release = ?`).run(release);
  db.prepare('DELETE FROM release WHERE n = ?').run(release);
}
