/** Pieces that papers about ATT&CK are put together from. */
import type { AnalystNote } from '../model/analyst-note.ts';
import type { AttackRef } from '../model/attack-page.ts';
import type { Block, Line, Part, Section, Source, Span } from '../model/paper.ts';
import { proseOf } from './prose.ts';
import { titleOf } from './title.ts';

export const text = (words: string): Span => ({ is: 'text', text: words });
export const line = (words: string): Line => [text(words)];
export const sentence = (words: string): Block => ({ is: 'text', line: line(words) });
export const cite = (n: number | null): Span[] => (n === null ? [] : [{ is: 'cite', n }]);

/** What Virga works out from MITRE's data. */
export const computed = (...blocks: readonly Block[]): Part => ({
  by: 'virga',
  credit: line('worked out from the release'),
  blocks,
});

/** What Virga or a user wrote. */
export const written = (note: AnalystNote, blocks: readonly Block[]): Part => ({
  by: note.revision === 0 ? 'virga' : 'user',
  credit: line(
    note.revision === 0
      ? `written ${note.written}; not MITRE’s words`
      : `${note.author}, revision ${note.revision}, ${note.written.slice(0, 10)}; not MITRE’s words`,
  ),
  blocks,
});

/** Finds a page's sources again: of an object, and of a name cited in an object's text. */
export function createLookup(sources: readonly Source[]) {
  const objects = new Map(
    sources
      .filter((s) => s.held_by.length === 0)
      .map((s) => [s.text.slice(s.text.indexOf(', ', s.text.indexOf(', ') + 1) + 2), s.n]),
  );
  const cited = new Map(sources.flatMap((s) => s.held_by.map((holder) => [`${holder} ${s.name}`, s.n] as const)));
  return {
    object: (ref: AttackRef): number | null => objects.get(`${ref.kind} ${titleOf(ref)}`) ?? null,
    cited: (holder: string, name: string): number | null => cited.get(`${holder} ${name}`) ?? null,
  };
}
export type Lookup = ReturnType<typeof createLookup>;

/** MITRE's description of an object, word for word, with the object as its source. Nothing where there is none. */
export function quoted(ref: AttackRef, lookup: Lookup, title: string | null = null): Part[] {
  if (ref.description === null || ref.description.trim() === '') return [];
  return [
    {
      by: 'mitre',
      credit: [text(title ?? titleOf(ref)), ...cite(lookup.object(ref))],
      blocks: blocksOf(ref.description, titleOf(ref), lookup),
    },
  ];
}

/** What MITRE says about a relation. */
export const relationBlocks = (ref: AttackRef, lookup: Lookup): Block[] =>
  ref.relation === null ? [] : blocksOf(ref.relation, ref.relation_id ?? '', lookup);

function blocksOf(words: string, holder: string, lookup: Lookup): Block[] {
  const blocks: Block[] = [];
  let items: Line[] = [];
  const flush = (): void => {
    if (items.length > 0) blocks.push({ is: 'list', title: null, lines: items });
    items = [];
  };
  for (const prose of proseOf(words, (name) => lookup.cited(holder, name))) {
    if (prose.is === 'item') items.push(prose.line);
    else {
      flush();
      blocks.push({ is: 'text', line: prose.line });
    }
  }
  flush();
  return blocks;
}

/** An object as a link to its page, with its source. */
export const linked = (ref: AttackRef, lookup: Lookup): Line => [
  ref.url === null ? text(titleOf(ref)) : { is: 'link', text: titleOf(ref), url: ref.url },
  ...cite(lookup.object(ref)),
];

export const joined = (lines: readonly Line[], between = ', '): Line =>
  lines.flatMap((l, i) => (i === 0 ? l : [text(between), ...l]));

/** A section of a paper, without the parts that say nothing. */
export const section = (id: string, title: string, parts: readonly Part[]): Section => ({
  id,
  title,
  parts: parts.filter((p) => p.blocks.length > 0),
});
