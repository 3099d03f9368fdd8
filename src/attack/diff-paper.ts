/** The difference of two releases as a report: numbers first, then what appeared, went and changed, kind by kind. */
import type { AttackDiff, ChangeCategory, FieldChange, ObjectChange } from '../model/attack-diff.ts';
import { changeCategories } from '../model/attack-diff.ts';
import type { Block, Line, Paper, Part, Section } from '../model/paper.ts';
import { kindsOf } from './kinds.ts';
import { LICENCE } from './licence.ts';
import { line, text } from './paper-parts.ts';
import { titleOf } from './title.ts';

/** The words of a category, for people. */
export const categoryWords: Readonly<Record<ChangeCategory, string>> = {
  added: 'added',
  removed: 'removed',
  revoked: 'revoked',
  deprecated: 'deprecated',
  major_version: 'major version',
  minor_version: 'minor version',
  other_version: 'other version',
  modified_same_version: 'new date, same version',
  content_changed_same_modified: 'changed without a new date',
};

export function diffPaper(diff: AttackDiff): Paper {
  const kinds = Object.keys(diff.counts).filter((type) => type !== 'relationship');
  return {
    title: `ATT&CK ${diff.domain}: ${diff.from} to ${diff.to}`,
    about: 'What changed, by content: dates and version numbers are reported, not trusted.',
    sections: [summary(diff), ...kinds.map((type) => kindSection(diff, type)), relations(diff)].filter((s) =>
      s.parts.some((p) => p.blocks.length > 0),
    ),
    ...{ sources: [], notice: LICENCE },
  };
}

const told = (...blocks: readonly Block[]): Part => ({
  by: 'virga',
  credit: line('worked out from the two releases'),
  blocks,
});

function summary({ counts, objects }: AttackDiff): Section {
  const columns = [...changeCategories, 'unchanged' as const].filter((c) =>
    Object.values(counts).some((row) => (row[c] ?? 0) > 0),
  );
  const head = ['kind', ...columns.map((c) => (c === 'unchanged' ? c : categoryWords[c]))];
  const rows = Object.entries(counts).map(([type, row]) =>
    [kindsOf(type), ...columns.map((c) => String(row[c] ?? 0))].map(line),
  );
  const housekeeping = objects.filter((o) => o.bookkeeping).length;
  const silent = objects.filter((o) => o.categories.includes('content_changed_same_modified')).length;
  const lines = [
    `${objects.length} objects differ. Of ${housekeeping} of them only dates, editors or the version of the specification changed; they are counted above and not told below.`,
    `${silent} changed without a new date.`,
  ].map(line);
  return {
    id: 'summary',
    title: 'In numbers',
    parts: [told({ is: 'table', caption: 'Changes by kind', head, rows }, { is: 'list', title: null, lines })],
  };
}

/** A sentence that as many objects of a kind share is told once, with their number. */
const SHARED = 20;
/** Objects of a kind that are told one by one. */
const MOST_OBJECTS = 400;

function kindSection({ objects }: AttackDiff, type: string): Section {
  const rows = objects.filter((o) => o.type === type);
  const of = (category: ChangeCategory): ObjectChange[] => rows.filter((o) => o.categories.includes(category));
  const list = (title: string, found: readonly ObjectChange[], after: (o: ObjectChange) => Line = () => []): Block[] =>
    found.length === 0 ? [] : [{ is: 'list', title, lines: found.map((o) => [...link(o), ...after(o)]) }];
  const changed = rows.filter((o) => !o.bookkeeping && o.categories.every((c) => c !== 'added' && c !== 'removed'));
  const shared = sharedWords(changed);
  const own = changed.map((o) => ({ o, changes: ownChanges(o, shared) })).filter(({ changes }) => changes.length > 0);
  const blocks = [
    ...list('Added', of('added')),
    ...list('Removed', of('removed')),
    ...list('Revoked', of('revoked'), (o) =>
      line(o.replaced_by ? `, replaced by ${titleOf(o.replaced_by)}` : ', without a replacement'),
    ),
    ...list('Deprecated', of('deprecated')),
    ...list(
      'Another ATT&CK id',
      rows.filter((o) => o.renumbered_from !== null),
      (o) => line(`, before ${o.renumbered_from}`),
    ),
    ...(shared.size === 0
      ? []
      : [
          {
            is: 'list' as const,
            title: 'The same change in many',
            lines: [...shared].map(([says, n]) => line(`${says}: ${n} ${kindsOf(type)}`)),
          },
        ]),
  ];
  const more = own.length - MOST_OBJECTS;
  return {
    id: type,
    title: kindsOf(type).replace(/^./, (c) => c.toUpperCase()),
    parts: [
      ...(blocks.length > 0 ? [told(...blocks)] : []),
      ...own.slice(0, MOST_OBJECTS).flatMap(({ o, changes }) => objectParts(o, changes)),
      ...(more > 0
        ? [told({ is: 'text', line: line(`${more} more changed ${kindsOf(type)} are in the JSON of this diff.`) })]
        : []),
    ],
  };
}

