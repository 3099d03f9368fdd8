/** The report of one object: complete by itself, every sentence MITRE's (with its source) or marked as ours. */
import type { AttackPage, AttackRef } from '../model/attack-page.ts';
import type { Block, Line, Paper, Section } from '../model/paper.ts';
import { detection } from './page-detection.ts';
import { noteSection, related } from './page-notes.ts';
import { ownTechnique, procedures, techniqueSection } from './page-technique.ts';
import {
  computed,
  createLookup,
  joined,
  type Lookup,
  line,
  linked,
  quoted,
  section,
  sentence,
  text,
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
