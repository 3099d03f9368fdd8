/** The key that joins everything of one customer on one platform. */
import type { Parts } from './lookup.ts';
import type { KeyTemplate, Platform } from './platform.ts';

/** `platform:key` from a template; null where a part that it needs is not in the name. */
export function accountKey(platform: Platform, template: KeyTemplate, parts: Parts, host: string): string | null {
  const values: Readonly<Record<string, string | undefined>> = { ...parts, suffix: suffixOf(platform, host) };
  let whole = true;
  const key = template.replace(/\{(\w+)\}/g, (_, part: string) => {
    const value = values[part];
    if (value === undefined) whole = false;
    return value ?? '';
  });
  return whole ? `${platform.id}:${key}` : null;
}

/** The longest suffix of the platform that the host ends in. */
function suffixOf(platform: Platform, host: string): string | undefined {
  return platform.suffixes
    .filter((suffix) => host === suffix || host.endsWith(`.${suffix}`))
    .toSorted((a, b) => b.length - a.length)[0];
}
