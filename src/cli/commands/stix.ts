import { VirgaError } from '../../model/errors.ts';
import type { Command, CommandGroup } from '../command.ts';
import { textOf } from '../input.ts';
import { printLines, writeReport } from '../output.ts';

const match = {
  name: 'match',
  summary: 'tell whether STIX patterns hold of observed data (NDJSON on standard input)',
  define: (command) => {
    command.addHelpText(
      'after',
      `
A line is {"id","stix_version":"2.0"|"2.1","pattern","observations":[…]}: observed-data objects, or bundles of them with
the objects that they refer to. Answer: {"id","verdict":"match"|"nomatch"|"error","error"?}, in the same order.

  echo '{"id":1,"stix_version":"2.0","pattern":"[domain-name:value LIKE \\'%.example\\']","observations":[
    {"type":"observed-data","number_observed":1,"first_observed":"2026-01-01T00:00:00Z",
     "last_observed":"2026-01-01T00:00:00Z","objects":{"0":{"type":"domain-name","value":"a.example"}}}]}' |
    tr -d '\\n' | virga stix match`,
    );
  },
  run: async (_args, _options, io) => {
    const { matchPatterns } = await import('../../pipeline/stix-patterns.ts');
    await printLines(io.stdout, matchPatterns(textOf(io)));
    return 0;
  },
} satisfies Command;

const check = {
  name: 'check',
  summary: 'tell whether STIX patterns are valid (NDJSON on standard input)',
  define: (command) => {
    command.addHelpText(
      'after',
      `
A line is {"id","stix_version":"2.0"|"2.1","pattern"}. Answer: {"id","valid","error"?}, in the same order.

  echo '{"id":1,"stix_version":"2.1","pattern":"[url:value MATCHES \\'^http\\']"}' | virga stix check`,
    );
  },
  run: async (_args, _options, io) => {
    const { checkPatterns } = await import('../../pipeline/stix-patterns.ts');
    await printLines(io.stdout, checkPatterns(textOf(io)));
    return 0;
  },
} satisfies Command;

const exportCommand = {
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
    const { exportStix, readTlp } = await import('../../pipeline/stix-export.ts');
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

/** STIX: patterns evaluated and checked, indicators written. */
export const stixCommands: CommandGroup = {
  name: 'stix',
  summary: 'work with STIX',
  commands: [match, check, exportCommand],
};
