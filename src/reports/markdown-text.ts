/** Text that means nothing to a Markdown reader, whichever wiki or ticket system it is. */
import { reveal } from './safe-text.ts';

/**
 * A value for running text and table cells: Markdown signs escaped, angle brackets and `&` as entities, `http` as `hxxp`
 * and `@` as `(at)`, so that nothing becomes a link and nobody is called by a log line. One line: line ends are written
 * out. Parentheses and colons stay: without brackets they mean nothing.
 */
export function escapeMarkdown(text: string): string {
  return reveal(text)
    .replaceAll('@', '(at)')
    .replace(/http(s?):\/\//gi, 'hxxp$1://')
    .replace(/www\./gi, 'www[.]')
    .replace(/[\\`*_{}[\]#!|~$]/g, (c) => `\\${c}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/^[-+=]/, (c) => `\\${c}`)
    .replace(/^(\d{1,9})([.)])/, '$1\\$2');
}

/** A pipe table; cells are escaped already. No rows, no table. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.map((c) => (c === '' ? ' ' : c)).join(' | ')} |`;
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}
