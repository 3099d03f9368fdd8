/** The Python of the tests with services, with the packages of python-services.txt (scripts/install-services.sh). */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';

export const python = path.join(import.meta.dirname, '..', 'node_modules', '.virga-python', 'bin', 'python');

/** Runs a script with standard input; its standard output, or an error with what it said. */
export async function runPython(script: string, args: readonly string[] = [], input = ''): Promise<string> {
  const child = spawn(python, ['-c', script, ...args]);
  child.stdin.end(input);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const code = child.exitCode ?? (await new Promise((done) => child.on('close', done)));
  if (code !== 0) throw new Error(`python ended with ${String(code)}: ${err.slice(-2000)}`);
  return out;
}
