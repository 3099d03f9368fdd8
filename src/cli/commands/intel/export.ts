import { writeFileSync } from 'node:fs';
import { VirgaError } from '../../../model/errors.ts';
import type { Command } from '../../command.ts';
import { filterOptions, readFilter } from './list.ts';
import { deskOptions, oneOf, readDesk, textOption } from './options.ts';

/** Indicators for other systems and people. */
export const exportCommand = {
  name: 'export',
  summary: 'write active indicators as CSV, plain list or STIX 2.1, with what TLP and licence allow',
  define: (command) => {
    filterOptions(deskOptions(command))
      .option('-f, --format <format>', 'csv, plain or stix', 'csv')
      .option('--use <use>', 'own: for your own controls; share: for others, so that the licence must allow it', 'own')
      .option('--blockable', 'only what two people said may be blocked')
      .option('--two-accounts', 'with --blockable: only where the two spoke from two accounts of the system')
      .option('--up-to <level>', 'leave out what has a narrower TLP: clear, green, amber, amber+strict or red', 'amber')
      .option('--tlp <level>', 'the TLP of indicators that have none', 'amber')
      .option('-o, --out <file>', 'write there instead of standard output')
      .addHelpText(
        'after',
        '\nExamples:\n  virga intel export -w hunting --verdict approved --blockable --format plain --out block.txt\n  virga intel export -w hunting --use share --up-to green --format stix',
      );
  },
  run: async (_args, options, io) => {
    const { exportFormats, exportIntel } = await import('../../../pipeline/intel/export.ts');
    const { readTlp } = await import('../../../pipeline/stix-export.ts');
    const level = (option: string, word: unknown) => {
      const tlp = readTlp(String(word));
      if (tlp !== undefined) return tlp;
      throw new VirgaError('usage.wrong', `${option} takes clear, green, amber, amber+strict or red.`);
    };
    const { text, indicators, left } = await exportIntel({
      ...readDesk(options),
      filter: await readFilter(options),
      format: oneOf('--format', options.format, exportFormats) ?? 'csv',
      use: oneOf('--use', options.use, ['own', 'share']) ?? 'own',
      blockable: options.blockable === true || options.twoAccounts === true,
      twoAccounts: options.twoAccounts === true,
      upTo: level('--up-to', options.upTo),
      unmarked: level('--tlp', options.tlp),
      now: () => new Date(),
    });
    const others = Object.entries(left).map(([reason, count]) => `, ${count} left out (${reason})`);
    io.stderr.write(`virga: ${indicators} indicators written${others.join('')}.\n`);
    const out = textOption(options.out);
    if (out === null) io.stdout.write(text);
    else write(out, text);
    return 0;
  },
} satisfies Command;

function write(out: string, text: string): void {
  try {
    writeFileSync(out, text);
  } catch (cause) {
    throw new VirgaError('output.failed', `The export could not be written to ${out}.`, { cause });
  }
}
