import type { Command } from '../../command.ts';
import { releaseOptions, sure, text, workspaceOption } from './options.ts';

/** An object as MITRE wrote it, byte for byte. */
export const rawCommand = {
  name: 'raw',
  summary: 'print an object’s exact bytes as they stood in the bundle',
  define: (command) => {
    command.argument('<id>', 'ATT&CK id such as AN1996, or STIX id');
    releaseOptions(command);
    workspaceOption(command);
  },
  run: async ([id], options, io) => {
    const { rawAttack } = await import('../../../pipeline/attack-page.ts');
    const choice = { release: text(options.release), domain: text(options.domain) };
    io.stdout.write(await rawAttack({ id: sure(id), ...choice, workspace: sure(options.workspace) }));
    return 0;
  },
} satisfies Command;
