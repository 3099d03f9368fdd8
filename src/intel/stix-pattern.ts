/**
 * What a STIX pattern says where it is one comparison, which nearly all in the world are. Not a grammar: what is more
 * than one comparison is only told apart from what is broken.
 */
import type { Hint } from './observe.ts';

export type PatternReading =
  /** One property compared with one text by `=`, `LIKE` or an `IN` of one; `like` where wildcards are in it. */
  | { readonly shape: 'single'; readonly path: string; readonly like: boolean; readonly value: string }
  | { readonly shape: 'complex' }
  | { readonly shape: 'broken'; readonly why: string };

/** Longer patterns are lists of thousands of comparisons; they are kept as they are and not looked into. */
const MAX_PATTERN = 65_536;

const PATH = /\s*([a-z0-9-]+:(?:[A-Za-z0-9_*.[\]-]|'(?:[^'\\]|\\.)*')+)/y;
const OPERATOR = /\s*(==?|LIKE|IN)(?=[\s'(\d])/y;
const TEXT = /\s*'((?:[^'\\]|\\.)*)'/y;
const NUMBER = /\s*(-?\d{1,20}(?:\.\d{1,20})?|true|false)/y;
const AND = /\s*AND(?=\s)/y;

/** A cursor over the pattern: each step either moves on and gives its group, or gives null and stays. */
type Cursor = { readonly text: string; at: number };

function step(cursor: Cursor, pattern: RegExp): string | null {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text);
  if (found === null) return null;
  cursor.at = pattern.lastIndex;
  return found[1] ?? found[0];
}

const LITERAL_OPEN = /\s*\(/y;
const LITERAL_CLOSE = /\s*\)/y;

/** Reads a pattern of STIX 2.0 or 2.1. Never throws. */
export function readPattern(pattern: string): PatternReading {
  const text = pattern.trim();
  if (text.length > MAX_PATTERN) return { shape: 'complex' };
  const fault = shapeFault(text);
  if (fault !== null) return { shape: 'broken', why: fault };
  if (!text.startsWith('[')) return { shape: 'complex' };
  const cursor = { text, at: 1 };
  const first = comparison(cursor);
  if (first === null) return { shape: 'complex' };
  if (isEnd(cursor)) return single(first);
  return guarded(cursor, first) ?? { shape: 'complex' };
}

/** `[…_ref.type = 'ipv4-addr' AND …_ref.value = 'x']`: the first comparison only says of what kind the second is. */
function guarded(cursor: Cursor, first: Comparison): PatternReading | null {
  if (!first.path.endsWith('_ref.type') || step(cursor, AND) === null) return null;
  const second = comparison(cursor);
  if (second === null || !isEnd(cursor)) return null;
  return second.path === first.path.replace(/\.type$/, '.value') ? single(second) : null;
}

type Comparison = { readonly path: string; readonly like: boolean; readonly value: string };

function single({ path, like, value }: Comparison): PatternReading {
  return { shape: 'single', path, like: like && /[%_]/.test(value), value };
}

function comparison(cursor: Cursor): Comparison | null {
  const path = step(cursor, PATH);
  const operator = path === null ? null : step(cursor, OPERATOR);
  if (path === null || operator === null) return null;
  if (operator === 'IN' && step(cursor, LITERAL_OPEN) === null) return null;
  const text = step(cursor, TEXT);
  const value = text === null ? step(cursor, NUMBER) : text.replace(/\\(.)/gs, '$1');
  if (value === null || (operator === 'IN' && step(cursor, LITERAL_CLOSE) === null)) return null;
  return { path, like: operator === 'LIKE', value };
}

const isEnd = (cursor: Cursor): boolean => /^\s*\]\s*$/.test(cursor.text.slice(cursor.at));

/** Whether brackets and quotes close, and the pattern begins as one. */
function shapeFault(text: string): string | null {
  if (text === '') return 'the pattern is empty';
  if (!/^[([]/.test(text)) return 'the pattern does not begin with a bracket';
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === "'") {
      i = closingQuote(text, i + 1);
      if (i < 0) return 'a quote is not closed';
    } else if (char === '[' || char === '(') depth++;
    else if ((char === ']' || char === ')') && --depth < 0) return 'a bracket closes that was not open';
  }
  return depth === 0 ? null : 'a bracket is not closed';
}

function closingQuote(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === "'") return i;
  }
  return -1;
}

/** Properties that name an observable that we match, and as what it reads. */
const properties: readonly (readonly [RegExp, Hint])[] = [
  [/^domain-name:value$/, 'domain'],
  [/^url:value$/, 'url'],
  [/^ipv[46]-addr:value$/, 'address'],
  [/^network-traffic:(?:src|dst)_ref\.value$/, 'address'],
  [/^network-traffic:extensions\.'http-request-ext'\.request_header\.'?Host'?$/i, 'domain'],
  [/^network-traffic:.*ja3(?:_?hash|_?fingerprint|_md5)?'?$/i, 'ja3'],
  [/^network-traffic:.*ja4(?:_?hash|_?fingerprint)?'?$/i, 'ja4'],
  [/^email-addr:value$/, 'email'],
  [/^email-message:(?:from_ref|sender_ref|to_refs\[\*\])\.value$/, 'email'],
  [/^(?:file|artifact):(?:.*\.)?hashes\.'?(?:MD5|SHA-?1|SHA-?224|SHA-?256|SHA-?384|SHA-?512)'?$/i, 'hash'],
  [/^x509-certificate:hashes\.'?(?:MD5|SHA-?1|SHA-?256|SHA-?512)'?$/i, 'certificate'],
];

/** What the property of a comparison holds; null for one that no network log shows. */
export function propertyHint(path: string): Hint | null {
  return properties.find(([name]) => name.test(path))?.[1] ?? null;
}
