import type { Condition, Rule, RuleField, RuleTest } from '../../model/rule.ts';
import { keywordFields, sigmaField } from './sigma-fields.ts';
import { cidrTest, literally, plainTest, RuleFault, regexTest } from './tests.ts';

/** A search of a rule: fields with values, a list of such, or keywords. Throws RuleFault. */
export function parseSearch(search: unknown, about: Rule['about']): Condition {
  if (Array.isArray(search)) {
    const keywords = search.filter((s) => !isMap(s));
    if (keywords.length === search.length) return { any: keywords.map((k) => keyword(k, about)) };
    return { any: search.map((s) => (isMap(s) ? parseMap(s, about) : keyword(s, about))) };
  }
  return isMap(search) ? parseMap(search, about) : keyword(search, about);
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const keyword = (value: unknown, about: Rule['about']): Condition => ({
  any: keywordFields[about].map((field) => textCondition(field, textOf(value), 'contains', false)),
});

function parseMap(map: Readonly<Record<string, unknown>>, about: Rule['about']): Condition {
  return { all: Object.entries(map).map(([key, value]) => parseField(key, value, about)) };
}

function parseField(key: string, value: unknown, about: Rule['about']): Condition {
  const [name = '', ...modifiers] = key.split('|');
  // Every event stored names the side that began as its source.
  if (name.toLowerCase() === 'initiated') return isTrue(value) ? { all: [] } : { any: [] };
  if (name === '' || name.toLowerCase() === 'keywords') return parseKeywords(value, modifiers, about);
  const field = sigmaField(about, name);
  if (field === null) throw new RuleFault(`the field ${name.slice(0, 60)} is in no column`);
  return fieldCondition(field, value, modifiers);
}

const isTrue = (value: unknown): boolean => value === true || value === 'true';

function parseKeywords(value: unknown, modifiers: readonly string[], about: Rule['about']): Condition {
  const each = [value].flat().map((v) => keyword(v, about));
  return modifiers.includes('all') ? { all: each } : { any: each };
}

/** One field with its modifiers: a list means any of it, unless `all` is asked. */
function fieldCondition(field: RuleField, value: unknown, modifiers: readonly string[]): Condition {
  const asked = modifiers.map((m) => m.toLowerCase());
  const unknown = asked.find((m) => !known.has(m));
  if (unknown !== undefined) throw new RuleFault(`the modifier ${unknown.slice(0, 40)} cannot be compared`);
  if (asked.includes('exists')) return isTrue(value) ? { not: absent(field) } : absent(field);
  const encoded = [value].flat().map((v) => (v === null ? [null] : encode(textOf(v), asked)));
  const each = encoded.map((of): Condition => {
    const any = of.map((v) => (v === null ? absent(field) : valueCondition(field, v, asked)));
    return any.length === 1 && any[0] ? any[0] : { any };
  });
  const joined: Condition =
    each.length === 1 && each[0] ? each[0] : asked.includes('all') ? { all: each } : { any: each };
  return asked.includes('neq') ? { not: joined } : joined;
}

const absent = (field: RuleField): Condition => ({ test: { field, op: 'absent', value: '', cased: true } });

const known: ReadonlySet<string> = new Set([
  'contains',
  'startswith',
  'endswith',
  'all',
  're',
  'i',
  'm',
  's',
  'cidr',
  'cased',
  'exists',
  'neq',
  'lt',
  'lte',
  'gt',
  'gte',
  'base64',
  'base64offset',
  'utf16',
  'utf16le',
  'utf16be',
  'wide',
  'windash',
]);
const compared: Readonly<Record<string, RuleTest['op']>> = { lt: 'less', lte: 'at-most', gt: 'more', gte: 'at-least' };

function valueCondition(field: RuleField, value: string, modifiers: readonly string[]): Condition {
  if (modifiers.includes('re'))
    return { test: regexTest(field, value, modifiers.filter((m) => m.length === 1).join('')) };
  if (modifiers.includes('cidr')) return { test: cidrTest(field, value) };
  const number = modifiers.map((m) => compared[m]).find((op) => op !== undefined);
  if (number !== undefined) {
    if (!/^-?\d+(?:\.\d+)?$/.test(value)) throw new RuleFault(`${JSON.stringify(value.slice(0, 40))} is no number`);
    return { test: { field, op: number, value, cased: true } };
  }
  const op =
    modifiers.includes('contains') || modifiers.includes('base64offset')
      ? 'contains'
      : modifiers.includes('startswith')
        ? 'starts'
        : modifiers.includes('endswith')
          ? 'ends'
          : 'equals';
  return textCondition(
    field,
    value,
    op,
    modifiers.includes('cased') || modifiers.includes('base64') || modifiers.includes('base64offset'),
  );
}

/** The value in the forms that its modifiers ask for. */
function encode(value: string, modifiers: readonly string[]): string[] {
  const bytes = modifiers.some((m) => m === 'wide' || m === 'utf16le' || m === 'utf16')
    ? Buffer.from(value, 'utf16le')
    : modifiers.includes('utf16be')
      ? Buffer.from(value, 'utf16le').swap16()
      : Buffer.from(value, 'utf8');
  if (modifiers.includes('base64')) return [bytes.toString('base64')];
  if (modifiers.includes('base64offset')) return [0, 1, 2].map((offset) => offsetBase64(bytes, offset));
  if (modifiers.includes('windash'))
    return [...new Set(['-', '/', '–', '—', '―'].map((dash) => value.replace(/(?<=^|\s)[-/]/g, dash)))];
  return [value];
}

/** Base64 of the bytes when they stand `offset` bytes into a longer text: without the characters that their neighbours change. */
function offsetBase64(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset, 32), bytes]).toString('base64');
  const start = [0, 2, 3][offset] ?? 0;
  const rest = (bytes.length + offset) % 3;
  return text.slice(start, text.length - ([0, 3, 2][rest] ?? 0));
}

