#!/usr/bin/env node
import { run } from './run.ts';

/** A closed pipe (`virga … | head`) is the reader's right, not a failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  process.exitCode = await run(process.argv.slice(2), {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
  });
} catch (error) {
  process.stderr.write(
    `virga: this is a defect of the program; please report it with what follows.\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = 1;
}
