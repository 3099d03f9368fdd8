/** MITRE's running text as lines of spans: paragraphs, list items, citations, links, code. Whatever is no such thing stays text. */
import type { Line, Span } from '../model/paper.ts';
import { citedIn } from './citations.ts';

export type Prose = { readonly is: 'text' | 'item'; readonly line: Line };

/** Characters of one text that a paper shows; MITRE's longest has 12,000 (enterprise-attack 19.1). The raw object has them all. */
const MOST = 40_000;
/** How far a closing sign is looked for. */
const FAR = 2000;

/** `cite` gives the number of a cited name, or null where the object does not explain it. */
export function proseOf(text: string, cite: (name: string) => number | null): Prose[] {
  const shown = text.slice(0, MOST);
  const lines = shown
    .replace(/<br ?\/?>/gi, '\n')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line): Prose => {
      const item = /^[-*•] +/.exec(line);
      const heading = /^#{1,6} +/.exec(line);
      if (heading) return { is: 'text', line: [{ is: 'strong', text: line.slice(heading[0].length) }] };
      return { is: item ? 'item' : 'text', line: spansOf(item ? line.slice(item[0].length) : line, cite) };
    });
  const left = text.length - shown.length;
  return left > 0
    ? [...lines, { is: 'text', line: [{ is: 'text', text: `… (${left} more characters in the object itself)` }] }]
    : lines;
}

function spansOf(line: string, cite: (name: string) => number | null): Line {
  const marks = new Map(citedIn(line).map((c) => [c.from, c]));
  const spans: Span[] = [];
  let plain = '';
  const flush = (): void => {
    if (plain !== '') spans.push({ is: 'text', text: plain });
    plain = '';
  };
  for (let at = 0; at < line.length; ) {
    const marked = marks.get(at);
    const n = marked ? cite(marked.name) : null;
    const found = marked && n !== null ? { span: { is: 'cite' as const, n }, to: marked.to } : spanAt(line, at);
    if (found) {
      flush();
      spans.push(found.span);
      at = found.to;
    } else plain += line[at++];
  }
  flush();
  return spans;
}

type Found = { readonly span: Span; readonly to: number };

function spanAt(line: string, at: number): Found | null {
  switch (line[at]) {
    case '[':
      return linkAt(line, at);
    case '<':
      return line.startsWith('<code>', at) ? between(line, at, '<code>', '</code>', 'code') : null;
    case '`':
      return between(line, at, '`', '`', 'code');
    case '*':
      return line.startsWith('**', at) ? between(line, at, '**', '**', 'strong') : null;
    default:
      return null;
  }
}

function between(line: string, at: number, open: string, close: string, is: 'code' | 'strong'): Found | null {
  const from = at + open.length;
  const end = line.slice(from, from + FAR).indexOf(close);
  return end <= 0 ? null : { span: { is, text: line.slice(from, from + end) }, to: from + end + close.length };
}

function linkAt(line: string, at: number): Found | null {
  const ahead = line.slice(at, at + FAR);
  const middle = ahead.indexOf('](');
  const end = middle < 0 ? -1 : ahead.indexOf(')', middle);
  if (end < 0) return null;
  return { span: { is: 'link', text: ahead.slice(1, middle), url: ahead.slice(middle + 2, end) }, to: at + end + 1 };
}
