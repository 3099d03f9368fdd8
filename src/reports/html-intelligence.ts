/** The intelligence of the hunt: where it came from, what of it was active, what may not convict and why. */
import type { HuntDocument } from '../model/finding.ts';
import { dataTable } from './html-table.ts';
import { html, type Markup } from './markup.ts';
import { show, showDefanged, showSentence } from './safe-text.ts';
import { count, minute, number, originName } from './wording.ts';

const MOST_ROWS = 200;

const rest = (all: number): Markup | null =>
  all > MOST_ROWS ? html`<p class="more" role="note">${number(all - MOST_ROWS)} more in the JSON.</p>` : null;

/** Names with numbers as bars, largest first; the number is text. */
export function bars(caption: string, name: string, counts: readonly (readonly [string, number])[]): Markup {
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  const most = Math.max(1, ...sorted.slice(0, 1).map(([, n]) => n));
  const rows = sorted
    .slice(0, MOST_ROWS)
    .map(([label, n]) => [
      show(label, 80),
      html`<span class="number">${number(n)}</span>`,
      html`<svg class="share" width="100%" height="8" aria-hidden="true" focusable="false"><rect x="0" y="0" width="${((100 * n) / most).toFixed(1)}%" height="8" rx="2"/></svg>`,
    ]);
  const columns = [
    { title: name },
    { title: 'Number', kind: 'number' as const },
    { title: 'Share', kind: 'drawn' as const },
  ];
  return html`<div class="bars">${dataTable(caption, columns, rows)}${rest(sorted.length)}</div>`;
}

function sources({ intel }: HuntDocument): Markup {
  const rows = intel.sources
    .slice(0, MOST_ROWS)
    .map((s) => [
      show(s.name),
      originName(s.from),
      number(s.indicators),
      s.licence === null ? 'not given' : show(s.licence),
      s.newest === null ? 'not dated' : `${minute(s.newest)} UTC`,
    ]);
  const columns = [
    { title: 'Source' },
    { title: 'From' },
    { title: 'Indicators', kind: 'number' as const },
    { title: 'Licence' },
    { title: 'Newest' },
  ];
  return html`${dataTable('Sources', columns, rows)}${rest(intel.sources.length)}`;
}

function guarded({ intel }: HuntDocument): Markup | null {
  if (intel.guarded.length === 0) return null;
  const rows = intel.guarded
    .slice(0, MOST_ROWS)
    .map((g) => [html`<code>${showDefanged(g.value)}</code>`, show(g.source), showSentence(g.why, [g.value])]);
  const columns = [
    { title: 'Indicator' },
    { title: 'Source' },
    { title: 'Why it may not convict', kind: 'wide' as const },
  ];
  return html`<details class="fold"><summary>${count(intel.guarded.length, 'guarded indicator')}: listed by a source, but not allowed to convict</summary>${dataTable('Guarded indicators', columns, rows)}${rest(intel.guarded.length)}</details>`;
}

/** The section of intelligence. */
export function intelligenceSection(document: HuntDocument): Markup {
  const { intel } = document;
  const stand = `${count(intel.indicators, 'indicator')} from ${count(intel.files, 'file')}: ${number(intel.active)} active, ${number(intel.expired)} expired, ${number(intel.not_yet_valid)} not yet valid, ${number(intel.not_for_detection)} not for detection. ${count(intel.refused, 'row')} refused.`;
  return html`<section id="intelligence" aria-labelledby="intelligence-title"><div class="heading"><h2 id="intelligence-title">Intelligence</h2><p class="hint">${stand}</p></div>
${intel.sources.length === 0 ? html`<p class="empty">No source was given: only known characteristics and behaviour could be looked for.</p>` : sources(document)}
${guarded(document)}<div class="halves">${bars('Indicators by platform', 'Platform', Object.entries(intel.by_platform))}${bars('Indicators by kind', 'Kind', Object.entries(intel.by_kind))}</div></section>
`;
}
