import type { Command } from '../../command.ts';
import { textOf } from '../../input.ts';
import { printLines } from '../../output.ts';

/** Whether each pattern is valid. */
export const checkCommand = {
  name: 'check',
  summary: 'tell whether STIX patterns are valid (NDJSON on standard input)',
  define: (command) => {
    command.addHelpText(
      'after',
      `
A line is {"id","stix_version":"2.0"|"2.1","pattern"}. Answer: {"id","valid","error"?}, in the same order.

  echo '{"id":1,"stix_version":"2.1","pattern":"[url:value MATCHES \\'^http\\']"}' | virga stix check`,
    );
  },
  run: async (_args, _options, io) => {
    const { checkPatterns } = await import('../../../pipeline/stix-patterns.ts');
    await printLines(io.stdout, checkPatterns(textOf(io)));
    return 0;
  },
} satisfies Command;
