import type { Command } from '../command.ts';
import { textOf } from '../input.ts';
import { printLines } from '../output.ts';

/** Whose endpoint is this? One NDJSON line for each host or URL, in order. */
export const classifyCommand = {
  name: 'classify',
  summary: 'tell whose endpoint a host or URL is: platform, tenant, function, region',
  define: (command) => {
    command.argument('[host-or-url...]', 'without arguments: one a line on standard input');
  },
  run: async (args, _options, io) => {
    const { classifyLines, classifyStream } = await import('../../pipeline/classify.ts');
    await printLines(io.stdout, args.length > 0 ? classifyLines(args) : classifyStream(textOf(io)));
    return 0;
  },
} satisfies Command;
