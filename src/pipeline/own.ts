import { readFileSync } from 'node:fs';
import type { OwnTenant } from '../findings/own.ts';
import { VirgaError } from '../model/errors.ts';
import { classifyHost } from '../platforms/matcher.ts';

/** A file of declarations is small; what is larger is something else. */
const MAX_BYTES = 1024 * 1024;
const SHAPED = /^([a-z0-9-]{1,40}:[a-z0-9._-]{1,253}|[a-z0-9_-]+(?:\.[a-z0-9_-]+)+)(?:@(\d{4}-\d{2}-\d{2}))?$/;

/** `NAME` or `NAME@2027-01-31` (through that day, UTC): a host name, or platform:account. Throws VirgaError. */
export function readOwn(text: string, where = '--own'): OwnTenant {
  const [, name, day] = SHAPED.exec(text.trim().toLowerCase()) ?? [];
  const until = day === undefined ? null : Date.parse(`${day}T00:00:00Z`) + 86_400_000;
  if (name === undefined || Number.isNaN(until))
    throw new VirgaError(
      'usage.wrong',
      `${where} takes a host name or platform:account, with @YYYY-MM-DD where it ends, not ${JSON.stringify(text.slice(0, 120))}.`,
    );
  if (!name.includes(':') && classifyHost(name).granularity === 'shared-apex')
    throw new VirgaError('usage.wrong', `${where}: ${name} is shared by all customers of the platform: name yours.`);
  return { name, until };
}

/** Declarations from options and from files: one a line, `#` begins a comment. */
export function readOwnTenants(names: readonly string[], files: readonly string[]): OwnTenant[] {
  return [...names.map((name) => readOwn(name)), ...files.flatMap(readFile)];
}

function readFile(file: string): OwnTenant[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new VirgaError('path.missing', `${file} cannot be read.`, { cause });
  }
  if (text.length > MAX_BYTES)
    throw new VirgaError('usage.wrong', `${file} is larger than a list of own tenants may be (1 MB).`);
  return text.split(/\r?\n/).flatMap((line, n) => {
    const entry = line.replace(/#.*$/, '').trim();
    return entry === '' ? [] : [readOwn(entry, `${file}:${n + 1}`)];
  });
}
