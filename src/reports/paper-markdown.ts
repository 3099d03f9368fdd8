/** A paper as GitHub-flavoured Markdown. Every value is escaped; addresses become links only where they are plain web addresses. */
import type { WordRun } from '../model/attack-diff.ts';
import type { Block, Line, Paper, Part, Source, Span } from '../model/paper.ts';
import { escapeMarkdown, markdownTable } from './markdown-text.ts';
import { hasWords, nearChanges, safeUrl, voiceWords } from './paper-words.ts';
import { show } from './safe-text.ts';

const LONGEST = 40_000;
const e = (text: string): string => escapeMarkdown(show(text, LONGEST));

export function paperMarkdown(paper: Paper): string {
  const sections = paper.sections.map((s) => `## ${e(s.title)}\n\n${s.parts.map(partText).join('\n\n')}`);
  const sources = paper.sources.length === 0 ? [] : [`## Sources\n\n${paper.sources.map(sourceLine).join('\n')}`];
  return `${[`# ${e(paper.title)}`, e(paper.about), ...(hasWords(paper, 'mitre') ? [HOW] : []), ...sections, ...sources, `---\n\n${e(paper.notice)}`].join('\n\n')}\n`;
}

const HOW =
  'Each part is marked: **MITRE** stands before MITRE’s own words, with their source; **Virga** before what we wrote or worked out; **User note** before what a user of this workspace wrote.';

const partText = ({ by, credit, blocks }: Part): string =>
  [
    `**${voiceWords[by]}** · ${lineText(credit)}`,
    ...blocks.map((block) => (by === 'mitre' ? quote(blockText(block)) : blockText(block))),
  ].join('\n\n');

const quote = (text: string): string =>
  text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');

function blockText(block: Block): string {
  switch (block.is) {
    case 'text':
      return lineText(block.line);
    case 'list': {
      const title = block.title === null ? '' : `${e(block.title)}:\n\n`;
      return title + block.lines.map((line) => `- ${lineText(line)}`).join('\n');
    }
    case 'table':
      return markdownTable(
        block.head.map(e),
        block.rows.map((row) => row.map(lineText)),
      ).trimEnd();
    case 'words':
      return `${e(block.title)}:\n\n${nearChanges(block.runs).map(runText).join('')}`;
  }
}

function runText({ is, text }: WordRun): string {
  const words = e(text.replace(/\s+/g, ' '));
  if (is === '=' || words.trim() === '') return words;
  const [open, close] = is === '-' ? ['~~', '~~'] : ['**', '**'];
  // The signs must touch the words, or they mean nothing.
  return words.replace(
    /^(\s*)(.*?)(\s*)$/s,
    (_, before: string, word: string, after: string) => `${before}${open}${word}${close}${after}`,
  );
}

const lineText = (line: Line): string => line.map(spanText).join('');

function spanText(span: Span): string {
  switch (span.is) {
    case 'text':
      return e(span.text);
    case 'code':
      return `\`${show(span.text, LONGEST).replaceAll('`', 'ˋ').replaceAll('|', '\\|')}\``;
    case 'strong':
      return `**${e(span.text)}**`;
    case 'link': {
      const url = safeUrl(span.url);
      return url === null ? e(span.text) : `[${e(span.text)}](${url})`;
    }
    case 'cite':
      return ` \\[${span.n}\\]`;
  }
}

function sourceLine({ n, name, text, url, held_by }: Source): string {
  const link = url === null ? null : safeUrl(url);
  const held = held_by.length === 0 ? '' : ` Cited in ${e(held_by.join(', '))}.`;
  return `- \\[${n}\\] ${name === text ? '' : `${e(name)}: `}${e(text)}${link === null ? '' : ` <${link}>`}${held}`;
}
