import { indicatorKinds } from '../../../model/indicator.ts';
import type { Command } from '../../command.ts';
import { readTime } from '../../options.ts';
import { printLines } from '../../output.ts';
import { deskOptions, oneOf, readDesk, textOption } from './options.ts';

/** The current revision of each indicator, one a line. */
export const listCommand = {
  name: 'list',
  summary: 'print the current revision of each indicator, with what each source says of it',
  define: (command) => {
    filterOptions(deskOptions(command))
      .option('--as-of <time>', 'as they were known and stood then (RFC 3339); default: now')
      .option('-f, --format <format>', 'ndjson', 'ndjson')
      .addHelpText('after', '\nExample:\n  virga intel list -w hunting --status active --platform cloudflare-workers');
  },
  run: async (_args, options, io) => {
    oneOf('--format', options.format, ['ndjson']);
    const { listIntel } = await import('../../../pipeline/intel/list.ts');
    const asOf = textOption(options.asOf);
    await printLines(
      io.stdout,
      listIntel({
        ...readDesk(options),
        filter: await readFilter(options),
        asOf: asOf === null ? Date.now() : readTime('--as-of', asOf),
      }),
    );
    return 0;
  },
} satisfies Command;

type Commander = Parameters<Command['define']>[0];

/** Options that say which indicators are meant. */
export const filterOptions = (command: Commander): Commander =>
  command
    .option('--kind <kind>', `one of ${indicatorKinds.join(', ')}`)
    .option(
      '--status <status>',
      'active, expired, not-yet-valid, not-for-detection, rejected, monitor-only, quarantined',
    )
    .option('--verdict <verdict>', 'candidate, approved, rejected, monitor-only, quarantined')
    .option('--source <name>', 'indicators that this source names')
    .option('--label <label>', 'indicators with this label')
    .option('--platform <id>', 'indicators on this platform')
    .option('--value <text>', 'values that begin or end with this text');

export async function readFilter(options: Record<string, unknown>) {
  const { statuses } = await import('../../../pipeline/intel/words.ts');
  const kind = oneOf('--kind', options.kind, indicatorKinds);
  const status = oneOf('--status', options.status, statuses);
  const text = (name: string): string | undefined => textOption(options[name]) ?? undefined;
  const given = {
    kind,
    status,
    verdict: text('verdict'),
    source: text('source'),
    label: text('label'),
    platform: text('platform'),
    text: text('value'),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
