/** What a report says of how software speaks: user agents, request paths and headers, as the author wrote them. */

export type TraitMention = {
  readonly kind: 'user-agent' | 'uri' | 'header';
  readonly value: string;
  /** Characters of the passage before it. */
  readonly start: number;
};

const QUOTE = `["'“‘\`]`;
/** `User-Agent: …` to the end of the line or of the quotes; and what only a user agent begins with. */
const AGENTS: readonly RegExp[] = [
  new RegExp(
    `\\buser[- ]agent(?: string| header)?s?(?:\\s+(?:is|of|was))?\\s*[:=]?\\s*${QUOTE}([^"'“”‘’\`\\n]{4,400})`,
    'gi',
  ),
  /\buser-agent:\s*([^"'“”`\n]{4,400})/gi,
  /\b(Mozilla\/\d\.\d \([^)\n]{2,160}\)(?:[ ;]?(?:\([^)\n]{1,80}\)|[A-Za-z][\w.-]{1,30}\/[\w.]{1,30}))*)/g,
  new RegExp(
    `${QUOTE}((?:curl|python-requests|Go-http-client|Microsoft-CryptoAPI|WinHTTP|Wget|okhttp|axios|node-fetch)\\/[\\w.]{1,20})${QUOTE}`,
    'g',
  ),
];
/** A path that stands alone, after a method or in quotes: not the tail of a URL, not a file of a disk. */
const PATHS: readonly RegExp[] = [
  /\b(?:GET|POST|PUT|HEAD|DELETE)\s+["'“‘`]?(\/[\w.~!$&*+=:@%/-]{2,200}(?:\?[\w.~!$&*+=:@%/-]{1,200})?)/g,
  new RegExp(
    `${QUOTE}(\\/[\\w.~!$&*+=:@%-]{2,80}(?:\\/[\\w.~!$&*+=:@%-]{1,80}){0,8}(?:\\?[\\w.~!$&*+=:@%/-]{1,200})?)${QUOTE}`,
    'g',
  ),
  /\b(?:URIs?|URL paths?|paths?|endpoints?)\s*[:=]?\s*(\/[\w.~!$&*+=:@%/-]{2,200}(?:\?[\w.~!$&*+=:@%/-]{1,200})?)/gi,
];
/** Directories of Unix: a path below is a file, not a request. */
const ON_DISK =
  /^\/(?:etc|usr|var|tmp|home|opt|bin|sbin|dev|proc|sys|root|mnt|lib|users|library|applications|private|volumes)(?:\/|$)/i;
/** Headers that are the software's own, or that it sets in its way. */
const HEADERS =
  /(?:^|["'“`\s])((?:X-[A-Za-z0-9-]{2,40}|Cookie|Referer|Authorization|Accept(?:-[A-Z][a-z]+)?|Content-Type): [^"'“”`\n]{1,200})/g;

/** A sentence about these speaks of requests; without one of them a path in quotes may be anything. */
const OF_REQUESTS =
  /\b(?:GET|POST|request|beacon|URI|URL|endpoint|C2|C&C|command[- ]and[- ]control|HTTPS?|callback|check[- ]?in|header|user[- ]agent)\b/i;

/** Each value once, in the order of the passage. */
export function traitsIn(text: string): TraitMention[] {
  const found = new Map<string, TraitMention>();
  const take = (kind: TraitMention['kind'], value: string, start: number): void => {
    const key = `${kind} ${value}`;
    if (value !== '' && !found.has(key)) found.set(key, { kind, value, start });
  };
  for (const pattern of AGENTS)
    for (const m of text.matchAll(pattern)) take('user-agent', agentOf(m[1] ?? ''), m.index);
  if (OF_REQUESTS.test(text))
    for (const pattern of PATHS)
      for (const m of text.matchAll(pattern)) if (!ON_DISK.test(m[1] ?? '')) take('uri', pathOf(m[1] ?? ''), m.index);
  for (const m of text.matchAll(HEADERS)) take('header', (m[1] ?? '').trim(), m.index);
  return [...found.values()].sort((a, b) => a.start - b.start);
}

/** Prose behind the value is no part of it; what begins as Mozilla does ends with its last product. */
function agentOf(written: string): string {
  const text = written.trim().replace(/[.,;]+$/, '');
  if (!/^Mozilla\//.test(text))
    return /^[\w.-]{1,40}(?:\/[\w.]+)?(?: [^\s].{0,200})?$/.test(text) && /[/\d(]/.test(text) ? text : '';
  return (
    /^Mozilla\/\d\.\d \([^)]{2,160}\)(?:[ ;]?(?:\([^)]{1,80}\)|[A-Za-z][\w.-]{1,30}\/[\w.]{1,30}))*/.exec(text)?.[0] ??
    text
  );
}

const pathOf = (written: string): string => written.replace(/[.,;:)]+$/, '');
