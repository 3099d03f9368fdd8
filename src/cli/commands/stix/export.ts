import { VirgaError } from '../../../model/errors.ts';
import type { Command } from '../../command.ts';
import { writeReport } from '../../output.ts';

/** Indicators of any kind of file as one bundle. */
export const exportCommand = {
  name: 'export',
  summary: 'write indicators of any kind of file as one STIX 2.1 bundle',
  define: (command) => {
    command
      .argument('<path...>', 'what hunt --intel takes: files or directories; - is standard input')
      .option('-o, --out <file>', 'write the bundle there instead of standard output')
      .option('--tlp <level>', 'the TLP of indicators that have none', 'amber')
      .option('--up-to <level>', 'leave out what has a narrower TLP: clear, green, amber, amber+strict or red', 'amber')
      .addHelpText('after', '\n  virga stix export feeds/ --up-to green --out shared.json');
  },
  run: async (args, options, io) => {
    const { exportStix, readTlp } = await import('../../../pipeline/stix-export.ts');
    const level = (option: string, word: unknown) => {
      const tlp = readTlp(String(word));
      if (tlp !== undefined) return tlp;
      throw new VirgaError('usage.wrong', `${option} takes clear, green, amber, amber+strict or red.`);
    };
    const { text, indicators, left, summary } = await exportStix({
      paths: args,
      unmarked: level('--tlp', options.tlp),
      upTo: level('--up-to', options.upTo),
      now: new Date(),
    });
    const refused = summary.files.flatMap((file) => Object.values(file.refused)).reduce((sum, n) => sum + n, 0);
    const others = Object.entries({ ...left, refused }).filter(([, count]) => count > 0);
    io.stderr.write(
      `virga: ${indicators} indicators written${others.map(([reason, count]) => `, ${count} ${reason}`).join('')}.\n`,
    );
    if (typeof options.out === 'string') writeReport(options.out, text);
    else io.stdout.write(text);
    return 0;
  },
} satisfies Command;
