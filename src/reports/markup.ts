/** HTML that is safe by construction: only `html` makes it, and it escapes every text put into it. */
import { reveal } from './safe-text.ts';

/** A piece of finished HTML. There is no way to make one from a string but through `html` and `trusted`. */
export class Markup {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }

  static of(text: string): Markup {
    return new Markup(text);
  }
}

export type Part = string | number | Markup | null | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Text for element content and for quoted attributes: entities for what HTML reads, `\u{…}` for what is invisible. */
export function escapeHtml(text: string): string {
  return reveal(text).replace(/[&<>"'`]/g, (c) => ENTITIES[c] ?? '');
}

function write(part: Part): string {
  if (part === null) return '';
  if (part instanceof Markup) return part.toString();
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  return part.map(write).join('');
}

/**
 * The template for all HTML. Strings are escaped, arrays joined, null is nothing. Attributes in the template must stand
 * in double quotes.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return Markup.of(strings.map((s, i) => s + (i < parts.length ? write(parts[i] ?? null) : '')).join(''));
}

/** Our own constant text (style, script), never anything from outside. */
export function trusted(constant: string): Markup {
  return Markup.of(constant);
}
