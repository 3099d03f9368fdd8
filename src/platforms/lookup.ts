/** Which pattern of the catalogue a host name matches: indexed by the last two labels, first match in list order. */
import { platforms } from './catalogue/index.ts';
import type { HostPattern, Part, Platform } from './platform.ts';

export type Parts = Readonly<Partial<Record<Part, string>>>;

/** `name` is the part of the host that matched: the host itself, or what was left after labels were stripped. */
export type Match = {
  readonly platform: Platform;
  readonly pattern: HostPattern;
  readonly parts: Parts;
  readonly name: string;
};

type Candidate = { readonly platform: Platform; readonly pattern: HostPattern };

const index = buildIndex(platforms);

function buildIndex(list: readonly Platform[]): ReadonlyMap<string, readonly Candidate[]> {
  const found = new Map<string, Candidate[]>();
  for (const platform of list) {
    for (const key of new Set(platform.suffixes.map(lastTwoLabels))) {
      const bucket = found.get(key) ?? [];
      bucket.push(...platform.patterns.map((pattern) => ({ platform, pattern })));
      found.set(key, bucket);
    }
  }
  return found;
}

function lastTwoLabels(name: string): string {
  const last = name.lastIndexOf('.');
  return last < 0 ? name : name.slice(name.lastIndexOf('.', last - 1) + 1);
}

/** The first pattern that matches the whole of a normalised name; null where none does. */
export function matchExactly(name: string): Match | null {
  return firstMatch(index.get(lastTwoLabels(name)), name, false);
}

/**
 * As `matchExactly`; where nothing matches, labels are stripped from the left until something does. So
 * `_acme-challenge.shop.vercel.app` stays with its tenant, and a name that ends at a shared suffix has a platform only.
 */
export function matchStripped(host: string): Match | null {
  const candidates = index.get(lastTwoLabels(host));
  if (candidates === undefined) return null;
  let found = firstMatch(candidates, host, false);
  for (let dot = host.indexOf('.'); found === null && dot >= 0; dot = host.indexOf('.', dot + 1)) {
    found = firstMatch(candidates, host.slice(dot + 1), true);
  }
  return found;
}

function firstMatch(candidates: readonly Candidate[] | undefined, name: string, stripped: boolean): Match | null {
  for (const { platform, pattern } of candidates ?? []) {
    const hit = pattern.regex.exec(name);
    if (hit !== null && !(stripped && pattern.exact)) return { platform, pattern, parts: hit.groups ?? {}, name };
  }
  return null;
}
