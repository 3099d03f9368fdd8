import type { SourceQuality } from '../../../pipeline/intel/sources.ts';
import type { Command } from '../../command.ts';
import { readTime } from '../../options.ts';
import { deskOptions, oneOf, readDesk, textOption } from './options.ts';

/** How good each source is, measured from what became of its indicators. */
export const sourcesCommand = {
  name: 'sources',
  summary: 'measure each source: precision, lead, overlap, share on shared platforms, staleness',
  define: (command) => {
    deskOptions(command.argument('[name]', 'only this source'))
      .option('--as-of <time>', 'as it stood then (RFC 3339); default: now')
      .option('-f, --format <format>', 'table or json', 'table')
      .addHelpText(
        'after',
        '\nEach number stands with what it was counted from; docs/guide/intelligence.md has the formulas.\n\nExamples:\n  virga intel sources -w hunting\n  virga intel sources "Noisy list" -w hunting --format json',
      );
  },
  run: async ([name], options, io) => {
    const format = oneOf('--format', options.format, ['table', 'json']);
    const { intelSources } = await import('../../../pipeline/intel/sources.ts');
    const asOf = textOption(options.asOf);
    const rows = await intelSources({
      ...readDesk(options),
      source: name ?? null,
      asOf: asOf === null ? Date.now() : readTime('--as-of', asOf),
    });
    io.stdout.write(format === 'json' ? `${JSON.stringify(rows, null, 1)}\n` : tableOf(rows));
    return 0;
  },
} satisfies Command;

type Column = readonly [title: string, cell: (row: SourceQuality) => string];

const columns: readonly Column[] = [
  ['source', (r) => safe(r.source)],
  ['indicators', (r) => String(r.indicators)],
  ['precision', (r) => percent(r.precision)],
  ['lead', (r) => days(r.lead_days)],
  ['first', (r) => percent(r.first)],
  ['before sighting', (r) => days(r.before_sighting_days)],
  ['overlap', (r) => percent(r.overlap)],
  ['on platforms', (r) => percent(r.on_platforms)],
  ['age', (r) => days(r.age_days)],
  ['expired', (r) => percent(r.expired_share)],
];

function tableOf(rows: readonly SourceQuality[]): string {
  if (rows.length === 0) return 'No source is known; import something first.\n';
  const lines = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, cell]) => cell(row)))];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => (line[i] ?? '').length)));
  return lines
    .map(
      (line) =>
        `${line
          .map((cell, i) => cell.padEnd(widths[i] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

type Measure = SourceQuality['overlap'];

const percent = ({ value, of }: Measure): string =>
  value === null ? '–' : `${Math.round(value * 1000) / 10} % of ${of}`;
const days = ({ value, of }: Measure): string => (value === null ? '–' : `${value} d (${of})`);
const safe = (text: string): string =>
  text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '?').slice(0, 60);
