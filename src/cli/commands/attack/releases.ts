import type { Command } from '../../command.ts';
import { oneOf, sure, workspaceOption } from './options.ts';

/** What is in the mirror. */
export const releasesCommand = {
  name: 'releases',
  summary: 'list the releases that are imported',
  define: (command) => {
    command.option('-f, --format <format>', 'table or json', 'table');
    workspaceOption(command);
  },
  run: async (_args, options, io) => {
    const format = oneOf('--format', options.format, ['table', 'json']);
    const { attackReleases } = await import('../../../pipeline/attack-releases.ts');
    const releases = await attackReleases(sure(options.workspace));
    if (format === 'json') io.stdout.write(`${JSON.stringify({ releases })}\n`);
    for (const r of format === 'json' ? [] : releases)
      io.stdout.write(
        `${r.domain.padEnd(18)} ${r.release.padEnd(8)} STIX ${r.form}  ${String(r.objects).padStart(7)} objects  imported ${r.imported.slice(0, 10)}  sha256 ${r.sha256.slice(0, 16)}\n`,
      );
    return 0;
  },
} satisfies Command;
