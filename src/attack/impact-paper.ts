/** The impact of a release as a report: what to act on first, then what to look at, then what stays. */
import type { Affected, AttackImpact, ImpactEffect, Mention } from '../model/attack-impact.ts';
import type { Block, Line, Paper, Part, Section } from '../model/paper.ts';
import { LICENCE } from './licence.ts';
import { line } from './paper-parts.ts';

const TITLES: Readonly<Record<ImpactEffect, string>> = {
  revoked: 'Revoked: replace them',
  removed: 'Removed',
  renumbered: 'Another id now',
  reused: 'The id names another object now',
  deprecated: 'Deprecated',
  stale: 'Out of date before already',
  changed: 'Changed: look at them',
};

export function impactPaper(
  impact: AttackImpact & { readonly migrated: readonly { readonly file: string; readonly copy: string }[] },
): Paper {
  const effects = Object.keys(TITLES).map((effect) => impact.affected.filter((a) => a.effect === effect));
  return {
    title: `What ATT&CK ${impact.domain} ${impact.to} changes for your files`,
    about: `Compared with ${impact.from}; ${impact.files.length} files looked through.`,
    sections: [summary(impact), ...effects.map(effectSection), migrations(impact), rest(impact)].filter((s) =>
      s.parts.some((p) => p.blocks.length > 0),
    ),
    ...{ sources: [], notice: LICENCE },
  };
}

const told = (...blocks: readonly Block[]): Part => ({
  by: 'virga',
  credit: line('worked out from the two releases and your files'),
  blocks,
});

function summary(impact: AttackImpact): Section {
  const rows = impact.files.map((f) => [f.file, f.kind, f.title ?? '', String(f.mentions)].map(line));
  const named = impact.affected.length + impact.unaffected.length;
  const acting = impact.affected.filter((a) => a.effect !== 'changed').length;
  const lines = [
    `Your files and what the workspace keeps (notes, indicators, findings, coverage) name ${named} objects of ${impact.domain}. ${acting} of them are gone, moved or out of date, ${impact.affected.length - acting} changed, ${impact.unaffected.length} stay as they were.`,
    'Your files stay as they are: a migration is made only where you approve it, and only in copies.',
    ...impact.skipped.map((s) => `${s.file} was not looked through: ${s.reason}.`),
  ].map(line);
  return {
    id: 'summary',
    title: 'In short',
    parts: [
      told(
        { is: 'list', title: null, lines },
        ...(rows.length > 0
          ? [{ is: 'table' as const, caption: 'Files', head: ['file', 'kind', 'title', 'ids named'], rows }]
          : []),
      ),
    ],
  };
}

/** Places of one object that are listed. */
const MOST_PLACES = 30;

function effectSection(affected: readonly Affected[]): Section {
  const [first] = affected;
  if (!first) return { id: 'none', title: '', parts: [] };
  return {
    id: first.effect,
    title: TITLES[first.effect],
    parts: affected.flatMap((a) => [
      told(
        { is: 'text', line: [{ is: 'strong', text: `${a.attack_id} ${a.name ?? ''}`.trim() }] },
        {
          is: 'list',
          title: null,
          lines: [...a.says, ...a.changes.filter((c) => c.words === null).flatMap((c) => c.says), ...proposal(a)].map(
            line,
          ),
        },
        { is: 'list', title: 'Named in', lines: places(a.mentions) },
      ),
      ...a.changes.flatMap((c): Part[] =>
        c.words === null
          ? []
          : [
              {
                by: 'mitre',
                credit: line(`${a.attack_id}, before and after`),
                blocks: [{ is: 'words', title: c.field.replace(/^x_mitre_/, ''), runs: c.words }],
              },
            ],
      ),
    ]),
  };
}

const proposal = ({ migration }: Affected): string[] =>
  migration === null
    ? []
    : [
        `Proposal: write ${migration.with.join(', ')} instead of ${migration.replace}: ${migration.why}${migration.review ? '. Look at each place first' : ''}`,
      ];

function places(mentions: readonly Mention[]): Line[] {
  const lines = mentions
    .slice(0, MOST_PLACES)
    .map((m) =>
      line(
        `${m.file}${m.line === null ? '' : `:${m.line}`}${m.path === null ? '' : `, ${m.path}`} (${m.kind}${m.title === null ? '' : ` “${m.title}”`}): ${m.written}`,
      ),
    );
  const more = mentions.length - lines.length;
  return more > 0 ? [...lines, line(`and ${more} more places, in the JSON`)] : lines;
}

function migrations({
  migrated,
}: {
  readonly migrated: readonly { readonly file: string; readonly copy: string }[];
}): Section {
  const rows = migrated.map((m) => [line(m.file), line(m.copy)]);
  return {
    id: 'migrated',
    title: 'Migrated copies',
    parts: rows.length === 0 ? [] : [told({ is: 'table', caption: 'Copies', head: ['file', 'copy'], rows })],
  };
}

function rest(impact: AttackImpact): Section {
  const same = impact.unaffected.map((u) => line(`${u.attack_id} ${u.name ?? ''}`));
  const unknown = impact.unknown.map((u) => line(`${u.attack_id}: ${u.mentions.length} places`));
  const blocks: Block[] = [
    ...(same.length === 0 ? [] : [{ is: 'list' as const, title: 'The same in substance', lines: same }]),
    ...(unknown.length === 0
      ? []
      : [{ is: 'list' as const, title: 'Of ATT&CK’s shape, but in neither release', lines: unknown }]),
  ];
  return { id: 'rest', title: 'What stays', parts: blocks.length === 0 ? [] : [told(...blocks)] };
}
