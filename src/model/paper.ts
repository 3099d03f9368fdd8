/**
 * A paper (about ATT&CK, or an evaluation) as data: sections, in them parts, each marked with who says it. A renderer cannot print a
 * sentence without its mark, because there is none.
 */
import type { WordRun } from './attack-diff.ts';

/** Who says it: MITRE, word for word; Virga, written or computed by us; a user of this workspace. */
export type Voice = 'mitre' | 'virga' | 'user';

/** A piece of a line. Everything in it may come from outside and is escaped where it is written. */
export type Span =
  | { readonly is: 'text' | 'code' | 'strong'; readonly text: string }
  /** Only `https:` and `http:` addresses become links. */
  | { readonly is: 'link'; readonly text: string; readonly url: string }
  /** A number of the paper's sources. */
  | { readonly is: 'cite'; readonly n: number };

export type Line = readonly Span[];

export type Block =
  | { readonly is: 'text'; readonly line: Line }
  | { readonly is: 'list'; readonly title: string | null; readonly lines: readonly Line[] }
  | {
      readonly is: 'table';
      readonly caption: string;
      readonly head: readonly string[];
      readonly rows: readonly (readonly Line[])[];
    }
  /** A text before and after. */
  | { readonly is: 'words'; readonly title: string; readonly runs: readonly WordRun[] };

/** What one voice says in one go. */
export type Part = {
  readonly by: Voice;
  /** The mark as it is shown: whose words, from where or when. */
  readonly credit: Line;
  readonly blocks: readonly Block[];
};

export type Section = { readonly id: string; readonly title: string; readonly parts: readonly Part[] };

/** What a number in the text stands for. */
export type Source = {
  readonly n: number;
  readonly name: string;
  readonly text: string;
  readonly url: string | null;
  /** ATT&CK objects that hold this citation; empty for the objects themselves. */
  readonly held_by: readonly string[];
};

export type Paper = {
  readonly title: string;
  /** One line under the title: release, dates. */
  readonly about: string;
  readonly sections: readonly Section[];
  readonly sources: readonly Source[];
  /** The last words: terms, or what the paper does not say. */
  readonly notice: string;
};
