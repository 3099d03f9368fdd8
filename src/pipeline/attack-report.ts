import { coveragePaper } from '../attack/coverage-paper.ts';
import { diffPaper } from '../attack/diff-paper.ts';
import { impactPaper } from '../attack/impact-paper.ts';
import { pagePaper } from '../attack/page-paper.ts';
import type { AttackCoverage } from '../model/attack-coverage.ts';
import type { AttackDiff } from '../model/attack-diff.ts';
import type { AttackImpact } from '../model/attack-impact.ts';
import type { AttackPage } from '../model/attack-page.ts';
import { VirgaError } from '../model/errors.ts';
import type { Paper } from '../model/paper.ts';
import { outputFor, plainOutput } from '../reports/index.ts';
import { type PaperFormat, paperRenderers } from '../reports/paper.ts';
import type { Migrated } from './attack-impact.ts';

export type AttackFormat = PaperFormat | 'json';

const ENDINGS: Readonly<Record<string, AttackFormat>> = {
  json: 'json',
  md: 'markdown',
  markdown: 'markdown',
  html: 'html',
  htm: 'html',
};

/** The format that the user named, else the one that the output's ending means, else the table. */
export function attackFormat(named: string | null, out: string | null): AttackFormat {
  const ending = out?.slice(out.lastIndexOf('.') + 1).toLowerCase() ?? '';
  if (named === null) return ENDINGS[ending] ?? 'table';
  if (named === 'table' || named === 'json' || named === 'markdown' || named === 'html') return named;
  throw new VirgaError('usage.wrong', `--format takes table, json, markdown, html, not ${JSON.stringify(named)}.`);
}

/** A page as text for a stream, or for a file where there is none. */
export const renderPage = (format: AttackFormat, page: AttackPage, stream: NodeJS.WritableStream | null): string =>
  render(format, page, () => pagePaper(page), stream);

export const renderDiff = (format: AttackFormat, diff: AttackDiff, stream: NodeJS.WritableStream | null): string =>
  render(format, diff, () => diffPaper(diff), stream);

export const renderImpact = (
  format: AttackFormat,
  impact: AttackImpact & { readonly migrated: readonly Migrated[] },
  stream: NodeJS.WritableStream | null,
): string => render(format, impact, () => impactPaper(impact), stream);

export const renderCoverage = (
  format: AttackFormat,
  coverage: AttackCoverage,
  stream: NodeJS.WritableStream | null,
): string => render(format, coverage, () => coveragePaper(coverage), stream);

function render(format: AttackFormat, data: unknown, paper: () => Paper, stream: NodeJS.WritableStream | null): string {
  if (format === 'json') return `${JSON.stringify(data)}\n`;
  return paperRenderers[format](
    paper(),
    stream === process.stdout ? outputFor(process.stdout, process.env) : plainOutput,
  );
}
