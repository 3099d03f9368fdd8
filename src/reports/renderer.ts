import type { HuntDocument } from '../model/finding.ts';

/** What a renderer may know about where its text goes. Only `table` uses it. */
export type RenderOptions = {
  /** Columns of the terminal; values under 60 count as 60, over 200 as 200. */
  readonly width: number;
  /** Whether ANSI colours may be written. */
  readonly colour: boolean;
};

/**
 * One way to write down a hunt. `render` is pure: the same document and options give the same text. It never fails on
 * what a value holds: values come from logs and feeds, so each renderer makes them harmless for its own medium.
 */
export type Renderer = {
  /** The word for `--format`. */
  readonly id: 'table' | 'stix' | 'json' | 'html' | 'markdown';
  /** One line for the help. */
  readonly says: string;
  /** Endings of file names that mean this format, without the dot. */
  readonly extensions: readonly string[];
  /** The whole text, ending in one line feed. */
  render(document: HuntDocument, options: RenderOptions): string;
};

/** For a file or a pipe: no colours, 100 columns. */
export const plainOutput: RenderOptions = { width: 100, colour: false };

type Terminal = { readonly isTTY?: boolean | undefined; readonly columns?: number | undefined };

/**
 * Options for a stream. Colours only on a terminal that is not `dumb`, and never when NO_COLOR is set to something
 * (https://no-color.org). The width is the terminal's, or 100 where there is none.
 */
export function outputFor(stream: Terminal, env: Readonly<Record<string, string | undefined>>): RenderOptions {
  if (stream.isTTY !== true) return plainOutput;
  const colour = (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb';
  return { width: stream.columns ?? plainOutput.width, colour };
}
