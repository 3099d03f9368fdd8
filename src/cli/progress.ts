import { createRequire } from 'node:module';
import path from 'node:path';
import type { HuntStep } from '../pipeline/hunt.ts';

export type Progress = { readonly step: (step: HuntStep) => void; readonly stop: () => void };

const barOf = (stderr: NodeJS.WritableStream, unit: string) => {
  if (stderr !== process.stderr || !process.stderr.isTTY) return null;
  const { SingleBar, Presets } = createRequire(import.meta.url)('cli-progress') as typeof import('cli-progress');
  const format = `{bar} {value}/{total} ${unit}  {says}`;
  return new SingleBar(
    { format, clearOnComplete: true, stream: process.stderr, hideCursor: true },
    Presets.shades_classic,
  );
};

/** Steps that are counted: a bar on standard error, on a terminal only; otherwise nothing. */
export function stepsOn(stderr: NodeJS.WritableStream, unit: string) {
  const bar = barOf(stderr, unit);
  return {
    total: (count: number): void => bar?.start(count, 0, { says: '' }),
    /** One more where it is done; otherwise only words. */
    step: (done: boolean, says: string): void => bar?.increment(done ? 1 : 0, { says: plain(says) }),
    stop: (): void => bar?.stop(),
  };
}

const plain = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?');

/** A bar on standard error, on a terminal only; otherwise nothing. */
export function progressOn(stderr: NodeJS.WritableStream): Progress {
  const bar = barOf(stderr, 'files');
  if (bar === null) return { step: () => {}, stop: () => {} };
  let total = 0;
  return {
    step: (step) => {
      if (step.kind === 'files') {
        total = step.total;
        bar.start(total, 0, { says: 'reading' });
      } else if (step.kind === 'file') bar.increment(1, { says: plain(path.basename(step.file)) });
      else bar.update(total, { says: step.says });
    },
    stop: () => bar.stop(),
  };
}
