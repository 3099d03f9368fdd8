/** What was seen and what could not be: platforms in use, telemetry, visibility, statement, limits, refused lines. */
import type { HuntDocument, PlatformCoverage, TelemetryCoverage } from '../model/finding.ts';
import { dataTable } from './html-table.ts';
import { html, type Markup, type Part } from './markup.ts';
import { show, showDefanged, showSentence } from './safe-text.ts';
import { ABSENCE } from './verdict.ts';
import { count, number, span } from './wording.ts';

const MOST_ROWS = 300;
const LISTED = 40;

const list = (items: readonly string[]): string =>
  items
    .slice(0, LISTED)
    .map((s) => show(s, 200))
    .join(', ') + (items.length > LISTED ? ` and ${items.length - LISTED} more` : '');

/** The platforms that internal hosts use: context, no evidence. */
export function platformsSection({ observations }: HuntDocument): Markup {
  const rows = observations.platforms
    .slice(0, MOST_ROWS)
    .map((p) => [
      show(p.platform, 80),
      show(p.provider, 80),
      number(p.tenants),
      number(p.internal_hosts),
      number(p.events),
    ]);
  const numeric = (title: string) => ({ title, kind: 'number' as const });
  const columns = [
    { title: 'Platform' },
    { title: 'Provider' },
    numeric('Tenants'),
    numeric('Internal hosts'),
    numeric('Events'),
  ];
  const own = observations.own_candidates
    .slice(0, MOST_ROWS)
    .map((c) => html`<li><code>${showDefanged(c.name)}</code>: ${showSentence(c.why, [c.name])}</li>`);
  return html`<section id="platforms" aria-labelledby="platforms-title"><div class="heading"><h2 id="platforms-title">Serverless platforms in use</h2><p class="hint">Context only. Use of a platform is no evidence: it weighs nothing in any score.</p></div>
${rows.length === 0 ? html`<p class="empty">No known platform was seen.</p>` : dataTable('Platforms seen in the logs', columns, rows)}${own.length === 0 ? null : html`<h3>These look like your own: confirm what is, with <code>--own</code></h3><ul>${own}</ul>`}</section>
`;
}

function telemetryRow(t: TelemetryCoverage): readonly Part[] {
  return [
    html`<code>${show(t.format, 80)}</code>`,
    html`${count(t.events, 'event')}, ${count(t.files, 'file')}, ${count(t.internal_hosts, 'internal host')}`,
    html`${t.start === null ? 'no time' : span(t.start, t.end)}${t.gaps_hours > 0 ? html`<br>${count(t.gaps_hours, 'hour')} without any event` : null}`,
    list(t.sees),
    list(t.blind_to),
  ];
}

const visibleWords = { yes: 'names the tenant', partly: 'partly', no: 'cannot see' } as const;

function visibleBar(platforms: readonly PlatformCoverage[]): Markup {
  const total = Math.max(1, platforms.length);
  const parts = (['yes', 'partly', 'no'] as const).map((visible) => ({
    visible,
    n: platforms.filter((p) => p.visible === visible).length,
  }));
  let x = 0;
  const drawn = parts.map(({ visible, n }) => {
    const width = (100 * n) / total;
    x += width;
    return html`<rect class="visible-${visible}" x="${(x - width).toFixed(2)}%" y="0" width="${width.toFixed(2)}%" height="12"/>`;
  });
  const words = parts.map(({ visible, n }) => `${visibleWords[visible]}: ${number(n)}`).join(', ');
  return html`<figure class="visible"><svg width="100%" height="12" role="img"><title>${words}</title>${drawn}</svg><figcaption>${parts.map(
    ({ visible, n }) =>
      html`<span><span class="key visible-${visible}" aria-hidden="true"></span>${visibleWords[visible]}: ${number(n)}</span> `,
  )}</figcaption></figure>`;
}

function visibility(platforms: readonly PlatformCoverage[]): Markup | null {
  if (platforms.length === 0) return null;
  const order = { no: 0, partly: 1, yes: 2 };
  const sorted = [...platforms].sort((a, b) => order[a.visible] - order[b.visible]).slice(0, MOST_ROWS);
  const rows = sorted.map((p) => [
    show(p.platform, 80),
    html`<span class="see ${p.visible}">${visibleWords[p.visible]}</span>`,
    showSentence(p.why),
    number(p.indicators),
    number(p.contacts),
  ]);
  const columns = [
    { title: 'Platform' },
    { title: 'These logs' },
    { title: 'Why', kind: 'wide' as const },
    { title: 'Indicators', kind: 'number' as const },
    { title: 'Contacts', kind: 'number' as const },
  ];
  return html`<h3>Whose function is it? What these logs can tell, by platform</h3>${visibleBar(platforms)}
<details class="fold"><summary>All ${count(platforms.length, 'platform')}, the blind ones first</summary>${dataTable('Visibility of each platform', columns, rows)}</details>`;
}

const paragraphs = (sentences: readonly string[]): Markup =>
  html`<ul class="sentences-list">${sentences.slice(0, MOST_ROWS).map((s) => html`<li>${showSentence(s)}</li>`)}</ul>`;

/** The section that an auditor reads. The last sentence is that no hit is no proof of absence. */
export function coverageSection({ coverage }: HuntDocument): Markup {
  const statement = coverage.statement.length > 0 ? coverage.statement : [ABSENCE];
  const columns = [
    { title: 'Log format' },
    { title: 'Read' },
    { title: 'Period' },
    { title: 'Sees', kind: 'wide' as const },
    { title: 'Blind to', kind: 'wide' as const },
  ];
  return html`<section id="coverage" aria-labelledby="coverage-title"><div class="heading"><h2 id="coverage-title">Coverage and limits</h2><p class="hint">What could be seen, and what could not.</p></div>
<div class="statement">${paragraphs(statement)}</div>
${coverage.telemetry.length === 0 ? null : dataTable('Telemetry', columns, coverage.telemetry.slice(0, MOST_ROWS).map(telemetryRow))}
${visibility(coverage.platforms)}${coverage.detection_limits.length === 0 ? null : html`<h3>Detection limits</h3>${paragraphs(coverage.detection_limits)}`}</section>
`;
}

/** The section of lines that could not be read: how many, why, and examples. */
export function refusedSection({ refused, telemetry }: HuntDocument): Markup {
  const reasons = Object.entries(refused.reasons)
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_ROWS)
    .map(([reason, n]) => [html`<code>${show(reason, 80)}</code>`, number(n)]);
  const examples = refused.examples
    .slice(0, 50)
    .map((e) => [
      html`<code>${show(e.file)}:${e.line}</code>`,
      html`<code>${show(e.reason, 80)}</code>`,
      show(e.detail, 200),
    ]);
  const sum = `${count(telemetry.read, 'record')} read = ${number(telemetry.accepted)} accepted + ${number(telemetry.refused)} refused.`;
  return html`<section id="refused" aria-labelledby="refused-title"><div class="heading"><h2 id="refused-title">Refused lines <span class="n">${number(refused.total)}</span></h2><p class="hint">${sum}</p></div>
${refused.total === 0 ? html`<p class="empty">Every record could be read.</p>` : html`<div class="halves">${dataTable('Reasons', [{ title: 'Reason' }, { title: 'Lines', kind: 'number' }], reasons)}${dataTable('Examples', [{ title: 'File and line' }, { title: 'Reason' }, { title: 'Detail', kind: 'wide' }], examples)}</div>`}</section>
`;
}
