import { createReadStream } from 'node:fs';
import path from 'node:path';
import { TraitFault, type TraitFile } from '../characteristics/reader.ts';
import { traitReaders } from '../characteristics/readers/index.ts';
import { FileFault, openText } from '../intel/open.ts';
import { codeOf, type Found, walk } from '../intel/walk.ts';
import type { Characteristic } from '../model/characteristic.ts';
import type { Rule } from '../model/rule.ts';

/** What one file told, or why nothing. */
export type TraitReport = {
  readonly file: string;
  readonly kind: string | null;
  readonly parsed: boolean;
  readonly error: string | null;
} & Partial<Omit<TraitFile, 'refused'>> & { readonly refused?: TraitFile['refused'] };

/** A profile has some kilobytes, a month of configurations some tens of megabytes. */
const MAX_BYTES = 128 * 1024 * 1024;

/** Reads every file under the paths; what cannot be read is told, never dropped. Throws VirgaError for a path that is missing. */
export async function* readCharacteristics(
  paths: readonly string[],
  stdin: NodeJS.ReadableStream,
): AsyncGenerator<TraitReport> {
  for (const found of walk(paths)) yield await readOne(found, stdin);
}

const failed = (file: string, kind: string | null, error: string): TraitReport => ({
  file,
  kind,
  parsed: false,
  error,
});

async function readOne(found: Found, stdin: NodeJS.ReadableStream): Promise<TraitReport> {
  const { file } = found;
  if (found.skip !== null) return failed(file, null, found.detail);
  const text = await textOf(file, stdin);
  if (typeof text !== 'string') return failed(file, null, text.why);
  const reader = text.includes('\u0000') ? undefined : traitReaders.find((r) => r.detect(text));
  if (!reader)
    return failed(
      file,
      null,
      `the file is none of the kinds that are read: ${traitReaders.map((r) => r.name).join(', ')}`,
    );
  try {
    const read = reader.read(text, {
      name: file === '-' ? 'stdin' : path.basename(file),
      file,
      url: null,
      licence: null,
      date: null,
    });
    return { file, kind: reader.id, parsed: true, error: null, ...read };
  } catch (error) {
    if (error instanceof TraitFault) return failed(file, reader.id, error.message);
    throw error;
  }
}

async function* bytesOf(stdin: NodeJS.ReadableStream): AsyncGenerator<Uint8Array> {
  for await (const piece of stdin) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}

async function textOf(file: string, stdin: NodeJS.ReadableStream): Promise<string | { readonly why: string }> {
  const bytes = file === '-' ? bytesOf(stdin) : createReadStream(file, { highWaterMark: 262_144 });
  const pieces: string[] = [];
  try {
    for await (const piece of openText(bytes, MAX_BYTES)) pieces.push(piece);
    return pieces.join('');
  } catch (error) {
    if (error instanceof FileFault) return { why: error.message };
    if (codeOf(error) !== '') return { why: `the file cannot be read (${codeOf(error)})` };
    throw error;
  }
}

/** The characteristics of every file under the paths, and the files that told none. */
export async function collectCharacteristics(
  paths: readonly string[],
  stdin: NodeJS.ReadableStream,
): Promise<{ readonly characteristics: Characteristic[]; readonly rules: Rule[]; readonly files: TraitReport[] }> {
  const characteristics = new Map<string, Characteristic>();
  const rules = new Map<string, Rule>();
  const files: TraitReport[] = [];
  for await (const report of readCharacteristics(paths, stdin)) {
    files.push(report);
    for (const c of report.characteristics ?? []) characteristics.set(c.id, c);
    for (const rule of report.rules ?? []) rules.set(`${rule.kind} ${rule.id} ${rule.title}`, rule);
  }
  return { characteristics: [...characteristics.values()], rules: [...rules.values()], files };
}
