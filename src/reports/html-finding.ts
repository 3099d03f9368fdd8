/** One finding or lead: a line that tells it at a glance, and behind it all that supports it. */
import type { Finding, FindingEndpoint } from '../model/finding.ts';
import { technique } from './attack-names.ts';
import { evidenceTable } from './html-evidence.ts';
import { type Axis, strip, timeline } from './html-timeline.ts';
import { html, type Markup, type Part } from './markup.ts';
import { show, showSentence } from './safe-text.ts';
import {
  bytes,
  count,
  endpointName,
  internalName,
  knownNames,
  minute,
  number,
  platformName,
  score,
  second,
  span,
  whereabouts,
  why,
} from './wording.ts';

const MOST_SENTENCES = 20;

/** A button that copies a text that is safe to paste anywhere: defanged. Shown only where scripts run. */
function copyButton(text: string, what: string): Markup {
  return html`<button type="button" class="copy" data-copy="${text}" aria-label="Copy the ${what}, defanged">copy</button>`;
}

function glance(f: Finding, axis: Axis): Markup {
  const classes = [...new Set(f.evidence.filter((e) => e.class !== 'benign').map((e) => e.class))];
  return html`<summary><span class="rank"><span class="severity ${f.severity}">${f.severity}</span><span class="score"><span class="sr">score </span>${score(f.score)}</span>${classes.map((c) => html`<span class="by">${c}</span>`)}</span>
<span class="who"><span class="pair"><span class="inside">${internalName(f.internal)}</span> <span class="arrow" aria-hidden="true">→</span><span class="sr"> to </span> <span class="outside">${endpointName(f.endpoint)}</span></span><span class="why">${why(f)}</span></span>
<span class="drawn">${strip(f, axis)}<span class="when"><span>${count(f.contacts, 'contact')}</span> <span>${f.endpoint.platform === null ? 'no known platform' : show(f.endpoint.platform, 60)}</span></span></span></summary>`;
}

function blockable(e: FindingEndpoint): string {
  if (e.host === null) return 'no: an address of a shared edge serves many customers';
  return e.blockable ? 'yes: the name belongs to one customer' : 'no: other customers share this name';
}

function facts(f: Finding): Markup {
  const e = f.endpoint;
  const orNone = (value: string | null) => (value === null ? '–' : show(value));
  const volume =
    f.bytes_out === null && f.bytes_in === null
      ? 'not logged'
      : `${f.bytes_out === null ? '?' : bytes(f.bytes_out)} out, ${f.bytes_in === null ? '?' : bytes(f.bytes_in)} in`;
  const pairs: readonly (readonly [string, Part])[] = [
    ['Internal host', internalName(f.internal)],
    ...(f.internal.mac ? [['Card', show(f.internal.mac)] as const] : []),
    ...(whereabouts(f.internal) ? [['Addresses', whereabouts(f.internal)] as const] : []),
    ['Endpoint', html`<code>${endpointName(e)}</code> ${copyButton(endpointName(e), 'endpoint')}`],
    ['Platform', e.platform === null ? 'no known platform' : `${show(e.platform)} (${orNone(e.provider)})`],
    ['Tenant', orNone(e.tenant)],
    ['Function', orNone(e.function)],
    ['Region', orNone(e.region)],
    ['The name says', e.granularity === null ? 'no tenant' : show(e.granularity)],
    ['Can be blocked', blockable(e)],
    ['First contact', second(f.first_seen)],
    ['Last contact', second(f.last_seen)],
    ['Contacts', number(f.contacts)],
    ['Volume', volume],
  ];
  return html`<dl class="facts wide">${pairs.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function sentences(title: string, list: readonly string[], known: readonly string[], ordered = false): Markup | null {
  if (list.length === 0) return null;
  const items = list.slice(0, MOST_SENTENCES).map((s) => html`<li data-brief="line">${showSentence(s, known)}</li>`);
  const rest =
    list.length > MOST_SENTENCES ? html`<p class="muted">${list.length - MOST_SENTENCES} more in the JSON.</p>` : null;
  return html`<section class="said"><h4 data-brief="head">${title}</h4>${ordered ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`}${rest}</section>`;
}

function techniques(ids: readonly string[]): Markup | null {
  if (ids.length === 0) return null;
  const items = ids.slice(0, MOST_SENTENCES).map((id) => {
    const { name, url } = technique(id);
    const label = name === null ? show(id, 40) : `${id} ${name}`;
    return html`<li>${url === null ? label : html`<a href="${url}" rel="noopener noreferrer external">${label}</a>`}</li>`;
  });
  return html`<section class="said"><h4>MITRE ATT&amp;CK</h4><ul class="plain">${items}</ul></section>`;
}

/** A finding or lead as a part that opens; `anchor` is its id in the page, one of ours. */
export function card(f: Finding, anchor: string, axis: Axis, open: boolean): Markup {
  const known = knownNames(f);
  const title = `${internalName(f.internal)} and ${endpointName(f.endpoint)}`;
  return html`<details class="card ${f.level} ${f.severity}" id="${anchor}"${open ? html` open` : null}>${glance(f, axis)}
<div class="body"><h3 class="sr" data-brief="head">${title}</h3><div class="tools"><button type="button" class="copy" data-brief-of="${anchor}">copy as text for a ticket</button></div>
<p class="sr" data-brief="line">${f.level}, ${f.severity}, score ${score(f.score)}; ${platformName(f.endpoint)}; ${count(f.contacts, 'contact')}, ${span(f.first_seen, f.last_seen)}; id ${show(f.id, 120)}</p>
${timeline(f)}${facts(f)}${evidenceTable(f)}
<div class="sentences">${sentences('What to do next', f.next_steps, known, true)}${sentences('What would change this', f.would_change, known)}${sentences('What could not be checked', f.not_evaluable, known)}${techniques(f.attack)}</div>
<p class="muted small">Id <code>${show(f.id, 120)}</code> · last contact ${minute(f.last_seen)} UTC · <a href="#findings">back to the list</a></p></div></details>
`;
}
