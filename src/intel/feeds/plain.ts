/** Plain lists: one host, URL, address, range, hash or fingerprint a line; hosts files too. */
import path from 'node:path';
import type { IntelSource } from '../../model/indicator.ts';
import { isDefanged, refang } from '../../observables/defang.ts';
import { indicator } from '../builder.ts';
import { isClaimed } from '../claimed.ts';
import { type Feed, type FeedRecord, refusal } from '../feed.ts';
import { looksLikeCsv } from '../header.ts';
import { eachLine } from '../lines.ts';
import { type Hint, isCleanHost, observe, observeBareAddress } from '../observe.ts';
import { hasZeekHeader, isJson, listShape } from '../shape.ts';

/** Comments begin with `#`, `;`, `//` or `!`, or with one of the first three after a space behind the value. */
export const plain = {
  id: 'plain',
  name: 'Plain list, one value a line',
  blindTo: ['when the source learned of it, how long it is valid, how sure the source is'],
  detect: (head, file) =>
    !isJson(head) &&
    !looksLikeCsv(head) &&
    !hasZeekHeader(head) &&
    !isClaimed(head) &&
    listShape(head, (line) => reads(line, file)),
  read: (input) => {
    const hint = fileHint(input.source.file);
    return eachLine(input, (line, number) => readLine(line, number, input.source, hint));
  },
} satisfies Feed;

const reads = (line: string, file: string): boolean => {
  const record = readLine(line, 1, { name: '', licence: null, file }, fileHint(file));
  return record !== null && !('refused' in record);
};

/** 32 hexadecimal digits are an MD5, unless the file's own name says that it lists JA3 fingerprints. */
const fileHint = (file: string): Hint => (/ja3/i.test(path.basename(file)) ? 'ja3' : 'any');

function readLine(raw: string, number: number, source: IntelSource, hint: Hint): FeedRecord | null {
  const line = raw.trim();
  if (isCleanHost(line)) return { indicator: indicator('domain', line, number, source) };
  if (line === '' || isComment(line)) return null;
  const address = observeBareAddress(line);
  if (address?.ok) return { indicator: indicator(address.kind, address.value, number, source) };
  return readWritten(line, number, source, hint);
}

function isComment(line: string): boolean {
  const first = line.charCodeAt(0);
  return first === 0x23 || first === 0x3b || first === 0x21 || line.startsWith('//');
}

/** Everything that is no bare host or address: comments behind it, bullets, quotes, `0.0.0.0 host`, `label: value`. */
function readWritten(line: string, number: number, source: IntelSource, hint: Hint): FeedRecord {
  const { value, note, hint: named } = takeApart(line);
  if (value === null) return { other: 'hosts-file', line: number };
  const wanted = named ?? (hint === 'ja3' && /^[0-9a-f]{32}$/i.test(value) ? hint : 'any');
  const seen = observe(value, wanted);
  if (!seen.ok) {
    const prose = wanted === 'any' && /\s/.test(value);
    return refusal(prose ? 'not-an-indicator' : seen.reason, number, prose ? 'more than one word' : seen.detail, line);
  }
  return { indicator: indicator(seen.kind, seen.value, number, source, note === null ? {} : { description: note }) };
}

type Parts = { readonly value: string | null; readonly note: string | null; readonly hint?: Hint };

const COMMENT = /\s(?:#|;|\/\/)/;
const BULLET = /^(?:[-*•–]|\d{1,4}[.)])\s+/;
/** `0.0.0.0 host` and `127.0.0.1 host` of hosts files. */
const HOSTS_ENTRY = /^(?:0\.0\.0\.0|127\.0\.0\.1|::1?)\s+(\S.*)$/;
const LABELLED = /^(ja3|ja4|md5|sha-?1|sha-?256|ip|domain|host|url)\s?[:=]\s?(\S+)$/i;

function takeApart(line: string): Parts {
  const comment = line.search(COMMENT);
  const note = comment < 0 ? null : line.slice(comment).replace(/^[\s#;/]+/, '');
  const text = unquote((comment < 0 ? line : line.slice(0, comment)).replace(BULLET, '').trim());
  const entry = HOSTS_ENTRY.exec(text)?.[1];
  if (entry !== undefined) return { value: isOwnEntry(entry) ? null : entry, note };
  const labelled = LABELLED.exec(text);
  if (labelled) return { value: labelled[2] ?? '', note, hint: labelHint(labelled[1] ?? '') };
  return splitNote(text, note);
}

/** The lines that every hosts file begins with: `localhost`, `broadcasthost`, `0.0.0.0`. */
const isOwnEntry = (entry: string): boolean =>
  !entry.includes('.') || entry === '0.0.0.0' || entry === 'localhost.localdomain';

function labelHint(label: string): Hint {
  const word = label.toLowerCase();
  if (word === 'ja3' || word === 'ja4' || word === 'url') return word;
  return word === 'ip' ? 'address' : word === 'domain' || word === 'host' ? 'domain' : 'hash';
}

const NOTED = /^(\S+)\s+((?:[-–—(:|]|=>).*)$/;

/** Splits `value,what it is` and `value - what it is`; a URL keeps its commas, defanged spaces stay inside the value. */
function splitNote(text: string, note: string | null): Parts {
  if (/\s/.test(text) && isDefanged(text) && !/\s/.test(refang(text))) return { value: text, note };
  const noted = NOTED.exec(text);
  if (noted) return { value: noted[1] ?? '', note: note ?? noted[2]?.replace(/^[-–—(:|=>\s]+|\)$/g, '') ?? null };
  const column = text.includes('://') ? text.search(/[\t|]/) : text.search(/[,;|\t]/);
  if (column < 1) return { value: text, note };
  return { value: unquote(text.slice(0, column)), note: note ?? text.slice(column + 1).trim() };
}

const QUOTED = /^(["'<`])(.*)[">'`],?$/;
const unquote = (text: string): string => QUOTED.exec(text)?.[2]?.trim() ?? text;
