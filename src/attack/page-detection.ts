/** What a page says of detection: log sources, analytics, what a defender may tune. */
import type { AnalyticRef, AttackPage } from '../model/attack-page.ts';
import type { Block, Line, Part, Section } from '../model/paper.ts';
import { computed, type Lookup, line, linked, quoted, section, sentence, text } from './paper-parts.ts';
import { titleOf } from './title.ts';

const NO_CHANNEL = new Set(['', 'None']);

/** Analytics that a paper shows in full. */
const MOST_ANALYTICS = 40;

export function detection({ object, context }: AttackPage, lookup: Lookup): Section {
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
