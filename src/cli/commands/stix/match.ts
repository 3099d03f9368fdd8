import type { Command } from '../../command.ts';
import { textOf } from '../../input.ts';
import { printLines } from '../../output.ts';

/** The verdict of each pattern on its observations. */
export const matchCommand = {
  name: 'match',
  summary: 'tell whether STIX patterns hold of observed data (NDJSON on standard input)',
  define: (command) => {
    command.addHelpText(
      'after',
      `
A line is {"id","stix_version":"2.0"|"2.1","pattern","observations":[…]}: observed-data objects, or bundles of them with
the objects that they refer to. Answer: {"id","verdict":"match"|"nomatch"|"error","error"?}, in the same order.

  echo '{"id":1,"stix_version":"2.0","pattern":"[domain-name:value LIKE \\'%.example\\']","observations":[
    {"type":"observed-data","number_observed":1,"first_observed":"2026-01-01T00:00:00Z",
     "last_observed":"2026-01-01T00:00:00Z","objects":{"0":{"type":"domain-name","value":"a.example"}}}]}' |
    tr -d '\\n' | virga stix match`,
    );
  },
  run: async (_args, _options, io) => {
    const { matchPatterns } = await import('../../../pipeline/stix-patterns.ts');
    await printLines(io.stdout, matchPatterns(textOf(io)));
    return 0;
  },
} satisfies Command;
