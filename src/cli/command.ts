import type { Command as Commander } from 'commander';

/** The three streams of a command: standard output is for the answer alone. */
export type Io = {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
};

/** A command as a value: its name, what it takes, and what it does. */
export type Command = {
  readonly name: string;
  readonly summary: string;
  /** Adds arguments and options. */
  readonly define: (command: Commander) => void;
  /** Does it; resolves to the exit status. Failures of the world are thrown as VirgaError. */
  readonly run: (args: readonly string[], options: Record<string, unknown>, io: Io) => Promise<number>;
};

/** Commands under one word, as in `virga intel import`. */
export type CommandGroup = {
  readonly name: string;
  readonly summary: string;
  /** In the order of the help. */
  readonly commands: readonly Command[];
};
