import type { Command } from '../../command.ts';
import { sure, text, texts, workspaceOption, write } from './options.ts';

const collect = (value: string, before: string[]): string[] => [...before, value];

/** What a release changes for what the user has. */
export const impactCommand = {
  name: 'impact',
  summary: 'what a release changes for your rules, layers, reports and notes; migrated copies where you approve',
  define: (command) => {
    command
      .argument('<from>', 'the release that your files were written for, such as 18.1')
      .argument('<to>', 'the newer release, such as 19.1')
      .argument(
        '[path...]',
        'Sigma rules, Navigator layers, hunt documents (JSON), any text that names ATT&CK ids; files or directories',
      )
      .option('-d, --domain <domain>', 'enterprise-attack, mobile-attack or ics-attack', 'enterprise-attack')
      .option(
        '--approve <id>',
        'migrate this id, as the report proposes; all takes every proposal; may be repeated',
        collect,
        [],
      )
      .option('--into <dir>', 'where migrated copies are written; your files are never touched')
      .option('-f, --format <format>', 'table, json, markdown or html; default: table, or what the name of --out says')
      .option('-o, --out <file>', 'write the report there instead of to standard output')
      .addHelpText(
        'after',
        '\nExample: virga attack impact 18.1 19.1 rules layers --workspace hunt --approve T1562.001 --into migrated',
      );
    workspaceOption(command);
  },
  run: async ([from, to, ...paths], options, io) => {
    const { attackImpact } = await import('../../../pipeline/attack-impact.ts');
    const { attackFormat, renderImpact } = await import('../../../pipeline/attack-report.ts');
    const out = text(options.out);
    const format = attackFormat(text(options.format), out);
    const impact = await attackImpact({
      ...{ from: sure(from), to: sure(to), paths, domain: sure(options.domain), workspace: sure(options.workspace) },
      ...{ approve: texts(options.approve), into: text(options.into) },
    });
    write(io, out, renderImpact(format, impact, out === null ? io.stdout : null));
    return 0;
  },
} satisfies Command;
