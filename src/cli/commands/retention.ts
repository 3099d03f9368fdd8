import { statSync } from 'node:fs';
import { VirgaError } from '../../model/errors.ts';
import type { Command } from '../command.ts';
import { readBytes } from '../options.ts';

const DAY = 86_400_000;

/** Lets go of what is too old or too much. */
export const retentionCommand = {
  name: 'retention',
  summary: 'let go of stored events by age and by size',
  define: (command) => {
    command
      .requiredOption('-w, --workspace <dir>', 'where the events are')
      .option('--max-age <days>', 'batches whose newest event is older go, such as 90d')
      .option('--max-size <size>', 'stored events may take this much, such as 50GB; the oldest batches go first')
      .option('--dry-run', 'say what would go, and let nothing go')
      .option('-f, --format <format>', 'table or json', 'table')
      .option('--memory <size>', 'memory that the engine may use', '700MB')
      .addHelpText('after', '\nExample:\n  virga retention --workspace ./lake --max-age 90d --max-size 50GB --dry-run');
  },
  run: async (_args, options, io) => {
    const age = options.maxAge === undefined ? null : days(String(options.maxAge));
    const size = options.maxSize === undefined ? null : bytes(readBytes('--max-size', String(options.maxSize)));
    if (age === null && size === null) throw new VirgaError('usage.wrong', 'Give --max-age, --max-size, or both.');
    if (options.format !== 'table' && options.format !== 'json')
      throw new VirgaError('usage.wrong', `--format takes table or json, not ${JSON.stringify(options.format)}.`);
    const workspace = String(options.workspace);
    if (!statSync(workspace, { throwIfNoEntry: false })?.isDirectory())
      throw new VirgaError('path.missing', `There is no workspace ${workspace}.`);
    const { retain } = await import('../../pipeline/retention.ts');
    const document = await retain({
      workspace,
      memory: readBytes('--memory', String(options.memory)),
      before: age === null ? null : Date.now() - age * DAY,
      maxBytes: size,
      dryRun: options.dryRun === true,
    });
    const { dropped, kept } = document;
    io.stdout.write(
      options.format === 'json'
        ? `${JSON.stringify(document)}\n`
        : `${document.dry_run ? 'would let go of' : 'let go of'} ${dropped.batches} batches, ${dropped.events} events, ${dropped.bytes} bytes; ${kept.batches} batches, ${kept.events} events, ${kept.bytes} bytes stay\n`,
    );
    return 0;
  },
} satisfies Command;

function days(text: string): number {
  const number = /^(\d{1,5})d?$/.exec(text)?.[1];
  if (number === undefined)
    throw new VirgaError('usage.wrong', `--max-age takes days such as 90d, not ${JSON.stringify(text)}.`);
  return Number(number);
}

const bytes = (size: string): number => Number.parseInt(size, 10) * (size.includes('G') ? 1_000_000_000 : 1_000_000);