const link = (o: ObjectChange): Line =>
  o.url === null ? line(o.subject) : [{ is: 'link', text: o.subject, url: o.url }];

function sharedWords(changed: readonly ObjectChange[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { changes } of changed)
    for (const says of changes.flatMap((c) => (c.words ? [] : c.says))) counts.set(says, (counts.get(says) ?? 0) + 1);
  return new Map([...counts].filter(([, n]) => n >= SHARED).sort(([, a], [, b]) => b - a));
}

const ownChanges = (o: ObjectChange, shared: ReadonlyMap<string, number>): FieldChange[] =>
  o.changes.map((c) => ({ ...c, says: c.says.filter((s) => !shared.has(s)) })).filter((c) => c.says.length > 0);

function objectParts(o: ObjectChange, changes: readonly FieldChange[]): Part[] {
  const version =
    o.from_version === o.to_version
      ? `version ${o.to_version ?? 'none'}`
      : `version ${o.from_version ?? 'none'} to ${o.to_version ?? 'none'}`;
  const lines = changes.filter((c) => c.words === null).flatMap((c) => c.says.map(line));
  const head: Line = [...link(o), text(` (${version}; ${o.categories.map((c) => categoryWords[c]).join(', ')})`)];
  const words = changes.filter((c) => c.words !== null);
  const reworded =
    words.length === 0 ? [] : [line(`${words.map((c) => c.field.replace(/^x_mitre_/, '')).join(', ')} reworded`)];
  return [
    told({ is: 'text', line: head }, { is: 'list', title: null, lines: [...lines, ...reworded] }),
    ...words.map(
      (c): Part => ({
        by: 'mitre',
        credit: line(`${titleOf(o)}, before and after`),
        blocks: [{ is: 'words', title: c.field.replace(/^x_mitre_/, ''), runs: c.words ?? [] }],
      }),
    ),
  ];
}

/** Relations that are told one by one, of each sort. */
const MOST_RELATIONS = 500;

function relations({ objects }: AttackDiff): Section {
  const rows = objects.filter((o) => o.type === 'relationship');
  const list = (title: string, found: readonly ObjectChange[]): Block[] => {
    const lines = found
      .map((o) => o.subject)
      .sort()
      .slice(0, MOST_RELATIONS)
      .map(line);
    const more = found.length - lines.length;
    return found.length === 0
      ? []
      : [
          {
            is: 'list',
            title: `${title} (${found.length})`,
            lines: more > 0 ? [...lines, line(`and ${more} more, in the JSON of this diff`)] : lines,
          },
        ];
  };
  const of = (category: ChangeCategory): ObjectChange[] => rows.filter((o) => o.categories.includes(category));
  const reworded = rows.filter((o) => o.changes.some((c) => c.field === 'description'));
  const blocks = [
    ...list('Added', of('added')),
    ...list('Removed', of('removed')),
    ...list('Revoked', of('revoked')),
    ...list('Description changed', reworded),
  ];
  return { id: 'relationships', title: 'Relationships', parts: blocks.length === 0 ? [] : [told(...blocks)] };
}
