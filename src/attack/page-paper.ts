/** The report of one object: complete by itself, every sentence MITRE's (with its source) or marked as ours. */
import type { AnalystNote } from '../model/analyst-note.ts';
import type { AnalyticRef, AttackPage, AttackRef, TechniqueRef } from '../model/attack-page.ts';
import type { Block, Line, Paper, Part, Section } from '../model/paper.ts';
import {
  computed,
  createLookup,
  joined,
  type Lookup,
  line,
  linked,
  quoted,
  relationBlocks,
  sentence,
  text,
  written,
} from './paper-parts.ts';
import { titleOf } from './title.ts';

export function pagePaper(page: AttackPage): Paper {
  const lookup = createLookup(page.citations);
  const { object, release } = page;
  const sections = [
    whole(page, lookup),
    section('mitre', 'What MITRE says', quoted(object, lookup)),
    place(page, lookup),
    ...page.context.techniques.slice(0, 3).map((t) => techniqueSection(t, lookup)),
    ...ownTechnique(page, lookup),
    detection(page, lookup),
    twins(page, lookup),
    ...page.analyst.map((note, i) => noteSection(note, i)),
    related(page, lookup),
    releases(page),
  ];
  return {
    title: titleOf(object),
    about: `${object.kind} of MITRE ATT&CK ${release.domain} ${release.release}, imported ${release.imported.slice(0, 10)}`,
    sections: sections.filter((s) => s.parts.some((p) => p.blocks.length > 0)),
    ...{ sources: page.citations, notice: page.licence },
  };
}

const section = (id: string, title: string, parts: readonly Part[]): Section => ({
  id,
  title,
  parts: parts.filter((p) => p.blocks.length > 0),
});

const facts = (rows: readonly (readonly [string, Line])[]): Block => ({
  is: 'table',
  caption: 'Facts',
  head: ['what', 'value'],
  rows: rows.filter(([, value]) => value.length > 0).map(([name, value]) => [line(name), value]),
});

function whole({ object, release, releases: held, also }: AttackPage, lookup: Lookup): Section {
  const rows: [string, Line][] = [
    ['Kind', line(object.kind)],
    ['ATT&CK id', object.attack_id === null ? [] : linked(object, lookup)],
    ['STIX id', [{ is: 'code', text: object.id }]],
    ['Status', line(object.status)],
    ['Version', line(object.version ?? 'none')],
    ['Created', line(object.created ?? 'not dated')],
    ['Modified', line(object.modified ?? 'not dated')],
    ['Platforms', line(object.platforms.join(', '))],
    ['Also called', line(object.aliases.join(', '))],
    ['Domains', line(object.domains.join(', '))],
    ['Release', line(`${release.domain} ${release.release}, bundle SHA-256 ${release.sha256}`)],
    ['Content', line(`SHA-256 ${object.content_hash}; the same in ${same(held, object.content_hash)}`)],
    ['Same id', line(also.map((o) => `${o.kind} ${titleOf(o)} (${o.status})`).join(', '))],
  ];
  return section('facts', 'In short', [
    computed(facts(rows.filter(([, value]) => value.some((s) => s.is === 'cite' || s.text !== '')))),
  ]);
}

function same(held: AttackPage['releases'], hash: string): string {
  const equal = held.filter((r) => r.content_hash === hash);
  const names = [...new Set(equal.map((r) => r.release))].join(', ');
  return equal.length === held.length ? `all imported releases that hold it (${names})` : names;
}

