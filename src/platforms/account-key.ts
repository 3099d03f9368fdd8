/** The key that joins everything of one customer on one platform. */
import type { Parts } from './lookup.ts';
import type { KeyTemplate, Platform } from './platform.ts';

/** `platform:key` from a template; null where a part that it needs is not in the name. */
export function accountKey(platform: Platform, template: KeyTemplate, parts: Parts, host: string): string | null {
  let key = `${platform.id}:`;
  for (const piece of piecesOf(template)) {
    const value = piece.literal ?? (piece.name === 'suffix' ? suffixOf(platform, host) : parts[piece.name]);
    if (value === undefined) return null;
    key += value;
  }
  return key;
}

type Piece = { readonly literal: string } | { readonly literal: undefined; readonly name: keyof Parts | 'suffix' };

const compiled = new Map<KeyTemplate, readonly Piece[]>();

function piecesOf(template: KeyTemplate): readonly Piece[] {
  const before = compiled.get(template);
  if (before !== undefined) return before;
  const pieces = template.split(/(?=\{)|(?<=\})/).map(toPiece);
  compiled.set(template, pieces);
  return pieces;
}

const names = ['tenant', 'account', 'function', 'deployment', 'region', 'id', 'suffix'] as const;

function toPiece(text: string): Piece {
  const name = names.find((part) => text === `{${part}}`);
  return name === undefined ? { literal: text } : { literal: undefined, name };
}

/** The longest suffix of the platform that the host ends in. */
function suffixOf(platform: Platform, host: string): string | undefined {
  let longest: string | undefined;
  for (const suffix of platform.suffixes) {
    if (host.endsWith(`.${suffix}`) && suffix.length > (longest?.length ?? 0)) longest = suffix;
  }
  return longest;
}
