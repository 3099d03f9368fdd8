/** The program as its user calls it, inside this process: what it prints, and how it ends. */
import { Readable, Writable } from 'node:stream';
import { run } from '../src/cli/run.ts';

class Sink extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}

/** Runs `virga` with these words, and this text as standard input. */
export async function call(
  argv: readonly string[],
  input = '',
): Promise<{ readonly status: number; readonly out: string; readonly err: string }> {
  const [stdout, stderr] = [new Sink(), new Sink()];
  const stdin = Readable.from(input === '' ? [] : [Buffer.from(input)]);
  const status = await run([...argv], { stdin, stdout, stderr });
  return { status, out: stdout.text, err: stderr.text };
}
