/** A note as a user writes it: the edge schema of `virga attack note --from`. */
import { z } from 'zod';
import type { AnalystNote } from '../model/analyst-note.ts';

const words = z.string().trim().max(8000);
const list = z.array(words).max(100).default([]);
const attackIds = z
  .array(z.string().regex(/^[A-Z]{1,3}[0-9]{4}(?:\.[0-9]{3})?$/, 'an ATT&CK id such as T1583.007'))
  .max(100);

const noteFile = z.object({
  executive_priority: words.default(''),
  technical_view: words.default(''),
  likely_telemetry: list,
  detection_direction: list,
  mitigation_priorities: list,
  notes: list,
  limits: list,
  related: attackIds.default([]),
  sources: z
    .array(
      z.object({
        title: words,
        url: z.url({ protocol: /^https?$/ }).max(2000),
        checked: z.string().max(40).default(''),
      }),
    )
    .max(100)
    .default([]),
});

/** The parts of a note that its writer decides. */
export type NoteBody = z.infer<typeof noteFile>;

/** The body, or in words what is wrong with it and where. Fields that a note does not have are left out. */
export function readNote(json: unknown): NoteBody | string {
  const read = noteFile.safeParse(json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  return `${issue?.path.join('.') || 'the note'}: ${issue?.message ?? 'not a note'}`;
}

export const asNote = (
  body: NoteBody,
  about: string,
  revision: number,
  author: string,
  written: string,
): AnalystNote => ({
  ...{ about: [about], revision, author, written },
  ...body,
});

export const bodyOf = (note: AnalystNote): NoteBody => {
  const { about: _a, revision: _r, author: _w, written: _t, ...body } = note;
  return {
    ...body,
    ...{ likely_telemetry: [...body.likely_telemetry], detection_direction: [...body.detection_direction] },
    ...{ mitigation_priorities: [...body.mitigation_priorities], notes: [...body.notes], limits: [...body.limits] },
    ...{ related: [...body.related], sources: body.sources.map((s) => ({ ...s })) },
  };
};
