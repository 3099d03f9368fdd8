import type { Command } from '../../command.ts';
import { oneOf, releaseOptions, sure, text, workspaceOption } from './options.ts';

/** From words to objects. */
export const searchCommand = {
  name: 'search',
  summary: 'find objects by words of their names, other names and descriptions, or by the beginning of an id',
  define: (command) => {
    command
      .argument('<word...>', 'all of them must occur; a word may be a beginning')
      .option('-n, --most <n>', 'how many at most', '20')
      .option('-f, --format <format>', 'table, json or ndjson', 'table');
    releaseOptions(command);
    workspaceOption(command);
  },
  run: async (args, options, io) => {
    const format = oneOf('--format', options.format, ['table', 'json', 'ndjson']);
    const { searchAttack } = await import('../../../pipeline/attack-search.ts');
    const { showLine } = await import('../../../pipeline/report.ts');
    const choice = { release: text(options.release), domain: text(options.domain) };
    const found = await searchAttack({
      words: args,
      most: sure(options.most),
      ...choice,
      workspace: sure(options.workspace),
    });
    if (format === 'json') io.stdout.write(`${JSON.stringify({ objects: found })}\n`);
    else if (format === 'ndjson') for (const object of found) io.stdout.write(`${JSON.stringify(object)}\n`);
    else
      for (const o of found)
        io.stdout.write(
          `${showLine([o.attack_id ?? o.id, o.kind, o.name ?? '', o.status === 'active' ? '' : `(${o.status})`, `${o.domain} ${o.release}`])}\n`,
        );
    return 0;
  },
} satisfies Command;
