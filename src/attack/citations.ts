/** Numbers for what MITRE's texts cite, and for the ATT&CK objects themselves, in the order in which they come up. */
import type { AttackObject } from '../model/attack.ts';
import type { Source } from '../model/paper.ts';
import { field, type JsonObject, objectsOf, textOf } from './json.ts';
import { kindOf } from './kinds.ts';
import { titleOf } from './title.ts';

export type Citations = {
  /** Numbers what an object's text cites. */
  readonly text: (text: string, object: AttackObject, holder: JsonObject) => void;
  /** Numbers the object itself: what its words are taken from. */
  readonly object: (object: AttackObject) => void;
  readonly list: () => Source[];
};

const MARK = '(Citation: ';

/** Names that a text cites, as they stand between `(Citation: ` and `)`. Names may hold brackets of their own, in pairs. */
export function citedIn(text: string): { readonly name: string; readonly from: number; readonly to: number }[] {
  const found = [];
  for (let from = text.indexOf(MARK); from >= 0; from = text.indexOf(MARK, from + 1)) {
    let depth = 1;
    let to = from + MARK.length;
    for (; to < text.length && depth > 0; to++) depth += text[to] === '(' ? 1 : text[to] === ')' ? -1 : 0;
    if (depth === 0) found.push({ name: text.slice(from + MARK.length, to - 1).trim(), from, to });
  }
  return found;
}

export function createCitations(release: string): Citations {
  const sources: (Omit<Source, 'held_by'> & { held_by: string[] })[] = [];
  const byWhat = new Map<string, number>();
  const add = (what: string, name: string, text: string, url: string | null, holder: string | null): number => {
    const n = byWhat.get(what) ?? sources.push({ n: sources.length + 1, name, text, url, held_by: [] });
    byWhat.set(what, n);
    const source = sources[n - 1];
    if (source && holder !== null && !source.held_by.includes(holder)) source.held_by.push(holder);
    return n;
  };
  return {
    text: (text, object, json) => {
      for (const { name } of citedIn(text)) {
        const held = objectsOf(json, 'external_references').find((r) => field(r, 'source_name') === name);
        const says =
          (held && textOf(held, 'description')) ??
          (held ? name : `${name}: named in the text, without an entry in the object`);
        const url = held ? textOf(held, 'url') : null;
        add(`${name}|${url ?? says}`, name, says, url, titleOf(object));
      }
    },
    object: (object) => {
      const says = `MITRE ATT&CK, ${release}, ${kindOf(object.type)} ${titleOf(object)}`;
      add(object.id, 'MITRE ATT&CK', says, object.url, null);
    },
    list: () => sources,
  };
}
