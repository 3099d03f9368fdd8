import type { Command } from '../../command.ts';
import { printLines } from '../../output.ts';
import { deskOptions, readDesk, textOption } from './options.ts';

/** The chain of facts, and the files that it names. */
export const verifyCommand = {
  name: 'verify',
  summary: 'check that no fact and no stored indicator was changed since it was recorded',
  define: (command) => {
    deskOptions(command.argument('[file]', 'facts as `virga intel log` printed them, instead of a workspace'))
      .option('--expect <digest>', 'a head that was noted before: it must still be in the chain')
      .addHelpText(
        'after',
        '\nExit status 1 where something does not hold. Note the head elsewhere: only then a chain that was made anew as a whole shows.\n\nExamples:\n  virga intel verify -w hunting\n  virga intel log -w hunting > facts.ndjson && virga intel verify facts.ndjson --expect 9f2c…',
      );
  },
  run: async ([file], options, io) => {
    const { verifyDesk, verifyFile } = await import('../../../pipeline/intel/verify.ts');
    const expect = textOption(options.expect);
    const report =
      file === undefined ? await verifyDesk({ ...readDesk(options), expect }) : await verifyFile(file, expect);
    io.stdout.write(`${JSON.stringify(report)}\n`);
    return report.faults.length > 0 ? 1 : 0;
  },
} satisfies Command;

/** Who did what: every fact, oldest first. */
export const logCommand = {
  name: 'log',
  summary: 'print every fact of the workspace, one a line: who did what, when, and the chain',
  define: (command) => {
    deskOptions(command);
  },
  run: async (_args, options, io) => {
    const { logFacts } = await import('../../../pipeline/intel/verify.ts');
    await printLines(io.stdout, logFacts(readDesk(options)));
    return 0;
  },
} satisfies Command;
