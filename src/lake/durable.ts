import { closeSync, fsyncSync, openSync } from 'node:fs';

/** A file, or a directory with the names in it, is on the disk when this returns: a loss of power does not undo it. */
export function makeDurable(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
