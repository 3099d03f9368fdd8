/** The beginning of a file, looked at once: what detection and layouts know of it. */
export type Head = {
  /** At most the first 64 KiB, decoded. */
  readonly text: string;
  /** The complete, non-blank lines of it, at most 200. */
  readonly lines: readonly string[];
  /** Objects of those lines that are JSON objects; empty when the first record is none. */
  readonly objects: readonly Readonly<Record<string, unknown>>[];
  /** Every top-level key of `objects`. */
  readonly keys: ReadonlySet<string>;
  /** The directives of a Zeek header (`#fields`, `#path`…) and how many lines it has; null when there is none. */
  readonly zeek: ZeekHeader | null;
  /** The fields of a W3C extended log, where `#Fields:` stands before the first record. */
  readonly w3c?: W3cHeader | null;
  /** When the file last changed, RFC 3339: what dates lines that show no year or no time. Left out where there is no file. */
  readonly modified?: string;
};

export type ZeekHeader = {
  readonly lines: number;
  readonly separator: string;
  readonly setSeparator: string;
  readonly unset: string;
  readonly empty: string;
  readonly path: string | null;
  readonly fields: readonly string[];
  readonly types: readonly string[];
  /** The lines `#fields` and `#path` as they stand in the file; empty where there is none. */
  readonly own: { readonly fields: string; readonly path: string };
};

/** The header of a W3C extended log (https://www.w3.org/TR/WD-logfile): names in order, and how they are divided. */
export type W3cHeader = { readonly fields: readonly string[]; readonly own: string; readonly tabs: boolean };

const MAX_LINES = 200;

/** Reads the head of a text: `complete` is true when `text` is the whole file. */
export function readHead(text: string, complete = false): Head {
  const all = text.replace(/^\uFEFF/, '').split('\n');
  if (!complete && all.length > 1) all.pop(); // the last line is cut
  const physical = all.map((line) => line.replace(/\r$/, ''));
  const lines = physical.filter((line) => line.trim() !== '').slice(0, MAX_LINES);
  const objects = readObjects(lines);
  return {
    text,
    lines,
    objects,
    keys: new Set(objects.flatMap(Object.keys)),
    zeek: readZeekHeader(physical),
    w3c: readW3cHeader(physical),
  };
}

function readObjects(lines: readonly string[]): Record<string, unknown>[] {
  if (!lines[0]?.trimStart().startsWith('{')) return [];
  return lines.map(parseObject).filter((o) => o !== null);
}

function parseObject(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value))
      : null;
  } catch {
    return null;
  }
}

/**
 * The header of a Zeek TSV log (https://docs.zeek.org/en/master/log-formats.html): the directives before the first
 * record, blank lines among them; null without a `#fields` line.
 */
export function readZeekHeader(lines: readonly string[]): ZeekHeader | null {
  let separator = '\t';
  const directives = new Map<string, string[]>();
  let count = 0;
  for (const [i, line] of lines.entries()) {
    if (line === '') continue;
    if (!line.startsWith('#')) break;
    count = i + 1;
    const sep = /^#separator (.+)$/.exec(line);
    if (sep?.[1]) separator = unescapeBytes(sep[1].trim()) || '\t';
    else {
      const [name = '', ...rest] = line.split(separator);
      directives.set(name, rest);
    }
  }
  const fields = directives.get('#fields');
  if (!fields || separator.length !== 1 || /[\0\x01\r\n]/.test(separator)) return null;
  const one = (name: string, otherwise: string) => unescapeBytes(directives.get(name)?.[0] ?? '') || otherwise;
  return {
    lines: count,
    separator,
    setSeparator: one('#set_separator', ','),
    unset: one('#unset_field', '-'),
    empty: one('#empty_field', '(empty)'),
    path: directives.get('#path')?.[0] ?? null,
    fields,
    types: directives.get('#types') ?? [],
    own: {
      fields: lines.slice(0, count).findLast((line) => line.startsWith('#fields')) ?? '',
      path: lines.slice(0, count).findLast((line) => line.startsWith('#path')) ?? '',
    },
  };
}

/** The last `#Fields:` among the directives before the first record; null where there is none. */
function readW3cHeader(lines: readonly string[]): W3cHeader | null {
  let own: string | null = null;
  let first = '';
  for (const line of lines) {
    if (line.startsWith('#Fields:')) own = line;
    else if (line !== '' && !line.startsWith('#')) {
      first = line;
      break;
    }
  }
  if (own === null) return null;
  const named = own.slice('#Fields:'.length).trim();
  return { fields: named.split(/\s+/), own, tabs: named.includes('\t') || first.includes('\t') };
}

/** `\x09` as Zeek escapes what does not print; `\t` as some tools write it. */
const unescapeBytes = (text: string): string =>
  text
    .replace(/^\\t$/, '\t')
    .replace(/\\x([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
