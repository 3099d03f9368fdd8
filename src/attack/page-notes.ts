/** What analysts wrote about an object and the stages of an intrusion beside it. */
import type { AnalystNote } from '../model/analyst-note.ts';
import type { AttackPage } from '../model/attack-page.ts';
import type { Block, Line, Section } from '../model/paper.ts';
import { joined, type Lookup, line, linked, section, text, written } from './paper-parts.ts';

export function noteSection(note: AnalystNote, i: number): Section {
  const list = (title: string, items: readonly string[]): Block[] =>
    items.length === 0 ? [] : [{ is: 'list', title, lines: items.map(line) }];
  const one = (title: string, words: string): Block[] =>
    words === '' ? [] : [{ is: 'list', title, lines: [line(words)] }];
  const blocks = [
    ...one('Executive priority', note.executive_priority),
    ...one('Technical view', note.technical_view),
    ...list('Likely telemetry', note.likely_telemetry),
    ...list('Detection direction', note.detection_direction),
    ...list('Mitigation priorities', note.mitigation_priorities),
    ...list('Notes', note.notes),
    ...list('Limits', note.limits),
    ...(note.sources.length === 0
      ? []
      : [
          {
            is: 'list' as const,
            title: 'Sources of this note',
            lines: note.sources.map(
              (s): Line => [
                { is: 'link', text: s.title, url: s.url },
                text(s.checked === '' ? '' : ` (read ${s.checked})`),
              ],
            ),
          },
        ]),
  ];
  return section(`note-${i + 1}`, `Analyst context: ${note.about.join(', ')}`, [written(note, blocks)]);
}

/** Stages of an intrusion that stand beside it: the techniques as MITRE names them, what the notes make of them. */
export function related({ related: refs }: AttackPage, lookup: Lookup): Section {
  const notes = refs
    .flatMap(({ note }) => note ?? [])
    .filter((note, i, all) => all.findIndex((n) => sameNote(n, note)) === i);
  const row = (note: AnalystNote): Line[] => [
    joined(
      refs.filter((r) => r.note && sameNote(r.note, note)).map((r) => linked(r.technique, lookup)),
      '; ',
    ),
    line(note.technical_view),
    line(note.detection_direction.join(' ')),
    line(note.likely_telemetry.join('; ')),
  ];
  const head = ['techniques', 'beside this', 'what to look for', 'telemetry'];
  const table = (of: readonly AnalystNote[]): Block => ({
    is: 'table',
    caption: 'Related techniques',
    head,
    rows: of.map(row),
  });
  const ours = notes.filter((n) => n.revision === 0);
  const [first] = ours;
  return section('related', 'Related stages of an intrusion', [
    ...(first ? [written(first, [table(ours)])] : []),
    ...notes.filter((n) => n.revision > 0).map((n) => written(n, [table([n])])),
  ]);
}

const sameNote = (a: AnalystNote, b: AnalystNote): boolean =>
  a.revision === b.revision && a.about.join() === b.about.join() && a.author === b.author;
