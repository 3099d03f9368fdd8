import type { Command } from '../../command.ts';
import { sure, workspaceOption } from './options.ts';

/** A release out of the mirror; notes stay. */
export const deleteCommand = {
  name: 'delete',
  summary: 'remove a release from the mirror; notes and other releases stay',
  define: (command) => {
    command.argument('<release>', 'such as 18.0').requiredOption('-d, --domain <domain>', 'such as enterprise-attack');
    workspaceOption(command);
  },
  run: async ([release], options, io) => {
    const { deleteRelease } = await import('../../../pipeline/attack-releases.ts');
    const gone = await deleteRelease(sure(options.workspace), sure(release), sure(options.domain));
    io.stdout.write(
      `${JSON.stringify({ deleted: { domain: gone.domain, release: gone.release, objects: gone.objects } })}\n`,
    );
    return 0;
  },
} satisfies Command;