/** How it is tied to the rest, in sentences of ours over MITRE's objects. */
function place({ object, context }: AttackPage, lookup: Lookup): Section {
  const names = (refs: readonly AttackRef[]): Line => joined(refs.map((r) => linked(r, lookup)));
  const says = (before: string, refs: readonly AttackRef[], after = '.'): Line[] =>
    refs.length === 0 ? [] : [[text(before), ...names(refs), text(after)]];
  const analytic = object.type === 'x-mitre-analytic';
  const lines = [
    ...says(
      'Revoked: ',
      context.replaced_by,
      context.replaced_by.length > 1 ? ' take its place, one after the other.' : ' takes its place.',
    ),
    ...says('It took the place of ', context.replaces),
    ...says(analytic ? 'It belongs to detection strategy ' : 'Detection strategies: ', context.detection_strategies),
    ...says(
      analytic || object.type === 'x-mitre-detection-strategy' ? 'Through it, it detects technique ' : 'Techniques: ',
      context.techniques,
    ),
    ...says('Tactics: ', context.tactics),
    ...says('Sub-techniques: ', context.subtechniques),
    ...says('Analytics: ', context.analytics),
    ...says('Data components: ', context.data_components),
    ...says('Groups: ', context.groups),
    ...says('Software: ', context.software),
    ...says('Campaigns: ', context.campaigns),
    ...says('Assets: ', context.assets),
    ...says('Mitigations: ', context.mitigations),
  ];
  return section(
    'place',
    'Where it belongs',
    [computed({ is: 'list', title: null, lines })].filter(() => lines.length > 0),
  );
}

/** A technique that the object leads to, in full. */
function techniqueSection(t: TechniqueRef, lookup: Lookup): Section {
  const parts = [
    ...quoted(t, lookup),
    ...(t.parent ? quoted(t.parent, lookup, `${titleOf(t.parent)}, the technique above it`) : []),
    ...t.tactics.flatMap((tactic) => quoted(tactic, lookup, `tactic ${titleOf(tactic)}`)),
    ...procedures(t, lookup),
    ...mitigations(t, lookup),
  ];
  return section(`technique-${t.attack_id ?? t.id}`, `Technique ${titleOf(t)}`, parts);
}

function ownTechnique({ object, context }: AttackPage, lookup: Lookup): Section[] {
  if (object.type !== 'attack-pattern') return [];
  const parts = [
    ...context.tactics.flatMap((tactic) => quoted(tactic, lookup, `tactic ${titleOf(tactic)}`)),
    ...procedures({ ...object, ...context }, lookup),
    ...mitigations({ ...object, ...context }, lookup),
  ];
  return [section('use', 'Use and mitigation', parts)];
}

type Ends = AttackRef & Pick<TechniqueRef, 'groups' | 'software' | 'campaigns' | 'mitigations'>;

/** Procedure examples that a paper shows in full; the JSON has them all. */
const MOST_EXAMPLES = 60;

function procedures(t: Ends, lookup: Lookup): Part[] {
  const users = [...t.groups, ...t.software, ...t.campaigns];
  if (users.length === 0)
    return [
      computed(
        sentence(
          `MITRE lists no group, software or campaign for ${titleOf(t)} in this release. That says nothing about its use.`,
        ),
      ),
    ];
  const more = users.length - MOST_EXAMPLES;
  return [
    ...users.slice(0, MOST_EXAMPLES).flatMap((user): Part[] => {
      const blocks = relationBlocks(user, lookup);
      return blocks.length === 0
        ? []
        : [
            {
              by: 'mitre',
              credit: [text(`procedure example of ${titleOf(t)}: `), ...linked(user, lookup)],
              blocks,
            },
          ];
    }),
    ...(more > 0 ? [computed(sentence(`${more} more procedure examples are in the JSON of this page.`))] : []),
  ];
}

function mitigations(t: Ends, lookup: Lookup): Part[] {
  return t.mitigations.flatMap((m): Part[] => {
    const blocks = relationBlocks(m, lookup);
    const why: Part[] =
      blocks.length === 0
        ? []
        : [{ by: 'mitre', credit: [text(`mitigation of ${titleOf(t)}: `), ...linked(m, lookup)], blocks }];
    return [...why, ...quoted(m, lookup, `mitigation ${titleOf(m)}`)];
  });
}

const NO_CHANNEL = new Set(['', 'None']);

/** Analytics that a paper shows in full. */
const MOST_ANALYTICS = 40;

