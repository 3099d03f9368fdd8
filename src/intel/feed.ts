/** The contract of an intelligence reader: how the records of one kind of file become indicators. */
import type { Indicator, IntelSource } from '../model/indicator.ts';

/** Every reason for which a record, or a whole file, is refused. The words appear in the summary and in the docs. */
export const refusalReasons = {
  'not-an-indicator': 'the record is no host, URL, address, range, hash or fingerprint',
  'bad-host': 'the host name is malformed or has no top-level domain',
  'bad-url': 'the URL is malformed',
  'bad-address': 'the IP address or range is malformed',
  'bad-hash': 'the hash or fingerprint has the wrong length or characters',
  'bad-email': 'the e-mail address is malformed',
  'bad-pattern': 'the STIX pattern is malformed',
  'cut-off': 'the value ends in dots: its author shortened it, so it can match nothing',
  'missing-value': 'the record holds no value',
  'missing-column': 'the row has fewer columns than the header needs',
  'bad-quotes': 'a quote is never closed',
  'bad-record': 'the record is not what the format allows in this place',
  'pattern-too-long': 'the pattern is longer than any that can be kept',
  'line-too-long': 'the line is longer than any indicator',
  'bad-json': 'the document is not valid JSON',
  'no-indicators': 'the file holds nothing that reads as an indicator',
  'unknown-format': 'the file is none of the formats that are read',
  'too-large': 'the file, unpacked, is larger than the limit',
  'too-many': 'more indicators than one run takes',
  'bad-compression': 'the file is damaged or cut off inside its compression',
  'bad-pdf': 'the PDF is damaged, locked or made to take too long or too much memory',
  unreadable: 'the file cannot be opened or read',
  'not-a-file': 'a device, socket or pipe inside a directory',
  hidden: 'a hidden file or directory',
} as const satisfies Record<string, string>;
export type RefusalReason = keyof typeof refusalReasons;

/** What a reader had to leave open in a record that it took. */
export const noteReasons = {
  'bad-date': 'a date could not be read, so the indicator counts as undated there',
  'bad-confidence': 'the confidence could not be read',
  'unread-alternative': 'one of the values that a pattern names could not be read, so it is not matched',
} as const satisfies Record<string, string>;
export type NoteReason = keyof typeof noteReasons;

/** A record that is an indicator; one that is something else by right; one that is broken, and why. */
export type FeedRecord =
  /** `also`: further values that the same record names; they are indicators, but no records. */
  | { readonly indicator: Indicator; readonly also?: readonly Indicator[]; readonly note?: NoteReason }
  | { readonly other: string; readonly line: number }
  | { readonly refused: RefusalReason; readonly detail: string; readonly line: number };

/** What a reader gets of one file: unpacked, decoded, without a byte-order mark. It can be read once. */
export type FeedInput = {
  /** Source of records that name none themselves. */
  readonly source: IntelSource;
  /** The text in pieces of any size, in order. */
  readonly text: AsyncIterable<string>;
  /** Ceiling in characters for readers that need the whole document at once. */
  readonly maxDocument: number;
};

/** Characters of a file that `detect` sees; a file may be shorter. */
export const HEAD_LENGTH = 65_536;

/** One kind of intelligence file. */
export type Feed = {
  /** Stable, as in `intel import`'s `kind`. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  /** What the format cannot tell, for the coverage statement. */
  readonly blindTo: readonly string[];
  /** Whether a file that begins with `head` is of this kind; at most one reader says yes. Never throws. */
  readonly detect: (head: string, file: string) => boolean;
  /**
   * The records in batches, in the order of the file. Every record ends as exactly one `FeedRecord`; a broken document
   * is one refusal. Never throws for what the text holds; lets errors of `input.text` through.
   */
  readonly read: (input: FeedInput) => AsyncGenerator<readonly FeedRecord[]>;
};

/** Detail text quotes at most this much of what was refused. */
const MAX_QUOTE = 120;

/** A refusal; `given` is quoted, shortened, with control characters made visible. */
export function refusal(reason: RefusalReason, line: number, why: string, given?: string): FeedRecord {
  const detail = given === undefined ? why : `${why}: ${quote(given)}`;
  return { refused: reason, detail, line };
}

function quote(text: string): string {
  const short = text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE)}…` : text;
  return short.replace(/[\u0000-\u001f\u007f-\u009f]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
