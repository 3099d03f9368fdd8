/** HTML as passages: what a reader sees, told apart from what stands around it. Parsed as a stream, in linear time. */
import { Parser } from 'htmlparser2';
import { MAX_PASSAGE, type Passage, type PassageReader, ProseFault, type Section, sectionOf } from './passage.ts';

/** Nothing in these is read by people. */
const UNSEEN = new Set(['script', 'style', 'noscript', 'template', 'svg', 'iframe', 'object', 'head', 'select']);
/** Around the writing: navigation, banners, what others say below. */
const ASIDE = new Set(['nav', 'footer', 'aside', 'header', 'form', 'button']);
const HEADING = /^h[1-6]$/;
/** Elements inside a sentence; every other one ends a passage. */
const INLINE = new Set(
  'a abbr b bdi bdo br cite code del dfn em font i img ins kbd label mark q s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);
/** Elements without an end tag. */
const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
/** Pages of people nest some dozen elements; the parser's time grows with the square of what is open. */
const MAX_OPEN = 2000;
/** Hosts of the publisher that are kept at most. */
const MAX_PUBLISHERS = 50;

export function htmlPassages(): PassageReader {
  const publishers = new Set<string>();
  let out: Passage[] = [];
  let text = '';
  let section: Section = 'body';
  let [unseen, aside, headings, open] = [0, 0, 0, 0];
  let [offset, line] = [0, 1];

  const close = (): void => {
    const kept = text.replace(/[^\S\n]+/g, ' ').trim();
    text = '';
    if (kept === '') return;
    if (headings > 0 && aside === 0) section = sectionOf(kept);
    out.push({ text: kept, section: aside > 0 ? 'aside' : section, page: null, offset, line });
    offset += kept.length + 1;
    line += kept.split('\n').length;
  };
  const own = (url: string | undefined): void => {
    const host = /^https?:\/\/([^/?#:@\s]{1,253})/i.exec(url?.slice(0, 2000) ?? '')?.[1];
    if (host && publishers.size < MAX_PUBLISHERS) publishers.add(host.toLowerCase());
  };
  const count = (name: string, by: 1 | -1): void => {
    open += by;
    if (open > MAX_OPEN) throw new ProseFault(`its elements nest deeper than ${MAX_OPEN}`);
    if (UNSEEN.has(name)) unseen = Math.max(0, unseen + by);
    if (ASIDE.has(name)) aside = Math.max(0, aside + by);
    if (HEADING.test(name)) headings = Math.max(0, headings + by);
  };
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        if (name === 'link' && attributes.rel === 'canonical') own(attributes.href);
        if (name === 'meta' && attributes.property === 'og:url') own(attributes.content);
        if (name === 'base') own(attributes.href);
        if (name === 'br') text += '\n';
        if (!INLINE.has(name)) close();
        if (!VOID.has(name)) count(name, 1);
      },
      onclosetag: (name) => {
        if (!INLINE.has(name)) close();
        if (!VOID.has(name)) count(name, -1);
      },
      ontext: (piece) => {
        if (unseen > 0) return;
        text += piece;
        if (text.length > MAX_PASSAGE) close();
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  const drain = (): readonly Passage[] => {
    const done = out;
    out = [];
    return done;
  };
  return {
    write: (piece) => {
      parser.write(piece);
      return drain();
    },
    end: () => {
      parser.end();
      close();
      return drain();
    },
    publishers: () => publishers,
  };
}

/** Whether a text begins as an HTML document. */
export const isHtml = (head: string): boolean =>
  /^\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b/i.test(
    head.slice(0, 4000),
  );
