/** What speaks for and against a finding: one row an evidence, with its indicator and the rows of the logs. */
import type { Evidence, Finding, IndicatorCitation, Row } from '../model/finding.ts';
import { dataTable } from './html-table.ts';
import { html, type Markup, type Part } from './markup.ts';
import { show, showDefanged, showSentence } from './safe-text.ts';
import {
  classWords,
  count,
  knownNames,
  matchWords,
  minute,
  number,
  second,
  standingWords,
  validity,
  weight,
} from './wording.ts';

/** More than this is not read by anyone in a page; the JSON has all. */
const MOST_EVIDENCE = 20;
const MOST_ROWS = 12;
/** The weight that fills half of the small bar: log-odds 5 is odds of 148 to 1. */
const FULL_WEIGHT = 5;

/** A bar from the middle: right speaks for adversary use, left against it. The number stands beside it. */
function weightBar(value: number): Markup {
  const share = Math.min(1, Math.abs(value) / FULL_WEIGHT) * 38;
  const x = value < 0 ? 40 - share : 40;
  return html`<svg class="weight" width="80" height="10" aria-hidden="true" focusable="false"><line class="zero" x1="40" x2="40" y1="0" y2="10"/><rect class="${value < 0 ? 'against' : 'for'}" x="${x.toFixed(1)}" y="2" width="${share.toFixed(1)}" height="6" rx="1"/></svg>`;
}

function facts(pairs: readonly (readonly [string, Part])[]): Markup {
  return html`<dl class="facts">${pairs.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function cited(i: IndicatorCitation): Markup {
  const recorded = i.recorded === null ? 'not given' : `${minute(i.recorded)} UTC`;
  return html`<div class="cited"><p class="value"><code>${showDefanged(i.value)}</code> <span class="kind">${show(i.kind, 40)}</span></p>
${i.description === null ? null : html`<p class="muted">${showSentence(i.description, [i.value])}</p>`}
${facts([
  ['Source', show(i.source)],
  ['Licence', i.licence === null ? 'not given' : show(i.licence)],
  ['Confidence', i.confidence === null ? 'not given' : `${number(i.confidence)} of 100`],
  [
    'Valid',
    validity(i)
      .split(' to ')
      .map((part, n) => html`${n > 0 ? ' to ' : null}<span class="name">${part}</span>`),
  ],
  ['Recorded', recorded],
  ['Standing', html`<span class="standing ${i.standing}">${standingWords[i.standing]}</span>`],
  ['Match', matchWords[i.match]],
  ['Indicator', html`<code>${show(i.id, 120)}</code>`],
])}</div>`;
}

const keyOf = (i: IndicatorCitation): string => JSON.stringify([i.source, i.id, i.value]);

/** The indicator in full where it is cited first, in a line after that. */
function citation(i: IndicatorCitation, before: readonly Evidence[]): Markup {
  const known = before.some((e) => e.indicator !== undefined && keyOf(e.indicator) === keyOf(i));
  if (!known) return cited(i);
  return html`<p class="muted">The indicator of ${show(i.source, 120)} above: ${matchWords[i.match]}, ${standingWords[i.standing]}.</p>`;
}

function logRows(rows: readonly Row[], total: number): Markup | null {
  if (rows.length === 0) return null;
  const shown = rows.slice(0, MOST_ROWS);
  const rest = Math.max(total, rows.length) - shown.length;
  return html`<details class="rows"><summary>${count(Math.max(total, rows.length), 'row')} in the logs</summary><ul>${shown.map(
    (r) => html`<li><code>${show(r.file)}:${r.line}</code> <time>${second(r.time)}</time></li>`,
  )}</ul>${rest > 0 ? html`<p class="muted">${count(rest, 'more row')} not shown here.</p>` : null}</details>`;
}

function evidenceRow(e: Evidence, before: readonly Evidence[], known: readonly string[]): readonly Part[] {
  return [
    html`<span class="class ${e.class}">${e.class}</span><span class="where"><code>${show(e.where, 60)}</code></span>`,
    html`<span class="number">${weight(e.weight)}</span>${weightBar(e.weight)}`,
    html`<p data-brief="line">${showSentence(e.summary, known)}</p>
${e.guard === undefined ? null : html`<p class="guard"><strong>Does not convict:</strong> ${showSentence(e.guard, known)}</p>`}
${e.indicator === undefined ? null : citation(e.indicator, before)}${logRows(e.events, e.rows_total)}`,
  ];
}

/** The evidence of a finding as a table, in the order of the document. */
export function evidenceTable(finding: Finding): Markup {
  const known = knownNames(finding);
  const shown = finding.evidence.slice(0, MOST_EVIDENCE);
  const rest = finding.evidence.length - shown.length;
  const classes = [...new Set(shown.map((e) => e.class))].map((c) => `${c}: ${classWords[c]}`).join(' · ');
  const caption = html`Evidence <span class="muted">Weights are shares of the score in log-odds. ${classes}.</span>`;
  const columns = [{ title: 'Class and place' }, { title: 'Weight' }, { title: 'What it says', kind: 'wide' as const }];
  return html`<div class="evidence">${dataTable(
    caption,
    columns,
    shown.map((e, i) => evidenceRow(e, shown.slice(0, i), known)),
  )}${rest > 0 ? html`<p class="muted">${count(rest, 'more piece', 'more pieces')} of evidence in the JSON.</p>` : null}</div>`;
}
