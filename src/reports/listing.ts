import { escapeMarkdown, markdownTable } from './markdown-text.ts';
import { cell, columns as inColumns } from './terminal-text.ts';

type Cell = string | boolean | readonly string[];
type Entry = Readonly<Record<string, Cell>>;

/** A registry as a table, as JSON and as Markdown: `columns` names what people see, JSON has everything. */
export type Listing = {
  readonly json: () => string;
  readonly markdown: () => string;
  readonly table: (width: number) => string;
};

export function listing(entries: readonly Entry[], columns: readonly string[]): Listing {
  const rows = entries.map((e) => columns.map((c) => textOf(e[c] ?? '')));
  return {
    json: () => `${JSON.stringify(entries, null, 1)}\n`,
    markdown: () =>
      markdownTable(
        columns,
        rows.map((row) => row.map(escapeMarkdown)),
      ),
    table: (width) =>
      `${inColumns(
        columns,
        widths(columns.length, width),
        rows.map((row) => row.map((text) => cell(text))),
        true,
      )}\n`,
  };
}

const textOf = (cell: Cell): string =>
  Array.isArray(cell) ? cell.join(', ') : cell === true ? 'yes' : cell === false ? 'no' : String(cell);

/** The first column keeps 28 characters, the others share the rest. */
const widths = (columns: number, width: number): number[] => {
  const rest = Math.max(12, Math.floor((width - 28 - columns - 1) / Math.max(1, columns - 1)));
  return [28, ...Array.from({ length: columns - 1 }, () => rest)];
};
