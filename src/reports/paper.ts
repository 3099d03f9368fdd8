/** A paper as text for a terminal, a wiki or a browser. The list is explicit; its order is the order in the help. */
import type { Paper } from '../model/paper.ts';
import { paperHtml } from './paper-html.ts';
import { paperMarkdown } from './paper-markdown.ts';
import { paperTerminal } from './paper-terminal.ts';
import type { RenderOptions } from './renderer.ts';

export type PaperFormat = 'table' | 'markdown' | 'html';

/** Pure: the same paper and options give the same text. */
export const paperRenderers: Readonly<Record<PaperFormat, (paper: Paper, options: RenderOptions) => string>> = {
  table: paperTerminal,
  markdown: paperMarkdown,
  html: paperHtml,
};
