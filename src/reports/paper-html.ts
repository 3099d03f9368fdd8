/** A paper as one page: nothing from outside, no script, readable in light and dark, marks that do not rest on colour alone. */
import type { WordRun } from '../model/attack-diff.ts';
import type { Block, Line, Paper, Part, Section, Source, Span } from '../model/paper.ts';
import { cspHash } from './csp.ts';
import { style as base } from './html-style.ts';
import { dataTable } from './html-table.ts';
import { html, type Markup, type Part as Piece, trusted } from './markup.ts';
import { paperStyle } from './paper-style.ts';
import { hasWords, nearChanges, safeUrl, voiceWords } from './paper-words.ts';
import { show } from './safe-text.ts';

const LONGEST = 40_000;
const s = (text: string): string => show(text, LONGEST);
const style = base + paperStyle;

const policy = ["default-src 'none'", `style-src ${cspHash(style)}`, "base-uri 'none'", "form-action 'none'"].join(
  '; ',
);

export function paperHtml(paper: Paper): string {
  const links = paper.sections.map((section, i) => html`<li><a href="#s${i + 1}">${s(section.title)}</a></li>`);
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">
<title>${s(paper.title)} – Virga</title><style>${trusted(style)}</style></head>
<body id="top" class="paper"><a class="skip" href="#s1">Skip to the text</a>
<header class="bar"><a class="brand" href="#top"><span>Virga</span></a><span class="hint">${s(paper.title)}</span></header>
<main><section class="front"><p class="eyebrow">${s(paper.about)}</p><h1>${s(paper.title)}</h1>
${hasWords(paper, 'mitre') ? voices : null}
<nav aria-label="Sections" class="contents"><ol>${links}</ol></nav></section>
${paper.sections.map(sectionHtml)}${sourcesHtml(paper.sources)}</main>
<footer><p>${s(paper.notice)}</p></footer></body></html>
`.toString();
}

const voices = html`<ul class="voices"><li class="part mitre"><strong>MITRE</strong> marks MITRE’s own words, with their source.</li><li class="part virga"><strong>Virga</strong> marks what we wrote or worked out.</li><li class="part user"><strong>User note</strong> marks what a user of this workspace wrote.</li></ul>`;

const sectionHtml = (section: Section, i: number): Markup =>
  html`<section aria-labelledby="s${i + 1}"><h2 id="s${i + 1}">${s(section.title)}</h2>${section.parts.map(partHtml)}</section>
`;

const partHtml = ({ by, credit, blocks }: Part): Markup =>
  html`<div class="part ${by}"><p class="credit"><strong>${voiceWords[by]}</strong> · ${lineHtml(credit)}</p>${blocks.map(blockHtml)}</div>
`;

function blockHtml(block: Block): Markup {
  switch (block.is) {
    case 'text':
      return html`<p>${lineHtml(block.line)}</p>`;
    case 'list':
      return html`${block.title === null ? null : html`<h3>${s(block.title)}</h3>`}<ul class="lines">${block.lines.map((line) => html`<li>${lineHtml(line)}</li>`)}</ul>`;
    case 'table':
      return dataTable(
        s(block.caption),
        block.head.map((title) => ({ title: s(title) })),
        block.rows.map((row) => row.map(lineHtml)),
      );
    case 'words':
      return html`<h3>${s(block.title)}</h3><p class="words">${nearChanges(block.runs).map(runHtml)}</p>`;
  }
}

function runHtml({ is, text }: WordRun): Markup {
  const words = s(text.replace(/\s+/g, ' '));
  return is === '=' ? html`${words}` : is === '-' ? html`<del>${words}</del>` : html`<ins>${words}</ins>`;
}

const lineHtml = (line: Line): Piece => line.map(spanHtml);

function spanHtml(span: Span): Piece {
  switch (span.is) {
    case 'text':
      return s(span.text);
    case 'code':
      return html`<code>${s(span.text)}</code>`;
    case 'strong':
      return html`<strong>${s(span.text)}</strong>`;
    case 'link': {
      const url = safeUrl(span.url);
      return url === null ? s(span.text) : html`<a href="${url}" rel="noreferrer">${s(span.text)}</a>`;
    }
    case 'cite':
      return html`<a class="cite" href="#c${span.n}">[${span.n}]</a>`;
  }
}

function sourcesHtml(sources: readonly Source[]): Markup | null {
  if (sources.length === 0) return null;
  return html`<section aria-labelledby="sources"><h2 id="sources">Sources</h2><ol class="sources">${sources.map(
    ({ n, name, text, url, held_by }) => {
      const link = url === null ? null : safeUrl(url);
      return html`<li id="c${n}" value="${n}">${name === text ? null : html`<strong>${s(name)}</strong>: `}${s(text)}${link === null ? null : html` <a href="${link}" rel="noreferrer">${s(link)}</a>`}${held_by.length === 0 ? null : html` <span class="muted">Cited in ${s(held_by.join(', '))}.</span>`}</li>`;
    },
  )}</ol></section>`;
}
