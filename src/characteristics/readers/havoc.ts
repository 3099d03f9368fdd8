import type { Characteristic, Rhythm, TraitSource } from '../../model/characteristic.ts';
import { headerTraits, identified, mimeOf, trait, uriTraits } from '../build.ts';
import { TraitFault, type TraitReader } from '../reader.ts';

/** A block of a profile: settings with their values (lists and single ones alike), and blocks. */
type Block = { readonly name: string; readonly settings: Map<string, string[]>; readonly blocks: Block[] };

const MAX_DEPTH = 10;
const TOKEN = /\s+|#[^\n]*|\/\/[^\n]*|"((?:\\.|[^"\\])*)"|([A-Za-z_][\w-]*)|([-+]?\d[\d.]*)|([{}[\]=,])|./gs;

/** Words, strings and signs of the profile language (HashiCorp's, as Havoc uses it). */
type Token = { readonly kind: 'text' | 'word' | 'sign'; readonly text: string };

function tokensOf(text: string): Token[] {
  return [...text.matchAll(TOKEN)].flatMap(([, quoted, word, number, sign]): Token[] => {
    if (quoted !== undefined) return [{ kind: 'text', text: quoted.replace(/\\(.)/gs, '$1') }];
    if (word !== undefined) return [{ kind: 'word', text: word }];
    if (number !== undefined) return [{ kind: 'text', text: number }];
    return sign === undefined ? [] : [{ kind: 'sign', text: sign }];
  });
}

function parseBlocks(text: string): Block {
  const tokens = tokensOf(text);
  let at = 0;
  const body = (name: string, depth: number): Block => {
    if (depth > MAX_DEPTH) throw new TraitFault('blocks nest too deep.');
    const block: Block = { name, settings: new Map(), blocks: [] };
    while (at < tokens.length) {
      const token = tokens[at++];
      if (token?.text === '}' && token.kind === 'sign') return block;
      if (token?.kind !== 'word') continue;
      while (tokens[at]?.kind === 'text') at++; // a label
      const next = tokens[at]?.kind === 'sign' ? tokens[at]?.text : undefined;
      if (next === '{') {
        at++;
        block.blocks.push(body(token.text, depth + 1));
      } else if (next === '=') {
        at++;
        block.settings.set(token.text, values());
      }
    }
    if (depth > 0) throw new TraitFault(`the block \`${name}\` is never closed.`);
    return block;
  };
  const values = (): string[] => {
    const one = tokens[at++];
    if (one?.text !== '[' || one.kind !== 'sign') return one ? [one.text] : [];
    const list: string[] = [];
    for (let token = tokens[at++]; token && token.text !== ']'; token = tokens[at++])
      if (token.kind !== 'sign') list.push(token.text);
    return list;
  };
  return body('', 0);
}

function* every(block: Block): Generator<Block> {
  yield block;
  for (const inner of block.blocks) yield* every(inner);
}

const pairs = (headers: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    headers.flatMap((h) => {
      const at = h.indexOf(':');
      return at > 0 ? [[h.slice(0, at).trim(), h.slice(at + 1).trim()]] : [];
    }),
  );

/** Havoc's `.yaotl` profiles: HTTP listeners and the Demon's sleep. */
export const havoc = {
  id: 'havoc',
  name: 'Havoc profile',
  blindTo: ['headers other than User-Agent, Referer, Host and cookies', 'SMB pivots and injection settings'],
  detect: (text) =>
    /^\s*(?:Teamserver|Listeners|Demon|Operators)\s*\{/m.test(text) && /\b(?:Demon|Listeners)\s*\{/.test(text),
  read: (text, source) => {
    const blocks = [...every(parseBlocks(text))];
    const demon = blocks.find((b) => b.name === 'Demon');
    const seconds = Number(demon?.settings.get('Sleep')?.[0] ?? 0);
    const rhythm =
      seconds > 0
        ? { interval: seconds * 1000, jitter: Math.min(Number(demon?.settings.get('Jitter')?.[0] ?? 0) || 0, 99) }
        : null;
    const listeners = blocks.filter((b) => b.name === 'Http');
    const characteristics = listeners.flatMap((b) => fromListener(b, rhythm, source));
    return {
      profile: { listeners: listeners.length, sleep: rhythm?.interval ?? null },
      characteristics,
      records: listeners.length,
      other: listeners.length - characteristics.length,
      refused: [],
    };
  },
} satisfies TraitReader;

function fromListener(listener: Block, rhythm: Rhythm | null, source: TraitSource): Characteristic[] {
  const of = (name: string): string[] => listener.settings.get(name) ?? [];
  const headers = pairs(of('Headers'));
  const answer = pairs(listener.blocks.find((b) => b.name === 'Response')?.settings.get('Headers') ?? []);
  const traits = [
    ...uriTraits(of('Uris'), 'post'),
    ...trait('method', [of('Method')[0]?.toUpperCase() ?? 'POST'], 'post'),
    ...trait('user-agent', of('UserAgent')),
    ...trait('host-header', of('HostHeader')),
    ...headerTraits(headers, null),
    ...Object.entries(answer).flatMap(([name, value]) =>
      name.toLowerCase() === 'content-type'
        ? trait('mime', [mimeOf(value)], 'post')
        : trait('response-header', [`${name}: ${value}`]),
    ),
  ];
  if (!traits.some((t) => t.kind === 'uri' || t.kind === 'user-agent')) return [];
  return [
    identified({
      name: of('Name')[0] ?? source.name,
      software: 'Havoc',
      source,
      traits,
      rhythm,
      platforms: [],
      caution: null,
    }),
  ];
}
