/** Users' notes about ATT&CK objects: revisions are appended, never edited; the newest is in force. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { openSqlite } from './sqlite.ts';

/** A revision of the note about an ATT&CK id; `body` null withdraws it, so that ours is in force again. */
export type NoteRevision = {
  readonly about: string;
  readonly revision: number;
  readonly author: string;
  /** RFC 3339, UTC. */
  readonly written: string;
  /** JSON as its writer left it. */
  readonly body: string | null;
};

export type Notes = {
  /** Oldest first. */
  readonly history: (about: string) => NoteRevision[];
  readonly newest: (about: string) => NoteRevision | null;
  /** Ids that have a note in force. */
  readonly ids: () => string[];
  readonly append: (note: Omit<NoteRevision, 'revision'>) => NoteRevision;
  readonly close: () => void;
};

const migrations = [
  `CREATE TABLE note (about TEXT NOT NULL, revision INTEGER NOT NULL, author TEXT NOT NULL, written TEXT NOT NULL, body TEXT,
    PRIMARY KEY (about, revision)) STRICT`,
];

/** Apart from the mirror, which is large and can be made again: nobody's note waits for an import. */
const notesFile = (workspace: string): string => path.join(workspace, 'attack', 'notes.db');

export const hasNotes = (workspace: string): boolean => existsSync(notesFile(workspace));

export function openNotes(workspace: string): Notes {
  const db = openSqlite(notesFile(workspace), { migrations });
  const history = (about: string): NoteRevision[] =>
    db
      .prepare('SELECT * FROM note WHERE about = ? ORDER BY revision')
      .all(about)
      .map((row) => ({
        ...{ about, revision: Number(row.revision), author: String(row.author), written: String(row.written) },
        body: typeof row.body === 'string' ? row.body : null,
      }));
  const inForce = `SELECT about FROM note n WHERE body IS NOT NULL
    AND revision = (SELECT max(revision) FROM note WHERE about = n.about) ORDER BY about`;
  return {
    history,
    newest: (about) => history(about).at(-1) ?? null,
    ids: () =>
      db
        .prepare(inForce)
        .all()
        .map((row) => String(row.about)),
    append: ({ about, author, written, body }) =>
      db.transaction(() => {
        const revision = (history(about).at(-1)?.revision ?? 0) + 1;
        db.prepare('INSERT INTO note VALUES (?, ?, ?, ?, ?)').run(about, revision, author, written, body);
        return { about, revision, author, written, body };
      }),
    close: db.close,
  };
}
