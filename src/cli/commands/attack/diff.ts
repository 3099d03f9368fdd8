import type { Command } from '../../command.ts';
import { sure, text, workspaceOption, write } from './options.ts';

/** What changed between two releases. */
export const diffCommand = {
  name: 'diff',
  summary: 'what changed between two releases, by content',
  define: (command) => {
    command
      .argument('<from>', 'the older release, such as 18.1')
      .argument('<to>', 'the newer release, such as 19.1')
      .option('-d, --domain <domain>', 'enterprise-attack, mobile-attack or ics-attack', 'enterprise-attack')
      .option('-f, --format <format>', 'table, json, markdown or html; default: table, or what the name of --out says')
      .option('-o, --out <file>', 'write there instead of to standard output')
      .addHelpText('after', '\nExample: virga attack diff 18.1 19.1 --workspace hunt --out changes.html');
    workspaceOption(command);
  },
  run: async ([from, to], options, io) => {
    const { diffAttack } = await import('../../../pipeline/attack-diff.ts');
    const { attackFormat, renderDiff } = await import('../../../pipeline/attack-report.ts');
    const out = text(options.out);
    const format = attackFormat(text(options.format), out);
    const diff = await diffAttack({
      from: sure(from),
      to: sure(to),
      domain: sure(options.domain),
      workspace: sure(options.workspace),
    });
    write(io, out, renderDiff(format, diff, out === null ? io.stdout : null));
    return 0;
  },
} satisfies Command;
