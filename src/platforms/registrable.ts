import { getDomain } from 'tldts';

const rules = { allowPrivateDomains: true, extractHostname: false, validateHostname: false } as const;

/** Public suffix plus one label of a normalised name, private suffixes counted; null where the name is itself a suffix. */
export function registrableOf(name: string): string | null {
  return getDomain(name, rules);
}
