/** A paper for the terminal: marks before each part, text wrapped, nothing that could move the cursor. */
import { createColors } from 'picocolors';
import type { WordRun } from '../model/attack-diff.ts';
import type { Block, Line, Paper, Part, Source, Span, Voice } from '../model/paper.ts';
import { nearChanges, voiceWords } from './paper-words.ts';
import type { RenderOptions } from './renderer.ts';
import { show } from './safe-text.ts';
import { type Cell, cell, cells, columns, wrap } from './terminal-text.ts';

const LONGEST = 40_000;
type Pen = ReturnType<typeof createColors>;
type Sheet = { readonly width: number; readonly pen: Pen };

export function paperTerminal(paper: Paper, { width, colour }: RenderOptions): string {
  const sheet: Sheet = { width: Math.min(120, Math.max(60, width)), pen: createColors(colour) };
  const { pen } = sheet;
  const s = (text: string): string => show(text, LONGEST);
  const sections = paper.sections.flatMap((section) => [
    '',
    pen.bold(s(section.title)),
    ...section.parts.map((part) => partText(part, sheet)),
  ]);
  const sources =
    paper.sources.length === 0
      ? []
      : ['', pen.bold('Sources'), ...paper.sources.map((source) => sourceText(source, sheet))];
  const notice = ['', ...wrap(s(paper.notice), sheet.width)];
  return `${[pen.bold(s(paper.title)), s(paper.about), ...sections, ...sources, ...notice].join('\n')}\n`;
}

const BAR = '│ ';
const paintOf = (by: Voice, pen: Pen): ((text: string) => string) =>
  by === 'mitre' ? pen.cyan : by === 'virga' ? pen.yellow : pen.magenta;

function partText({ by, credit, blocks }: Part, sheet: Sheet): string {
  const paint = paintOf(by, sheet.pen);
  const inner = { ...sheet, width: sheet.width - BAR.length };
  const head = wrap(`${voiceWords[by]} · ${lineText(credit)}`, inner.width).map(paint);
  const body = blocks.flatMap((block) => blockText(block, inner).split('\n'));
  return [...head, ...body].map((line) => paint(BAR) + line).join('\n');
}

function blockText(block: Block, sheet: Sheet): string {
  switch (block.is) {
    case 'text':
      return wrap(lineText(block.line), sheet.width).join('\n');
    case 'list': {
      const title = block.title === null ? [] : [`${show(block.title, LONGEST)}:`];
      return [...title, ...block.lines.map((line) => bullet(lineText(line), sheet))].join('\n');
    }
    case 'table':
      return tableText(block.head, block.rows, sheet);
    case 'words':
      return [
        `${show(block.title, LONGEST)}:`,
        ...wrap(nearChanges(block.runs).map(runText).join(''), sheet.width - 2).map((l) => `  ${l}`),
      ].join('\n');
  }
}

const runText = ({ is, text }: WordRun): string => {
  const words = show(text.replace(/\s+/g, ' '), LONGEST);
  return is === '=' ? words : is === '-' ? `[-${words}-]` : `{+${words}+}`;
};

const bullet = (text: string, { width }: Sheet): string =>
  wrap(text, width - 4)
    .map((line, i) => `${i === 0 ? '  - ' : '    '}${line}`)
    .join('\n');

/** Columns as wide as their longest value, shrunk in proportion where they do not fit. */
function tableText(head: readonly string[], rows: readonly (readonly Line[])[], { width, pen }: Sheet): string {
  const texts = rows.map((row) => row.map(lineText));
  const wanted = head.map((title, i) => Math.max(cells(title), ...texts.map((row) => cells(row[i] ?? ''))));
  const room = width - 2 * (head.length - 1);
  const total = wanted.reduce((sum, w) => sum + w, 0);
  const fair = Math.floor(room / head.length);
  const slack = room - wanted.reduce((sum, w) => sum + Math.min(w, fair), 0);
  const excess = wanted.reduce((sum, w) => sum + Math.max(0, w - fair), 0);
  const widths =
    total <= room
      ? wanted
      : wanted.map((w) => (w <= fair ? w : Math.max(4, fair + Math.floor((slack * (w - fair)) / Math.max(1, excess)))));
  const body = texts.map((row) => row.map((value, i): Cell => (i === 0 ? cell(value, pen.dim) : cell(value))));
  return columns(head, widths, body, false);
}

const lineText = (line: Line): string => show(line.map(spanText).join(''), LONGEST);

function spanText(span: Span): string {
  return span.is === 'cite' ? ` [${span.n}]` : span.text;
}

function sourceText({ n, name, text, url, held_by }: Source, sheet: Sheet): string {
  const held = held_by.length === 0 ? '' : ` Cited in ${held_by.join(', ')}.`;
  const whole = `[${n}] ${name === text ? '' : `${name}: `}${text}${url === null ? '' : ` ${url}`}${held}`;
  return wrap(show(whole, LONGEST), sheet.width - 2)
    .map((line, i) => (i === 0 ? line : `    ${line}`))
    .join('\n');
}