function detection({ object, context }: AttackPage, lookup: Lookup): Section {
  const rows = context.log_sources.map((l) => [
    line(l.name),
    line(l.channel === null || NO_CHANNEL.has(l.channel) ? 'none named' : l.channel),
    l.component === null ? line('') : linked(l.component, lookup),
  ]);
  const table: Block = { is: 'table', caption: 'Log sources', head: ['log source', 'channel', 'data component'], rows };
  const analytics = context.analytics.slice(0, MOST_ANALYTICS);
  const more = context.analytics.length - analytics.length;
  const parts = [
    ...(rows.length > 0 ? [computed(table)] : []),
    ...tunable(object.mutable_elements, titleOf(object)),
    ...(object.type === 'x-mitre-analytic' ? context.data_components : []).flatMap((c) =>
      quoted(c, lookup, `data component ${titleOf(c)}`),
    ),
    ...analytics.flatMap((a) => [
      ...quoted(a, lookup, `analytic ${titleOf(a)}${a.platforms.length > 0 ? ` for ${a.platforms.join(', ')}` : ''}`),
      ...analyticLogs(a, lookup),
      ...tunable(a.mutable_elements, titleOf(a)),
    ]),
    ...(more > 0 ? [computed(sentence(`${more} more analytics are in the JSON of this page.`))] : []),
  ];
  return section('detection', 'Log sources and detection', parts);
}

function analyticLogs(a: AnalyticRef, lookup: Lookup): Part[] {
  if (a.log_sources.length === 0) return [];
  const lines = a.log_sources.map(
    (l): Line => [
      text(`${l.name}${l.channel === null || NO_CHANNEL.has(l.channel) ? '' : `: ${l.channel}`}`),
      ...(l.component ? [text(' – '), ...linked(l.component, lookup)] : []),
    ],
  );
  return [computed({ is: 'list', title: `Log sources of ${titleOf(a)}`, lines })];
}

function tunable(elements: AnalyticRef['mutable_elements'], credit: string): Part[] {
  if (elements.length === 0) return [];
  const lines = elements.map((e): Line => [{ is: 'strong', text: e.field }, text(`: ${e.description}`)]);
  return [{ by: 'mitre', credit: line(credit), blocks: [{ is: 'list', title: 'What a defender may tune', lines }] }];
}

function twins({ object, context }: AttackPage, lookup: Lookup): Section {
  const parts = context.twins.slice(0, 10).flatMap((twin) => [
    computed({
      is: 'text',
      line: [
        ...[...linked(twin, lookup), text(` carries the same text as ${titleOf(object)}, word for word.`)],
        ...(twin.strategies.length > 0
          ? [text(' It belongs to '), ...joined(twin.strategies.map((s) => linked(s, lookup))), text('.')]
          : []),
        ...(twin.techniques.length > 0
          ? [text(' It leads to '), ...joined(twin.techniques.map((t) => linked(t, lookup))), text('.')]
          : []),
      ],
    }),
    ...twin.techniques.slice(0, 2).flatMap((t) => [...quoted(t, lookup), ...procedures(t, lookup)]),
  ]);
  return section('twins', 'The same text elsewhere', parts);
}

function noteSection(note: AnalystNote, i: number): Section {
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
function related({ related: refs }: AttackPage, lookup: Lookup): Section {
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

function releases({ releases: held, absent_from }: AttackPage): Section {
  const rows = held.map((r) =>
    [r.release, r.domain, r.version ?? 'none', r.modified ?? 'not dated', r.status, r.content_hash.slice(0, 16)].map(
      line,
    ),
  );
  const hashes = new Set(held.map((r) => r.content_hash)).size;
  const says =
    hashes === 1
      ? 'Its content is the same in every release listed.'
      : `Its content has ${hashes} states over the releases listed.`;
  const table: Block = {
    is: 'table',
    caption: 'Releases',
    head: ['release', 'domain', 'version', 'modified', 'status', 'content hash'],
    rows,
  };
  const absent = absent_from.length === 0 ? [] : [sentence(`Imported, but without it: ${absent_from.join(', ')}.`)];
  return section('releases', 'Releases', [computed(table, sentence(says), ...absent)]);
}
