import type { Command } from '../../command.ts';
import { oneOf, sure, text, workspaceOption, write } from './options.ts';

/** What changed between two releases. */
export const diffCommand = {
  name: 'diff',
  summary: 'what changed between two releases, by content',
  define: (command) => {
    command
      .argument('<from>', 'the older release, such as 18.1')
      .argument('<to>', 'the newer release, such as 19.1')
      .option('-d, --domain <domain>', 'enterprise-attack, mobile-attack or ics-attack', 'enterprise-attack')
      .option('-f, --format <format>', 'json', 'json')
      .option('-o, --out <file>', 'write there instead of to standard output');
    workspaceOption(command);
  },
  run: async ([from, to], options, io) => {
    oneOf('--format', options.format, ['json']);
    const { diffAttack } = await import('../../../pipeline/attack-diff.ts');
    const diff = await diffAttack({
      from: sure(from),
      to: sure(to),
      domain: sure(options.domain),
      workspace: sure(options.workspace),
    });
    write(io, text(options.out), `${JSON.stringify(diff)}\n`);
    return 0;
  },
} satisfies Command;
