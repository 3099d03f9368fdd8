/** Files of Zeek's Intelligence Framework: tab-separated, columns named by `#fields`. */
import type { IntelSource } from '../../model/indicator.ts';
import { type Facts, indicator, sourceBook } from '../builder.ts';
import { type Feed, type FeedRecord, refusal } from '../feed.ts';
import { eachLine } from '../lines.ts';
import { type Hint, observe } from '../observe.ts';
import { isJson } from '../shape.ts';
import { readConfidence, readLabels, readTime } from '../words.ts';

/**
 * `Intel::Type` → hint; https://docs.zeek.org/en/master/scripts/base/frameworks/intel/main.zeek.html (checked
 * 2026-11-24). JA3 and JA4 come from packages. Types that no log of ours shows are `other`.
 */
const types: ReadonlyMap<string, Hint> = new Map<string, Hint>([
  ['Intel::DOMAIN', 'domain'],
  ['Intel::ADDR', 'address'],
  ['Intel::SUBNET', 'address'],
  ['Intel::URL', 'url'],
  ['Intel::FILE_HASH', 'hash'],
  ['Intel::CERT_HASH', 'certificate'],
  ['Intel::EMAIL', 'email'],
  ['Intel::JA3', 'ja3'],
  ['Intel::JA4', 'ja4'],
]);

const INDICATOR = /^#fields\t(?:[^\n]*\t)?indicator(?:\t|\r?$)/m;
const TYPE = /^#fields\t(?:[^\n]*\t)?indicator_type(?:\t|\r?$)/m;

/** Zeek's URLs have no scheme (`host/path`); both forms are read. */
export const zeekIntel = {
  id: 'zeek-intel',
  name: 'Zeek Intelligence Framework file',
  blindTo: ['how long an indicator is valid'],
  detect: (head) => !isJson(head) && INDICATOR.test(head) && TYPE.test(head),
  read: (input) => {
    const source = sourceBook(input.source);
    let columns: ReadonlyMap<string, number> | null = null;
    return eachLine(input, (raw, number) => {
      const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
      if (line.startsWith('#fields')) columns = columnsOf(line);
      if (line.startsWith('#') || line.trim() === '') return null;
      if (columns === null) return refusal('missing-column', number, 'a record before #fields', line);
      return readRow(line.split('\t'), columns, number, source);
    });
  },
} satisfies Feed;

const columnsOf = (line: string): ReadonlyMap<string, number> =>
  new Map(
    line
      .split('\t')
      .slice(1)
      .map((name, i) => [name.trim(), i]),
  );

type Source = (name: string | null) => IntelSource;

function readRow(
  cells: readonly string[],
  columns: ReadonlyMap<string, number>,
  line: number,
  source: Source,
): FeedRecord {
  const cell = (name: string): string | null => unescaped(cells[columns.get(name) ?? -1]);
  const value = cell('indicator');
  const type = cell('indicator_type');
  if (value === null) return refusal('missing-value', line, 'no indicator', cells.join(' '));
  if (type === null)
    return refusal('missing-column', line, 'no indicator_type; columns are split by tabs', cells.join(' '));
  const hint = types.get(type);
  if (hint === undefined) return { other: type, line };
  const seen = observe(value, hint);
  if (!seen.ok) return refusal(seen.reason, line, seen.detail, value);
  const facts = factsOf(cell);
  const bad = facts.confidence === null && cell('meta.confidence') !== null;
  const made = indicator(seen.kind, seen.value, line, source(cell('meta.source')), facts);
  return bad ? { indicator: made, note: 'bad-confidence' } : { indicator: made };
}

function factsOf(cell: (name: string) => string | null): Facts {
  const time = (name: string): number | null => readTime(cell(name) ?? '') ?? null;
  const severity = cell('meta.severity');
  return {
    confidence: readConfidence(cell('meta.confidence') ?? '') ?? null,
    validFrom: time('meta.firstseen') ?? time('meta.first_seen'),
    recorded: time('meta.created') ?? time('meta.dateadded'),
    description: cell('meta.desc') ?? cell('meta.url'),
    labels: severity === null ? [] : readLabels([`severity:${severity}`]),
  };
}

/** A cell as its author meant it; null where it is absent, unset (`-`) or empty. */
function unescaped(cell: string | undefined): string | null {
  if (cell === undefined || cell === '' || cell === '-' || cell === '(empty)') return null;
  if (!cell.includes('\\x')) return cell.trim() || null;
  return cell.replace(/\\x([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
