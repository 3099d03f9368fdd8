/** The contract of prose: a written report as passages of text, whatever file it came in. Pure. */

/** What a passage belongs to, by the heading above it and its place on the page. */
export type Section = 'body' | 'indicators' | 'references' | 'aside';

/** A stretch of text that hangs together: a paragraph, a list item, a cell, a line of code. */
export type Passage = {
  readonly text: string;
  readonly section: Section;
  /** 1-based page, where the document has pages. */
  readonly page: number | null;
  /** Characters of the page's text before it; of the document's, where it has no pages. */
  readonly offset: number;
  /** 1-based line of its first character in the document's text. */
  readonly line: number;
};

/** Takes a document's text in pieces of any size and gives passages as they end. Memory: one passage. */
export type PassageReader = {
  readonly write: (piece: string) => readonly Passage[];
  readonly end: () => readonly Passage[];
  /** Hosts that the document itself names as its publisher's, as far as it was read. */
  readonly publishers: () => ReadonlySet<string>;
};

/** Why a document was given up; the message is a sentence part for people. */
export class ProseFault extends Error {}

/** A longer stretch is cut here, at white space where there is some: no author's paragraph is as long. */
export const MAX_PASSAGE = 65_536;

const INDICATORS =
  /^(?:appendix\b.{0,20})?(?:\w+ )?(?:indicators?(?: of (?:compromise|attack))?|io[cs]s?\b|observables|network indicators|c2 (?:servers?|domains?|addresses)|infrastructure|domains?|hashes|urls?|ip addresses|file hashes)\b/;
const REFERENCES =
  /^(?:references|sources|further reading|bibliography|related|see also|about (?:us|the author)|contact|acknowledg|read more)/;

/** The section that a heading opens. */
export function sectionOf(heading: string): Section {
  const text = heading
    .slice(0, 200)
    .toLowerCase()
    .replace(/^[\s#\d.)*_:-]+/, '');
  if (INDICATORS.test(text)) return 'indicators';
  return REFERENCES.test(text) ? 'references' : 'body';
}
