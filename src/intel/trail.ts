/** One trail of Maltrail: a name, address, URL without scheme, or something that names no host. */
import type { IntelSource } from '../model/indicator.ts';
import { indicator } from './builder.ts';
import { type FeedRecord, refusal } from './feed.ts';
import { observe } from './observe.ts';

/** A comment behind a trail is no part of it. */
const bare = (line: string): string => line.replace(/\s+#.*$/, '');

/** Whether a line is a trail that names a host. */
export const isTrail = (line: string): boolean => !NO_HOST.test(bare(line)) && observe(bare(line)).ok;

/** A path alone, or a text with a space, is looked for in requests by Maltrail. */
const NO_HOST = /^\/|\s/;

/** What a trail says. */
export type About = { readonly description: string; readonly labels: readonly string[] };

/** The record of a trail: `other` where it names no host. */
export function readTrail(written: string, line: number, source: IntelSource, about: About): FeedRecord {
  const trail = bare(written);
  if (NO_HOST.test(trail)) return { other: trail.startsWith('/') ? 'path' : 'text', line };
  const seen = observe(trail);
  if (!seen.ok) return refusal(seen.reason, line, seen.detail, trail);
  return { indicator: indicator(seen.kind, seen.value, line, source, about) };
}
