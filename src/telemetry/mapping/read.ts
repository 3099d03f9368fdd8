import { readFileSync, statSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { VirgaError } from '../../model/errors.ts';
import type { Format } from '../format.ts';
import { worldError } from '../source.ts';
import { formatOf } from './mapped-format.ts';
import { mappingSchema } from './schema.ts';

/** Largest mapping file that is read, in bytes. */
const MAX_FILE = 1024 * 1024;

/** Reads a format of the user's own from a file in YAML. What is wrong with it is one sentence. */
export function readMapping(file: string): Format {
  const checked = mappingSchema.safeParse(readYaml(file));
  if (checked.success) return formatOf(checked.data);
  const [issue] = checked.error.issues;
  const where = issue?.path.join('.');
  throw new VirgaError(
    'format.mapping',
    `${file}: ${where ? `${where}: ` : ''}${issue?.message ?? z.prettifyError(checked.error)}.`,
  );
}

/** The document of a mapping file; what is wrong with it is one sentence. */
export function readYaml(file: string): unknown {
  const text = textOf(file);
  try {
    return parse(text, { maxAliasCount: 20 });
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : '';
    throw new VirgaError('format.mapping', `${file} is no YAML: ${reason}`, { cause });
  }
}

function textOf(file: string): string {
  try {
    const { size } = statSync(file);
    if (size > MAX_FILE)
      throw new VirgaError('format.mapping', `${file} is larger than a mapping file ever is (1 MiB).`);
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw worldError(file, cause);
  }
}
