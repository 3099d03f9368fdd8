import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { VirgaError } from '../model/errors.ts';

/** Values as NDJSON, in order; waits where the reader is slower. */
export async function printLines(stdout: NodeJS.WritableStream, values: AsyncIterable<unknown>): Promise<number> {
  let lines = 0;
  let waiting: string[] = [];
  const flush = async (): Promise<void> => {
    if (waiting.length === 0) return;
    const text = `${waiting.join('\n')}\n`;
    waiting = [];
    if (!stdout.write(text)) await once(stdout, 'drain');
  };
  for await (const value of values) {
    waiting.push(JSON.stringify(value));
    lines++;
    if (waiting.length >= 500) await flush();
  }
  await flush();
  return lines;
}

/** The text as a file. */
export function writeReport(out: string, text: string): void {
  try {
    writeFileSync(out, text);
  } catch (cause) {
    throw new VirgaError('output.failed', `The report could not be written to ${out}.`, { cause });
  }
}
