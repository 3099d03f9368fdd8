/** A file of the user's and the ATT&CK objects that it names. */
import type { Mention, OwnFileKind } from '../model/attack-impact.ts';
import { field, isObject, type Json, type JsonObject, listOf, objectsOf, parseJson, textOf } from './json.ts';

export type OwnFile = {
  readonly file: string;
  readonly text: string;
  readonly kind: OwnFileKind;
  readonly title: string | null;
  /** The document, where the file is JSON. */
  readonly json: Json | null;
};

/** Tells what kind of file it is from its content. */
export function openOwnFile(file: string, text: string): OwnFile {
  const json = jsonOf(text);
  if (isObject(json ?? undefined)) return { file, text, json, ...jsonKind(json) };
  if (json !== null) return { file, text, json, kind: 'JSON file', title: null };
  const sigma = /^logsource:/m.test(text) && /^detection:/m.test(text);
  return { file, text, json, kind: sigma ? 'Sigma rule' : 'text file', title: sigma ? yamlTitle(text) : null };
}

function jsonOf(text: string): Json | null {
  if (!/^\ufeff?\s*[[{]/.test(text)) return null;
  try {
    return parseJson(text.replace(/^\ufeff/, ''));
  } catch {
    return null; // Not JSON after all: read as text.
  }
}

function jsonKind(json: Json | null): { kind: OwnFileKind; title: string | null } {
  if (!isObject(json ?? undefined) || json === null || !isObject(json)) return { kind: 'JSON file', title: null };
  if (isLayer(json)) return { kind: 'Navigator layer', title: textOf(json, 'name') };
  const hunt = textOf(json, 'virga') !== null && Array.isArray(field(json, 'findings'));
  return { kind: hunt ? 'hunt document' : 'JSON file', title: null };
}

export const isLayer = (json: JsonObject): boolean =>
  objectsOf(json, 'techniques').some((t) => textOf(t, 'techniqueID') !== null) ||
  (isObject(field(json, 'versions')) && textOf(json, 'domain') !== null);

const yamlTitle = (text: string): string | null =>
  /^title:[ \t]*['"]?([^\r\n]{1,200}?)['"]?[ \t]*$/m.exec(text)?.[1] ?? null;

// An id in capitals anywhere, or in small letters behind `attack.` as Sigma writes its tags.
const ID = /(?<![A-Za-z0-9])(attack\.)?([A-Za-z]{1,3}[0-9]{4}(?:\.[0-9]{3})?)(?![A-Za-z0-9])/g;
const TACTIC = /(?<![A-Za-z0-9])attack\.([a-z][a-z_-]{2,40})(?![A-Za-z0-9.])/g;
const SHAPE = /^(?:T|TA|G|S|C|M|A|AN|DET|DC|DS)[0-9]{4}(?:\.[0-9]{3})?$/;

/** Mentions of one file that are kept; more are counted nowhere, which the report says. */
const MOST = 20_000;

/** Every mention of an id of ATT&CK's shape, and of a tactic by its short name; `tactic` gives the id of a short name. */
export function mentionsOf(own: OwnFile, tactic: (shortName: string) => string | null): Mention[] {
  const found = own.json === null ? linesOf(own, tactic) : stringsOf(own, tactic);
  return found.slice(0, MOST);
}

function linesOf(own: OwnFile, tactic: (shortName: string) => string | null): Mention[] {
  return own.text.split('\n').flatMap((line, i) => inText(own, line, tactic).map((m) => ({ ...m, line: i + 1 })));
}

function stringsOf(own: OwnFile, tactic: (shortName: string) => string | null): Mention[] {
  const out: Mention[] = [];
  const walk = (value: Json, path: string, name: string): void => {
    if (out.length >= MOST) return;
    if (typeof value === 'string') {
      const short = own.kind === 'Navigator layer' && name === 'tactic' ? tactic(value) : null;
      const here = short === null ? inText(own, value, tactic) : [{ ...blank(own), written: value, attack_id: short }];
      out.push(...here.map((m) => ({ ...m, path })));
    } else if (Array.isArray(value)) {
      for (const [i, inner] of value.entries()) walk(inner, `${path}[${i}]`, name);
    } else if (isObject(value)) {
      for (const [key, inner] of Object.entries(value)) walk(inner, path === '' ? key : `${path}.${key}`, key);
    }
  };
  if (own.json !== null && depthOf(own.json) <= MOST_DEPTH) walk(own.json, '', '');
  return out;
}

const MOST_DEPTH = 100;
/** How deep a document nests, without recursion: hostile ones nest deeper than the stack. */
function depthOf(json: Json): number {
  let level: Json[] = [json];
  let depth = 0;
  for (; level.length > 0 && depth <= MOST_DEPTH; depth++)
    level = level.flatMap((v) => (Array.isArray(v) ? [...v] : isObject(v) ? Object.values(v) : []));
  return depth;
}

const blank = ({ file, kind, title }: OwnFile) => ({ file, kind, title, line: null, path: null });

function inText(own: OwnFile, text: string, tactic: (shortName: string) => string | null): Mention[] {
  const ids = [...text.matchAll(ID)].flatMap(([written, prefix, id = '']) => {
    const upper = id.toUpperCase();
    return SHAPE.test(upper) && (prefix !== undefined || id === upper)
      ? [{ ...blank(own), written, attack_id: upper }]
      : [];
  });
  const tactics = [...text.matchAll(TACTIC)].flatMap(([written, name = '']) => {
    const id = tactic(name.replaceAll('_', '-'));
    return id === null ? [] : [{ ...blank(own), written, attack_id: id }];
  });
  return [...ids, ...tactics];
}

/** The entries of a layer. */
export const layerTechniques = (layer: JsonObject): readonly Json[] => listOf(layer, 'techniques');
