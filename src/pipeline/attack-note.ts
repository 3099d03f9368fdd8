import { readFileSync, statSync } from 'node:fs';
import { parseJson } from '../attack/json.ts';
import { asNote, bodyOf, readNote } from '../attack/note-file.ts';
import { builtInNote } from '../attack/notes/index.ts';
import type { AnalystNote } from '../model/analyst-note.ts';
import { VirgaError } from '../model/errors.ts';
import { hasNotes, type NoteRevision, type Notes, openNotes } from '../state/notes.ts';

/** The notes in force: a user's newest, else ours. Reading makes no file. */
export function notesOf(workspace: string): {
  readonly note: (attackId: string) => AnalystNote | null;
  readonly ids: readonly string[];
  readonly close: () => void;
} {
  if (!hasNotes(workspace)) return { note: builtInNote, ids: [], close: () => {} };
  const notes = openNotes(workspace);
  return { note: (id) => noteInForce(notes, id), ids: notes.ids(), close: notes.close };
}

function noteInForce(notes: Notes, id: string): AnalystNote | null {
  const newest = notes.newest(id);
  return (newest && asAnalystNote(newest)) ?? builtInNote(id);
}

function asAnalystNote({ about, revision, author, written, body }: NoteRevision): AnalystNote | null {
  if (body === null) return null;
  const read = readNote(parseJson(body));
  return typeof read === 'string' ? null : asNote(read, about, revision, author, written);
}

export type NoteOptions = { readonly id: string; readonly workspace: string };

const idOf = (text: string): string => {
  const id = text.trim().toUpperCase();
  if (!/^[A-Z]{1,3}[0-9]{4}(?:\.[0-9]{3})?$/.test(id))
    throw new VirgaError(
      'usage.wrong',
      `A note is about an ATT&CK id such as AN1996, not ${JSON.stringify(text.slice(0, 80))}.`,
    );
  return id;
};

/** The note in force about an id; an empty one to begin with where there is none. */
export function showNote({ id: text, workspace }: NoteOptions): AnalystNote {
  const id = idOf(text);
  const notes = notesOf(workspace);
  try {
    return notes.note(id) ?? asNote(emptyBody(), id, 0, '', '');
  } finally {
    notes.close();
  }
}

const emptyBody = () => {
  const empty = readNote({});
  if (typeof empty === 'string') throw new Error(empty);
  return empty;
};

/** Every revision of a user's note, oldest first, ours as revision 0 before them. */
export function noteHistory({ id: text, workspace }: NoteOptions): (
  | AnalystNote
  | {
      readonly about: readonly string[];
      readonly revision: number;
      readonly author: string;
      readonly written: string;
      readonly withdrawn: true;
    }
)[] {
  const id = idOf(text);
  const ours = builtInNote(id);
  const theirs = hasNotes(workspace) ? withNotes(workspace, (notes) => notes.history(id)) : [];
  return [
    ...(ours ? [ours] : []),
    ...theirs.map(
      (r) =>
        asAnalystNote(r) ?? {
          about: [id],
          revision: r.revision,
          author: r.author,
          written: r.written,
          withdrawn: true as const,
        },
    ),
  ];
}

function withNotes<T>(workspace: string, work: (notes: Notes) => T): T {
  const notes = openNotes(workspace);
  try {
    return work(notes);
  } finally {
    notes.close();
  }
}

const MOST_BYTES = 1024 * 1024;

/** Takes a note from a JSON file as the next revision. */
export function writeNote({
  id: text,
  workspace,
  file,
  author,
  now,
}: NoteOptions & { readonly file: string; readonly author: string; readonly now: () => Date }): AnalystNote {
  const id = idOf(text);
  const read = readNote(jsonFrom(file));
  if (typeof read === 'string') throw new VirgaError('usage.wrong', `${file} is no note: ${read}.`);
  const { revision, written } = withNotes(workspace, (notes) =>
    notes.append({ about: id, author, written: now().toISOString(), body: JSON.stringify(read) }),
  );
  return asNote(read, id, revision, author, written);
}

/** Takes a user's note back, so that ours (or none) is in force; the revisions stay. */
export function withdrawNote({
  id: text,
  workspace,
  author,
  now,
}: NoteOptions & { readonly author: string; readonly now: () => Date }): AnalystNote {
  const id = idOf(text);
  withNotes(workspace, (notes) => notes.append({ about: id, author, written: now().toISOString(), body: null }));
  return showNote({ id, workspace });
}

/** The note as the file that `--from` takes. */
export const noteFileOf = (note: AnalystNote): string => `${JSON.stringify(bodyOf(note), null, 2)}\n`;

function jsonFrom(file: string): unknown {
  try {
    if (statSync(file).size > MOST_BYTES)
      throw new VirgaError('usage.wrong', `${file} is larger than a note may be (1 MiB).`);
    return parseJson(readFileSync(file, 'utf8').replace(/^\ufeff/, ''));
  } catch (cause) {
    if (cause instanceof VirgaError) throw cause;
    if (cause instanceof SyntaxError)
      throw new VirgaError('usage.wrong', `${file} is not valid JSON: ${cause.message}.`, { cause });
    throw new VirgaError('path.missing', `${file} could not be read.`, { cause });
  }
}
