/** Text and Markdown as passages. A form feed begins a page, as `pdftotext` and our own PDF reader write it. */
import { MAX_PASSAGE, type Passage, type PassageReader, type Section, sectionOf } from './passage.ts';

const BULLET = /^\s*(?:[-*+•–|>]|\d{1,3}[.)])\s*/;
const MARKDOWN_HEADING = /^\s{0,3}#{1,6}\s+\S/;
/** A line of its own, in few words and without a full stop: what stands for a heading where nothing marks one. */
const BARE_HEADING = /^[\p{Lu}\d][\p{L}\d\s/&().,'-]{2,70}:?$/u;
const MAX_HEADING_WORDS = 8;

export function plainPassages(): PassageReader {
  let rest = '';
  let lines: string[] = [];
  let section: Section = 'body';
  let page: number | null = null;
  let [line, offset, held] = [1, 0, 0];
  let start = { line: 1, offset: 0 };
  let out: Passage[] = [];

  const close = (): void => {
    const text = lines.join('\n');
    if (text.trim() !== '') out.push({ text, section, page, ...start });
    lines = [];
    held = 0;
    start = { line, offset };
  };
  const heading = (text: string): boolean => {
    if (MARKDOWN_HEADING.test(text)) return true;
    const opens = BARE_HEADING.test(text.trim()) && text.trim().split(/\s+/).length <= MAX_HEADING_WORDS;
    return opens && sectionOf(text) !== 'body';
  };
  const take = (text: string): void => {
    const bare = text.replace(/\r$/, '');
    if (bare.trim() === '' || BULLET.test(bare) || heading(bare) || held > MAX_PASSAGE) close();
    if (heading(bare)) section = sectionOf(bare);
    if (bare.trim() !== '') {
      lines.push(bare);
      held += bare.length + 1;
    }
    if (heading(bare)) close();
    line++;
    offset += text.length + 1;
    if (heading(bare) || bare.trim() === '') start = { line, offset };
  };
  const turn = (): void => {
    close();
    page = (page ?? 0) + 1;
    offset = 0;
    start = { line, offset };
  };
  const push = (text: string): void => {
    const [first = '', ...pages] = text.split('\f');
    if (pages.length === 0 || first !== '') take(first);
    for (const next of pages) {
      turn();
      if (next !== '') take(next);
    }
  };
  const drain = (): readonly Passage[] => {
    const done = out;
    out = [];
    return done;
  };
  return {
    write: (piece) => {
      const parts = piece.split('\n');
      parts[0] = rest + (parts[0] ?? '');
      rest = parts.pop() ?? '';
      for (const part of parts) push(part);
      while (rest.length > MAX_PASSAGE) {
        const cut = rest.lastIndexOf(' ', MAX_PASSAGE);
        const at = cut < MAX_PASSAGE / 2 ? MAX_PASSAGE : cut;
        push(rest.slice(0, at));
        line--; // the line goes on
        offset--;
        rest = rest.slice(at);
      }
      return drain();
    },
    end: () => {
      if (rest !== '') push(rest);
      rest = '';
      close();
      return drain();
    },
    publishers: () => new Set(),
  };
}
