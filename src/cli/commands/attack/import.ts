import type { Command } from '../../command.ts';
import { oneOf, sure, text, workspaceOption } from './options.ts';

/** One bundle in, as one release: wholly or not at all. */
export const importCommand = {
  name: 'import',
  summary: 'take in an ATT&CK release: a STIX 2.0 or 2.1 bundle as MITRE publishes it',
  define: (command) => {
    command
      .argument('<bundle>', 'enterprise, mobile or ICS bundle; .gz and .zst as they are; - is standard input')
      .option(
        '-r, --release <release>',
        'what the release is called, such as 19.1; default: what the bundle says (STIX 2.1)',
      )
      .option('-d, --domain <domain>', 'such as enterprise-attack; default: what the bundle says')
      .option('-f, --format <format>', 'table or json', 'table')
      .addHelpText(
        'after',
        '\nBundles: https://github.com/mitre-attack/attack-stix-data (2.1), https://github.com/mitre/cti (2.0). Virga fetches nothing itself.\n\nExample: virga attack import enterprise-attack-19.1.json --release 19.1 --workspace hunt',
      );
    workspaceOption(command);
  },
  run: async ([bundle], options, io) => {
    const format = oneOf('--format', options.format, ['table', 'json']);
    const { importAttack } = await import('../../../pipeline/attack-import.ts');
    const told = await importAttack({
      ...{ bundle: sure(bundle), release: text(options.release), domain: text(options.domain) },
      ...{ workspace: sure(options.workspace), now: () => new Date(), stdin: io.stdin },
    });
    if (format === 'json') io.stdout.write(`${JSON.stringify(told)}\n`);
    else {
      const missing =
        told.dangling > 0 ? ` ${told.dangling} references lead to objects that the bundle does not hold.` : '';
      io.stdout.write(
        `ATT&CK ${told.domain} ${told.release} (STIX ${told.form}): ${told.objects} objects, ${told.added} added, ${told.unchanged} unchanged.${missing}\n`,
      );
    }
    return 0;
  },
} satisfies Command;
