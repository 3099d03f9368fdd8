/** What a report names, and what for: an indicator, context that somebody has to look at, or something honest. */
import { getDomain, parse } from 'tldts';
import type { IndicatorKind } from '../model/indicator.ts';
import { parseAddress } from '../observables/address.ts';
import { insideOf } from '../observables/private.ts';
import { type Mention, mentionsIn } from '../prose/mentions.ts';
import type { Passage } from '../prose/passage.ts';
import { type Sentence, sentenceAt } from '../prose/sentence.ts';
import { type TraitMention, traitsIn } from '../prose/traits.ts';
import type { RefusalReason } from './feed.ts';
import { observe } from './observe.ts';
import { isPopular } from './popular-names.ts';

/** Why something in a report is no indicator. */
export type Honest =
  | 'reference'
  | 'publisher'
  | 'private-address'
  | 'file-name'
  | 'popular-name'
  | 'contact'
  | 'version';

/** Where it stands: the sentence, and characters before it in the page or document. */
export type Place = {
  readonly sentence: Sentence;
  readonly offset: number;
  readonly page: number | null;
  readonly line: number;
};

export type ReportItem = Place & { readonly text: string } & (
    | {
        readonly as: 'indicator' | 'context';
        readonly kind: IndicatorKind;
        readonly value: string;
        readonly confidence: number;
      }
    | { readonly as: 'honest'; readonly why: Honest }
    | { readonly as: 'trait'; readonly kind: TraitMention['kind'] }
    | { readonly as: 'unread'; readonly reason: RefusalReason; readonly detail: string }
  );

/**
 * How sure the writing alone makes us, 0 to 100: defanged or a hash, named as it is under a heading that says indicators,
 * named somewhere. The last convicts nobody until a person approves it.
 */
const CONFIDENCE = { meant: 50, listed: 40, named: 20 } as const;

/** Everything that a passage names, in its order. */
export function itemsIn(passage: Passage, publishers: ReadonlySet<string>): ReportItem[] {
  const place = (start: number, end: number): Place => ({
    sentence: sentenceAt(passage.text, start, end),
    offset: passage.offset + start,
    page: passage.page,
    line: passage.line + countLines(passage.text, start),
  });
  const named = mentionsIn(passage.text).flatMap((mention): ReportItem[] => {
    const item = itemOf(mention, passage, publishers);
    return item === null ? [] : [{ ...place(mention.start, mention.end), text: mention.word, ...item }];
  });
  const traits = passage.section === 'aside' ? [] : traitsIn(passage.text);
  const told = traits.map((t): ReportItem => {
    return { ...place(t.start, t.start + t.value.length), text: t.value, as: 'trait', kind: t.kind };
  });
  return [...named, ...told].sort((a, b) => a.offset - b.offset);
}

function countLines(text: string, until: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < until; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

type What =
  | Pick<Extract<ReportItem, { as: 'indicator' | 'context' }>, 'as' | 'kind' | 'value' | 'confidence'>
  | Pick<Extract<ReportItem, { as: 'honest' }>, 'as' | 'why'>
  | Pick<Extract<ReportItem, { as: 'unread' }>, 'as' | 'reason' | 'detail'>;

const honest = (why: Honest): What => ({ as: 'honest', why });

function itemOf(mention: Mention, passage: Passage, publishers: ReadonlySet<string>): What | null {
  const seen = observe(mention.word);
  if (!seen.ok) return mention.defanged ? { as: 'unread', reason: seen.reason, detail: seen.detail } : null;
  const { kind, value } = seen;
  if (isFile(kind, value, mention.defanged)) return honest('file-name');
  if (kind === 'ipv4' && !mention.defanged && isVersion(passage.text, mention.start)) return honest('version');
  if ((kind === 'ipv4' || kind === 'ipv6' || kind === 'cidr') && isInside(value)) return honest('private-address');
  if (mention.defanged) return { as: 'indicator', kind, value, confidence: CONFIDENCE.meant };
  return undefanged(kind, value, mention, passage, publishers);
}

/** What is written as it is: a link is a reference, a name may be one of the story, or one of the publisher. */
function undefanged(
  kind: IndicatorKind,
  value: string,
  mention: Mention,
  { section }: Passage,
  publishers: ReadonlySet<string>,
): What | null {
  const host = hostOf(kind, value);
  if (host !== null && !isPublicName(host)) return null; // a word with a dot in it
  if (section === 'aside' || (host !== null && publishers.has(host))) return honest('publisher');
  if (host !== null && isOwn(host, publishers)) return honest('publisher');
  if (section === 'references') return honest('reference');
  if (host !== null && isPopular(host)) return honest('popular-name');
  if (section === 'indicators') return { as: 'indicator', kind, value, confidence: CONFIDENCE.listed };
  if (mention.word.includes('://') || mention.word.startsWith('www.')) return honest('reference');
  if (kind === 'email') return honest('contact');
  return { as: 'context', kind, value, confidence: CONFIDENCE.named };
}

const isOwn = (host: string, publishers: ReadonlySet<string>): boolean => {
  const domain = getDomain(host);
  return domain !== null && [...publishers].some((p) => getDomain(p) === domain);
};

const inside = insideOf([]);
const isInside = (value: string): boolean => inside(value.split('/', 1)[0] ?? '');

function hostOf(kind: IndicatorKind, value: string): string | null {
  if (kind === 'domain') return value;
  if (kind === 'email') return value.slice(value.lastIndexOf('@') + 1);
  const host = kind === 'url' ? (/^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/:?#]+)/.exec(value)?.[1] ?? null) : null;
  return host !== null && parseAddress(host) === null ? host : null;
}

/** Under a suffix that IANA delegates: `node.js` and `e.g` are not. */
const isPublicName = (host: string): boolean => parse(host).isIcann === true && getDomain(host) !== null;

/**
 * Last labels that are suffixes of files: those that are no top-level domain always, the others where nobody defanged
 * them and only one label stands before. Checked 2026-11 against IANA's list.
 */
const FILE_ONLY = new Set(
  'exe dll bat cmd ps1 vbs vbe js jse wsf hta lnk iso img vhd msi msix jar doc docx docm xls xlsx xlsm ppt pptx pdf rtf txt log csv json xml yml yaml html htm php asp aspx jsp png jpg jpeg gif svg ico bmp tmp dat bin sys drv scr cpl chm rar tar gz tgz bz2 xz 7z apk ipa dmg pkg deb rpm elf pcap evtx yar yara conf cfg ini db sqlite bak'.split(
    ' ',
  ),
);
const FILE_TOO = new Set('zip sh py md pl rs so ps cc mov app bz cab prof java class'.split(' '));

function isFile(kind: IndicatorKind, value: string, defanged: boolean): boolean {
  if (kind !== 'domain') return false;
  const last = value.slice(value.lastIndexOf('.') + 1);
  if (FILE_ONLY.has(last)) return true;
  return !defanged && FILE_TOO.has(last) && value.split('.').length === 2;
}

/** `version 10.0.1.2`: four numbers that are no address. */
const isVersion = (text: string, start: number): boolean =>
  /(?:\bv|\bversions?|\bbuild|\brelease|\bfirmware)\s*:?\s*$/i.test(text.slice(Math.max(0, start - 24), start));
