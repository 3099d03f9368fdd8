/**
 * STIX LIKE: `%` is any run of characters, `_` is one (OASIS STIX 2.1, 9.6). Greedy from left to right with one place to
 * go back to: no more than length × pattern steps, whatever is written.
 */
export function likeMatcher(pattern: string): (text: string) => boolean {
  return (text) => {
    let t = 0;
    let p = 0;
    let star = -1;
    let resume = 0;
    while (t < text.length) {
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
  };
}
