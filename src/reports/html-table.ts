/** A data table that stays a table for assistive technology when a narrow screen stacks its cells. */
import { html, type Markup, type Part } from './markup.ts';

export type TableColumn = { readonly title: string; readonly kind?: 'number' | 'wide' | 'drawn' };

function bodyRow(columns: readonly TableColumn[], cells: readonly Part[]): Markup {
  return html`<tr role="row">${cells.map((cell, i) => {
    const kind = columns[i]?.kind ?? 'text';
    const title = columns[i]?.title ?? '';
    return i === 0
      ? html`<th role="rowheader" scope="row" class="${kind}">${cell}</th>`
      : html`<td role="cell" class="${kind}"${kind === 'drawn' ? null : html` data-label="${title}"`}>${cell}</td>`;
  })}</tr>`;
}

/** One table; the first cell of a row is its heading. The caption is for people and for screen readers. */
export function dataTable(caption: Part, columns: readonly TableColumn[], rows: readonly (readonly Part[])[]): Markup {
  return html`<table role="table" class="data"><caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${columns.map(
    (c) => html`<th role="columnheader" scope="col" class="${c.kind ?? 'text'}">${c.title}</th>`,
  )}</tr></thead>
<tbody role="rowgroup">${rows.map((cells) => bodyRow(columns, cells))}</tbody></table>
`;
}
