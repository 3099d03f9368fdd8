/** The findings and leads of the page: an index by internal host, the list by score, and what is not drawn. */
import type { Finding, HuntDocument } from '../model/finding.ts';
import { card } from './html-finding.ts';
import { axisLabels, sharedAxis } from './html-timeline.ts';
import { html, type Markup } from './markup.ts';
import { count, endpointName, internalKey, internalName, number } from './wording.ts';

/** A browser stays quick with these; the rest is in the JSON, and the page says so. */
export const MOST_FINDINGS = 500;
export const MOST_LEADS = 200;

function byHost(findings: readonly Finding[]): readonly (readonly [Finding, readonly number[]])[] {
  const hosts = new Map<string, number[]>();
  findings.forEach((f, i) => {
    const at = hosts.get(internalKey(f.internal));
    if (at === undefined) hosts.set(internalKey(f.internal), [i]);
    else at.push(i);
  });
  return [...hosts.values()].flatMap((indexes) => {
    const first = findings[indexes[0] ?? 0];
    return first === undefined ? [] : [[first, indexes] as const];
  });
}

/** Links to the findings, grouped by internal host in the order of each host's strongest finding. */
function index(findings: readonly Finding[]): Markup {
  return html`<nav class="index" aria-label="Findings by internal host" tabindex="0"><h3>By internal host</h3><ul>${byHost(
    findings,
  ).map(
    ([host, indexes]) =>
      html`<li><span class="inside">${internalName(host.internal)}</span><ul>${indexes.map((i) => {
        const f = findings[i];
        return f === undefined
          ? null
          : html`<li><a href="#f${i + 1}"><span class="dot ${f.severity}" aria-hidden="true"></span><span class="sr">${f.severity}: </span><span class="cut">${endpointName(f.endpoint)}</span></a></li>`;
      })}</ul></li>`,
  )}</ul></nav>`;
}

function notDrawn(all: number, most: number, noun: string): Markup | null {
  if (all <= most) return null;
  return html`<p class="more" role="note">${number(most)} of ${count(all, noun)} are drawn here, those with the highest scores. The other ${number(all - most)} are in the JSON: run the same hunt with <code>--format json</code>.</p>`;
}

/** The section of findings. */
export function findingsSection(document: HuntDocument): Markup {
  const { findings } = document;
  const axis = sharedAxis(document);
  const shown = findings.slice(0, MOST_FINDINGS);
  if (shown.length === 0)
    return html`<section id="findings" aria-labelledby="findings-title"><h2 id="findings-title">Findings</h2><p class="empty">None. A finding needs two independent reasons, one of them intelligence or a known characteristic.</p></section>
`;
  return html`<section id="findings" aria-labelledby="findings-title"><div class="heading"><h2 id="findings-title">Findings <span class="n">${number(findings.length)}</span></h2><p class="hint">One internal host and one endpoint each, highest score first.</p><button type="button" class="copy" id="open-all">open all</button></div>
<div class="with-index">${index(shown)}<div class="list"><div class="axis-head"><span>Severity, score</span><span>Who, to where, why</span><span>${axisLabels(axis)}</span></div>
${shown.map((f, i) => card(f, `f${i + 1}`, axis, findings.length === 1))}<p class="empty" id="no-match" hidden>No finding or lead matches the filter.</p>${notDrawn(findings.length, MOST_FINDINGS, 'finding')}</div></div></section>
`;
}

/** The section of leads, closed at first. */
export function leadsSection(document: HuntDocument): Markup {
  const { leads } = document;
  const axis = sharedAxis(document);
  const shown = leads.slice(0, MOST_LEADS);
  const title = html`<h2 id="leads-title">Leads <span class="n">${number(leads.length)}</span></h2>`;
  if (shown.length === 0)
    return html`<section id="leads" aria-labelledby="leads-title">${title}<p class="empty">None.</p></section>
`;
  return html`<section id="leads" aria-labelledby="leads-title"><div class="heading">${title}<p class="hint">Reasons to look, not conclusions: too little independent evidence, or evidence that may not convict.</p></div>
<details class="fold"><summary>Show ${count(shown.length, 'lead')}</summary><div class="list">${shown.map((f, i) => card(f, `l${i + 1}`, axis, false))}${notDrawn(leads.length, MOST_LEADS, 'lead')}</div></details></section>
`;
}
