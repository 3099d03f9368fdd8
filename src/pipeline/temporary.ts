import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A directory of our own under TMPDIR, gone after `remove` and, where that is not reached, when the process exits. */
export function temporaryDirectory(): { readonly path: string; readonly remove: () => void } {
  const directory = mkdtempSync(path.join(tmpdir(), 'virga-'));
  const wipe = (): void => rmSync(directory, { recursive: true, force: true });
  process.once('exit', wipe);
  return {
    path: directory,
    remove: () => {
      process.off('exit', wipe);
      wipe();
    },
  };
}
