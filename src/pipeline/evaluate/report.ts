import { VirgaError } from '../../model/errors.ts';
import type { EvaluationDocument } from '../../model/evaluation.ts';
import { evaluationPaper } from '../../replays/evaluation-paper.ts';
import { outputFor, plainOutput } from '../../reports/index.ts';
import { type PaperFormat, paperRenderers } from '../../reports/paper.ts';

export type EvaluationFormat = PaperFormat | 'json';

const ENDINGS: Readonly<Record<string, EvaluationFormat>> = {
  json: 'json',
  md: 'markdown',
  markdown: 'markdown',
  html: 'html',
};

/** The format that the user named, else the one that the output's ending means, else the table. */
export function evaluationFormat(named: string | null, out: string | null): EvaluationFormat {
  if (named === null) return ENDINGS[out?.slice(out.lastIndexOf('.') + 1).toLowerCase() ?? ''] ?? 'table';
  if (named === 'table' || named === 'json' || named === 'markdown' || named === 'html') return named;
  throw new VirgaError('usage.wrong', `--format takes table, json, markdown, html, not ${JSON.stringify(named)}.`);
}

/** The document as text for a stream, or for a file where there is none. */
export function renderEvaluation(
  format: EvaluationFormat,
  document: EvaluationDocument,
  stream: NodeJS.WritableStream | null,
): string {
  if (format === 'json') return `${JSON.stringify(document)}\n`;
  const output = stream === process.stdout ? outputFor(process.stdout, process.env) : plainOutput;
  return paperRenderers[format](evaluationPaper(document), output);
}
