import { Command as Commander, CommanderError } from 'commander';
import { VirgaError } from '../model/errors.ts';
import { version } from '../model/version.ts';
import type { Command, CommandGroup, Io } from './command.ts';
import { commands } from './commands/index.ts';

/** Runs the program once; resolves to the exit status: 0 done, 1 failed, 2 wrong usage, 3 found something (`hunt --exit-code`). */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let status = 0;
  const program = programOn(io);
  addCommands(program, commands, io, (result) => {
    status = result;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return status;
  } catch (error) {
    return fail(error, io);
  }
}

function addCommands(
  parent: Commander,
  entries: readonly (Command | CommandGroup)[],
  io: Io,
  done: (status: number) => void,
): void {
  for (const entry of entries) {
    const command = parent.command(entry.name).description(entry.summary);
    if ('commands' in entry) addCommands(command, entry.commands, io, done);
    else {
      entry.define(command);
      command.action(async () => done(await entry.run(command.args, command.opts(), io)));
    }
  }
}

const programOn = (io: Io): Commander =>
  new Commander('virga')
    .description('Finds adversary use of serverless functions in your own DNS, proxy and network logs.')
    .version(version, '-V, --version')
    .exitOverride()
    .showHelpAfterError('(--help says what it takes)')
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) })
    .addHelpText(
      'after',
      '\nEvery command takes --help. No hit is no proof of absence: `virga hunt` says what it could not see.',
    );

function fail(error: unknown, io: Io): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof VirgaError) {
    io.stderr.write(`virga: ${error.advice}\n`);
    return error.code === 'usage.wrong' ? 2 : 1;
  }
  throw error;
}
