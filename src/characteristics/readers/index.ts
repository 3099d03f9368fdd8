import { malleable } from '../malleable/index.ts';
import type { TraitReader } from '../reader.ts';

/** Every kind of file that characteristics are read from; the first that says yes reads a file. */
export const traitReaders: readonly TraitReader[] = [malleable];