/** `*` any run, `?` one character, a backslash before them means them. */
function textCondition(
  field: RuleField,
  value: string,
  op: 'equals' | 'contains' | 'starts' | 'ends',
  cased: boolean,
): Condition {
  const parts = wildcards(value);
  const only = parts.every((p) => p.kind === 'text') ? parts.map((p) => p.text).join('') : null;
  if (only !== null) return { test: plainTest(field, op, only, cased) };
  const open = op === 'contains' ? '' : null;
  const pattern = parts.map((p) => (p.kind === 'text' ? literally(p.text) : p.kind === 'any' ? '.*' : '.')).join('');
  const begins = open ?? (op === 'ends' ? '' : '^');
  const ends = open ?? (op === 'starts' ? '' : '$');
  return (
    simple(field, parts, op, cased) ?? { test: regexTest(field, `${begins}${pattern}${ends}`, cased ? 's' : 'is') }
  );
}

type Part = { readonly kind: 'text' | 'any' | 'one'; readonly text: string };

function wildcards(value: string): Part[] {
  return (value.match(/\\[\\*?]|\*|\?|[^\\*?]+|\\/g) ?? []).map((piece) => {
    if (piece === '*') return { kind: 'any', text: '' };
    if (piece === '?') return { kind: 'one', text: '' };
    return { kind: 'text', text: /^\\[\\*?]$/.test(piece) ? piece.slice(1) : piece };
  });
}

/** `*x*`, `x*`, `*x`: faster than an expression. */
function simple(field: RuleField, parts: readonly Part[], op: string, cased: boolean): Condition | null {
  if (op !== 'equals') return null;
  const first = parts[0]?.kind === 'any';
  const last = parts.at(-1)?.kind === 'any';
  const middle = parts.slice(first ? 1 : 0, last && parts.length > 1 ? -1 : undefined);
  if (middle.length === 0 || middle.some((p) => p.kind !== 'text')) return null;
  const text = middle.map((p) => p.text).join('');
  return { test: plainTest(field, first && last ? 'contains' : first ? 'ends' : 'starts', text, cased) };
}

function textOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value);
  throw new RuleFault('a value is neither text nor number');
}
