import { VirgaError } from '../../model/errors.ts';
import type { Command } from '../command.ts';
import { readDuration } from '../options.ts';
import { deskOptions, readDesk, textOption } from './intel/options.ts';

const collect = (value: string, before: string[]): string[] => [...before, value];

/** Stored events against what became active since the last run. */
export const retroCommand = {
  name: 'retro',
  summary: 'hunt the stored events for what became active since the last run: new, changed, approved or prolonged',
  define: (command) => {
    deskOptions(command)
      .option('--full', 'judge the behaviour of what was met too, however many events are stored')
      .option(
        '--budget <time>',
        'begin no further step after this time, such as 30s or 5m; the next run goes on from there',
      )
      .option('--all', 'everything again, not only what became active since the last run')
      .option('--internal <cidr>', 'a range of your own besides the private ones; may be repeated', collect, [])
      .option(
        '--characteristics <path>',
        'look for this software too, in all stored requests; may be repeated',
        collect,
        [],
      )
      .option('--known-software', 'look for the built-in characteristics too, in all stored requests')
      .option('--by <name>', 'who searches; default: the account of the system')
      .option('-f, --format <format>', 'table, json, html or markdown', 'table')
      .option('--exit-code', 'exit with 3 when there is at least one finding')
      .addHelpText(
        'after',
        '\nExample: store yesterday, take in what is new, look back\n  virga hunt logs/ -w hunting\n  virga intel import feeds/ -w hunting\n  virga retro -w hunting --format json',
      );
  },
  run: async (_args, options, io) => {
    const { retro } = await import('../../pipeline/retro.ts');
    const { renderReport, reportFormat } = await import('../../pipeline/report.ts');
    const desk = readDesk(options);
    if (desk.workspace === null) throw new VirgaError('usage.wrong', '--workspace is needed.');
    const format = reportFormat(textOption(options.format), null);
    const document = await retro({
      ...desk,
      workspace: desk.workspace,
      internal: Array.isArray(options.internal) ? options.internal.map(String) : [],
      all: options.all === true,
      budget: budgetOf(options),
      brief: options.full === true ? false : null,
      by: textOption(options.by),
      characteristics: Array.isArray(options.characteristics) ? options.characteristics.map(String) : [],
      knownSoftware: options.knownSoftware === true,
      stdin: io.stdin,
      note: (text) => io.stderr.write(`virga: ${text}\n`),
      now: () => new Date(),
    });
    io.stdout.write(renderReport(format, document, io.stdout));
    return options.exitCode === true && document.findings.length > 0 ? 3 : 0;
  },
} satisfies Command;

/** A part of everything would look like everything of a part to the next run. */
function budgetOf({ budget, all }: Record<string, unknown>): number | null {
  if (budget === undefined) return null;
  if (all === true) throw new VirgaError('usage.wrong', '--budget and --all cannot be given together.');
  return readDuration('--budget', String(budget));
}
