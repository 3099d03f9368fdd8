import type { Command } from '../../command.ts';
import { oneOf, releaseOptions, sure, text, workspaceOption, write } from './options.ts';

/** An object with everything that it is connected with. */
export const showCommand = {
  name: 'show',
  summary: 'show an object with its resolved context, its citations and our notes apart',
  define: (command) => {
    command
      .argument('<id>', 'ATT&CK id such as AN1996, or STIX id')
      .option('-f, --format <format>', 'json', 'json')
      .option('-o, --out <file>', 'write there instead of to standard output');
    releaseOptions(command);
    workspaceOption(command);
  },
  run: async ([id], options, io) => {
    oneOf('--format', options.format, ['json']);
    const { showAttack } = await import('../../../pipeline/attack-page.ts');
    const choice = { release: text(options.release), domain: text(options.domain) };
    const page = await showAttack({ id: sure(id), ...choice, workspace: sure(options.workspace) });
    write(io, text(options.out), `${JSON.stringify(page)}\n`);
    return 0;
  },
} satisfies Command;
