/** Clusters of findings on the page: each with links to its members. */
import type { Cluster, HuntDocument } from '../model/finding.ts';
import { MOST_FINDINGS, MOST_LEADS } from './html-findings.ts';
import { html, type Markup } from './markup.ts';
import {
  MOST_OPERATIONS,
  type Operation,
  operationShares,
  operationSize,
  operationsOf,
  operationWho,
} from './operations.ts';
import { count, number, score, span } from './wording.ts';

const MOST_LINKS = 12;

/** The anchors of the drawn findings and leads by id. */
function anchorsOf({ findings, leads }: HuntDocument): ReadonlyMap<string, string> {
  return new Map([
    ...findings.slice(0, MOST_FINDINGS).map((f, i): [string, string] => [f.id, `f${i + 1}`]),
    ...leads.slice(0, MOST_LEADS).map((f, i): [string, string] => [f.id, `l${i + 1}`]),
  ]);
}

const NAMES = { f: 'finding', l: 'lead' } as const;

function links({ findings }: Cluster, anchors: ReadonlyMap<string, string>): Markup {
  const drawn = findings.flatMap((id) => anchors.get(id) ?? []);
  const shown = drawn.slice(0, MOST_LINKS);
  const more = findings.length - shown.length;
  return html`<p class="small">${shown.map((a) => html`<a href="#${a}">${a.startsWith('f') ? NAMES.f : NAMES.l} ${a.slice(1)}</a> `)}${more > 0 ? html`<span class="muted">${number(more)} more</span>` : null}</p>`;
}

/** The section of operations; nothing where no findings hang together. */
export function operationsSection(document: HuntDocument): Markup | null {
  const { clusters } = document;
  if (clusters.length === 0) return null;
  const anchors = anchorsOf(document);
  const { found, leads } = operationsOf(document);
  const list = (operations: readonly Operation[]): Markup => {
    const items = operations.slice(0, MOST_OPERATIONS).map(
      (
        c,
      ) => html`<li><p><span class="severity ${c.severity}">${c.severity}</span> <span class="score"><span class="sr">score </span>${score(c.score)}</span> ${operationSize(c)}, ${span(c.first_seen, c.last_seen)}</p>
<p class="pair">${operationWho(c)}</p><p>${operationShares(c)}</p>${links(c, anchors)}</li>`,
    );
    const more = operations.length - MOST_OPERATIONS;
    return html`<ul class="operations">${items}</ul>${more > 0 ? html`<p class="more" role="note">${count(more, 'more operation')} in the JSON.</p>` : null}`;
  };
  const folded =
    leads.length === 0
      ? null
      : html`<details class="fold"><summary>${count(leads.length, 'group')} of leads alone</summary>${list(leads)}</details>`;
  return html`<section id="operations" aria-labelledby="operations-title"><div class="heading"><h2 id="operations-title">Operations <span class="n">${number(clusters.length)}</span></h2><p class="hint">Findings and leads that hang together: each of these is one thing to read.</p></div>${found.length > 0 ? list(found) : null}${folded}</section>
`;
}
