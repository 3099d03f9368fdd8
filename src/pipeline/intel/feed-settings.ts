/** How a feed is set up, and how its place is asked. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { VirgaError } from '../../model/errors.ts';

/** What stands at the place: one file or folder, a MISP feed with a manifest, a TAXII 2.1 collection. */
export const ways = ['file', 'misp', 'taxii'] as const;
export type Way = (typeof ways)[number];

export const feedSchema = z.object({
  /** http(s) URL, file or directory. */
  from: z.string(),
  /** Hours between two pulls. */
  every: z.number(),
  /** Environment variable that holds the secret; the secret itself is never stored. */
  authorization: z.string().nullable(),
  /** File that holds it instead. */
  secretFile: z.string().nullable().default(null),
  /** User of HTTP Basic: the secret is the password then. */
  user: z.string().nullable().default(null),
  /** Header that the secret is sent in. */
  header: z.string().default('authorization'),
  /** Private ranges that may be asked. */
  inside: z.array(z.string()),
  /** Null: told by the place. */
  way: z.enum(ways).nullable().default(null),
  /** Id, alias or title of a TAXII collection. */
  collection: z.string().nullable().default(null),
  /** Mapping file by which its JSON is read. */
  mapping: z.string().nullable().default(null),
});
export type FeedSettings = z.infer<typeof feedSchema>;

export const isUrl = (from: string): boolean => /^https?:\/\//i.test(from);

/** A manifest makes a MISP feed, a collection TAXII; all else is a file. */
export function wayOf({ from, way, collection }: FeedSettings): Way {
  if (way !== null) return way;
  if (collection !== null || /\/collections\/[^/]+\/?(?:objects\/?)?$/.test(from)) return 'taxii';
  if (isUrl(from)) return /\/manifest\.json(?:[?#]|$)/i.test(from) ? 'misp' : 'file';
  return path.basename(from) === 'manifest.json' || existsSync(path.join(from, 'manifest.json')) ? 'misp' : 'file';
}

/** The headers that let us in. Throws where the secret is not there; no message holds it. */
export function secretHeaders(feed: FeedSettings): Record<string, string> {
  const secret = secretOf(feed);
  if (secret === null) return {};
  const { user, header } = feed;
  return {
    [header.toLowerCase()]: user === null ? secret : `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`,
  };
}

function secretOf({ authorization, secretFile }: FeedSettings): string | null {
  if (secretFile !== null) return fromFile(secretFile);
  if (authorization === null) return null;
  const secret = process.env[authorization];
  if (secret) return secret;
  throw new VirgaError('usage.wrong', `The environment variable ${authorization} is not set.`);
}

function fromFile(file: string): string {
  try {
    const secret = readFileSync(file, 'utf8').trim();
    if (secret !== '' && secret.length < 8192 && !/[\r\n]/.test(secret)) return secret;
  } catch (cause) {
    throw new VirgaError('path.missing', `The secret of the feed cannot be read from ${file}.`, { cause });
  }
  throw new VirgaError('usage.wrong', `${file} does not hold one secret on one line.`);
}
