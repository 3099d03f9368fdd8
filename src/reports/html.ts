/** The whole page: one file, nothing from outside, complete without its script. */
import type { HuntDocument } from '../model/finding.ts';
import { cspHash } from './csp.ts';
import { coverageSection, platformsSection, refusedSection } from './html-coverage.ts';
import { findingsSection, leadsSection } from './html-findings.ts';
import { intelligenceSection } from './html-intelligence.ts';
import { operationsSection } from './html-operations.ts';
import { script } from './html-script.ts';
import { style } from './html-style.ts';
import { runFacts, summary } from './html-summary.ts';
import { type Markup, html as markup, trusted } from './markup.ts';
import type { Renderer } from './renderer.ts';
import { verdict } from './verdict.ts';
import { minute, number } from './wording.ts';

const policy = [
  "default-src 'none'",
  `style-src ${cspHash(style)}`,
  `script-src ${cspHash(script)}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Rain that does not reach the ground. */
const icon =
  'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 16 16%22%3E%3Cg stroke=%22%235b7fa6%22 stroke-width=%221.6%22 stroke-linecap=%22round%22%3E%3Cpath d=%22M2 3h12M4 6.5l-1 3M8 6.5l-2 6M12 6.5l-1.4 4.2%22/%3E%3C/g%3E%3C/svg%3E';

const mark = trusted(
  '<svg class="mark" width="20" height="20" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="M2 3h12M4 6.5l-1 3M8 6.5l-2 6M12 6.5l-1.4 4.2"/></svg>',
);

function head(document: HuntDocument): Markup {
  return markup`<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">
<title>${verdict(document).headline} – Virga, ${minute(document.run.as_of)} UTC</title><link rel="icon" href="${trusted(icon)}"><style>${trusted(style)}</style></head>`;
}

function bar(document: HuntDocument): Markup {
  const links: readonly (readonly [string, string, number | null])[] = [
    ['findings', 'Findings', document.findings.length],
    ['leads', 'Leads', document.leads.length],
    ['platforms', 'Platforms', null],
    ['intelligence', 'Intelligence', null],
    ['coverage', 'Coverage', null],
    ['refused', 'Refused', document.refused.total],
  ];
  return markup`<header class="bar"><a class="brand" href="#top">${mark}<span>Virga</span></a>
<nav aria-label="Sections"><ul>${links.map(([id, name, n]) => markup`<li><a href="#${id}">${name}${n === null ? null : markup` <span class="n">${number(n)}</span>`}</a></li>`)}</ul></nav>
<div class="search" role="search"><label class="sr" for="filter">Filter findings and leads</label><input id="filter" type="search" placeholder="Filter: host, tenant, severity…" autocomplete="off" spellcheck="false"><span id="said" role="status"></span></div></header>`;
}

/** One HTML file that an executive and an analyst can both read. */
export const html: Renderer = {
  id: 'html',
  says: 'one self-contained page for people, with drawn time lines',
  extensions: ['html', 'htm'],
  render: (document) =>
    markup`<!doctype html>
<html lang="en">${head(document)}
<body id="top"><a class="skip" href="#findings">Skip to the findings</a>
${bar(document)}
<main>${summary(document)}${operationsSection(document)}${findingsSection(document)}${leadsSection(document)}${platformsSection(document)}${intelligenceSection(document)}${coverageSection(document)}${refusedSection(document)}</main>
<footer>${runFacts(document)}</footer><script>${trusted(script)}</script></body></html>
`.toString(),
};
