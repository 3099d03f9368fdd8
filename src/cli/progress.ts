import { createRequire } from 'node:module';
import path from 'node:path';
import type { HuntStep } from '../pipeline/hunt.ts';

export type Progress = { readonly step: (step: HuntStep) => void; readonly stop: () => void };

/** A bar on standard error, on a terminal only; otherwise nothing. */
export function progressOn(stderr: NodeJS.WritableStream): Progress {
  if (stderr !== process.stderr || !process.stderr.isTTY) return { step: () => {}, stop: () => {} };
  const { SingleBar, Presets } = createRequire(import.meta.url)('cli-progress') as typeof import('cli-progress');
  const bar = new SingleBar(
    { format: '{bar} {value}/{total} files  {says}', clearOnComplete: true, stream: process.stderr, hideCursor: true },
    Presets.shades_classic,
  );
  let total = 0;
  return {
    step: (step) => {
      if (step.kind === 'files') {
        total = step.total;
        bar.start(total, 0, { says: 'reading' });
      } else if (step.kind === 'file')
        bar.increment(1, { says: path.basename(step.file).replace(/[^\x20-\x7e]/g, '?') });
      else bar.update(total, { says: step.says });
    },
    stop: () => bar.stop(),
  };
}
