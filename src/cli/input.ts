import type { Io } from './command.ts';

/** Standard input as text. */
export async function* textOf(io: Io): AsyncGenerator<string> {
  io.stdin.setEncoding('utf8');
  for await (const chunk of io.stdin) yield String(chunk);
}
