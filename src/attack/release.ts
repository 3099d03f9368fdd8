/** Names of releases: what a user types, and which one is the newest. */

/** `v19.1` and `19.1` are one. Null where the text is no name of a release. */
export function releaseName(text: string): string | null {
  const name = text.trim().replace(/^v(?=\d)/i, '');
  return /^[A-Za-z0-9][A-Za-z0-9._+-]{0,39}$/.test(name) ? name : null;
}

/** Sorts release names oldest first: by their numbers, and by their text where these are equal. */
export function byRelease(a: string, b: string): number {
  const [x, y] = [numbers(a), numbers(b)];
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const difference = (x[i] ?? -1) - (y[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

const numbers = (name: string): number[] =>
  name.split(/[^0-9]+/).flatMap((part) => (part === '' ? [] : [Number(part)]));
