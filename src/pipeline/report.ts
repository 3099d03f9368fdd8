import { VirgaError } from '../model/errors.ts';
import type { HuntDocument } from '../model/finding.ts';
import { outputFor, plainOutput, type Renderer, renderers } from '../reports/index.ts';
import { show } from '../reports/safe-text.ts';

/** The report format that the user named, else the one that the output's ending means, else the table. */
export function reportFormat(named: string | null, out: string | null): Renderer['id'] {
  if (named === null) return renderers.find((r) => r.extensions.some((e) => out?.endsWith(`.${e}`)))?.id ?? 'table';
  const renderer = renderers.find((r) => r.id === named);
  if (!renderer)
    throw new VirgaError(
      'usage.wrong',
      `--format takes ${renderers.map((r) => r.id).join(', ')}, not ${JSON.stringify(named)}.`,
    );
  return renderer.id;
}

/** The document as text for a stream, or for a file where there is none. */
export function renderReport(id: Renderer['id'], document: HuntDocument, stream: NodeJS.WritableStream | null): string {
  const renderer = renderers.find((r) => r.id === id);
  if (!renderer) throw new Error(`no renderer ${id}`);
  return renderer.render(document, stream === process.stdout ? outputFor(process.stdout, process.env) : plainOutput);
}

/** A line of values from outside for a terminal: nothing in them can move the cursor. */
export const showLine = (values: readonly string[]): string =>
  values
    .filter((value) => value !== '')
    .map((value) => show(value, 160))
    .join('  ');
