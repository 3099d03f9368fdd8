/**
 * STIX LIKE: `%` is any run of characters, `_` is one (OASIS STIX 2.1, 9.6); the whole text, character by character, not
 * by UTF-16 unit. Greedy from left to right with one place to go back to: at most text × pattern steps, whatever is
 * written. Upper case, Unicode form and length are the caller's.
 */
export function likeMatcher(wildcards: string): (text: string) => boolean {
  const pattern = [...wildcards];
  return (text) => fits([...text], pattern);
}

function fits(text: readonly string[], pattern: readonly string[]): boolean {
  let p = 0;
  let star = -1;
  let resume = 0;
  for (let t = 0; t < text.length; ) {
    if (pattern[p] === '%') {
      star = p++;
      resume = t;
    } else if (p < pattern.length && (pattern[p] === '_' || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else return false;
  }
  while (pattern[p] === '%') p++;
  return p === pattern.length;
}
