/** Our notes about ATT&CK objects, that come with the program. Users' own revisions stand above them. */
import type { AnalystNote } from '../../model/analyst-note.ts';
import { lifecycle } from './lifecycle.ts';
import { serverless } from './serverless.ts';

const notes: readonly AnalystNote[] = [...serverless, ...lifecycle];

const byId = new Map(notes.flatMap((note) => note.about.map((id) => [id, note] as const)));

export const builtInNote = (attackId: string): AnalystNote | null => byId.get(attackId) ?? null;
