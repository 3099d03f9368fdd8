/** Questions to a TAXII 2.1 server. */
import { hash } from 'node:crypto';
import type { z } from 'zod';
import { VirgaError } from '../../model/errors.ts';
import { parseJson } from '../../model/json.ts';
import { readText } from '../../outbound/body.ts';
import type { Answer, Door } from '../../outbound/policy.ts';
import {
  apiRoot,
  type Collection,
  type Cursor,
  collections,
  discovery,
  envelope,
  type Page,
  TAXII_TYPE,
} from './taxii.ts';

export type TaxiiAccess = {
  readonly door: Door;
  /** The URL that the user gave: credentials go to its origin alone. */
  readonly url: string;
  /** `authorization`, where the server asks for it. */
  readonly headers: Readonly<Record<string, string>>;
};

/** One page is read whole. */
const MAX_PAGE = 256 * 1024 ** 2;

/** An API root and the collections that it shows to this user. */
export type Shelf = { readonly root: string; readonly title: string; readonly collections: readonly Collection[] };
/** What a server shows; `elsewhere` are API roots of other servers, which are not asked. */
export type Shelves = { readonly roots: readonly Shelf[]; readonly elsewhere: readonly string[] };

/** Every API root behind a discovery URL, or the one that the URL is. */
export async function listShelves(access: TaxiiAccess): Promise<Shelves> {
  const { json, url } = await askJson(access, access.url);
  const root = apiRoot.safeParse(json);
  if (root.success) return { roots: [await readShelf(access, url, root.data.title)], elsewhere: [] };
  const written = parse(discovery, json, url).roots.filter((text) => URL.canParse(text, url));
  const urls = written.map((text) => new URL(text, url));
  const roots: Shelf[] = [];
  for (const { href, origin } of urls)
    if (origin === new URL(url).origin) roots.push(await readShelf(access, href, null));
  return { roots, elsewhere: urls.filter(({ origin }) => origin !== new URL(url).origin).map(({ href }) => href) };
}

async function readShelf(access: TaxiiAccess, url: string, title: string | null): Promise<Shelf> {
  const root = withSlash(url);
  const name = title ?? parse(apiRoot, (await askJson(access, root)).json, root).title;
  const listed = await askJson(access, `${root}collections/`);
  return { root, title: name, collections: parse(collections, listed.json, listed.url).collections ?? [] };
}

/**
 * The objects of a collection from `cursor` on, a page at a time. Throws `VirgaError`; what came before it stands, and
 * the cursor of the last page goes on from there.
 */
export async function* readCollection(
  access: TaxiiAccess,
  { root, id, limit }: { readonly root: string; readonly id: string; readonly limit: number | null },
  cursor: Cursor,
): AsyncGenerator<Page> {
  let at = cursor;
  let again = cursor.next !== null;
  let before: string | null = null;
  let pages = 0;
  for (;;) {
    const url = pageUrl(root, id, at, limit);
    const page = await askPage(access, url, again);
    again = false;
    at = page === null ? { addedAfter: at.addedAfter, next: null } : behind(at, page);
    if (page === null) continue;
    yield { objects: page.objects, cursor: at };
    if (!page.more) return;
    if (page.digest === before || ++pages >= MAX_PAGES)
      throw new VirgaError('outbound.answer', `${root} gives page after page without an end.`);
    before = page.digest;
  }
}

type Read = {
  readonly objects: readonly unknown[];
  readonly more: boolean;
  readonly next: string | null;
  readonly last: string | null;
  /** Of the objects: the same page twice in a row is no progress, while its `next` may well be the same word. */
  readonly digest: string;
};

/** At a thousand objects a page, more than the world's feeds hold. */
const MAX_PAGES = 100_000;

/** Null where `stale` is possible and so: a server forgets where an earlier run stood. */
async function askPage(access: TaxiiAccess, url: string, stale: boolean): Promise<Read | null> {
  const asked = await askJson(access, url, stale ? [400, 404] : []);
  if (asked.json === undefined) return null;
  const { more, next, objects } = parse(envelope, asked.json, url);
  const last = asked.answer.headers['x-taxii-date-added-last'] ?? null;
  const digest = hash('sha256', JSON.stringify(objects ?? []));
  return { objects: objects ?? [], more: more === true, next: next ?? null, last, digest };
}

/** The cursor behind a page: by the server's word where there is one, else by the time of its last object. */
const behind = ({ addedAfter }: Cursor, { more, next, last }: Read): Cursor =>
  more && next !== null ? { addedAfter, next } : { addedAfter: last ?? addedAfter, next: null };

function pageUrl(root: string, id: string, { addedAfter, next }: Cursor, limit: number | null): string {
  const url = new URL(`${withSlash(root)}collections/${encodeURIComponent(id)}/objects/`);
  if (addedAfter !== null) url.searchParams.set('added_after', addedAfter);
  if (next !== null) url.searchParams.set('next', next);
  if (limit !== null) url.searchParams.set('limit', String(limit));
  return url.href;
}

const withSlash = (url: string): string => (url.endsWith('/') ? url : `${url}/`);

/** The answer as JSON; undefined for a status that is among those let pass. */
async function askJson({ door, url: given, headers }: TaxiiAccess, url: string, pass: readonly number[] = []) {
  const own = new URL(url).origin === new URL(given).origin;
  const answer = await door.ask({ url, headers: { accept: TAXII_TYPE, ...(own ? headers : {}) } });
  const passed = pass.includes(answer.status);
  const fault = passed ? null : faultOf(answer);
  if (fault !== null) {
    answer.discard();
    throw new VirgaError('outbound.answer', fault);
  }
  const text = await readText(answer, MAX_PAGE);
  try {
    const json: unknown = passed ? undefined : parseJson(text);
    return { json, answer, url: answer.url };
  } catch (cause) {
    throw new VirgaError('outbound.answer', `${nameOf(answer)} answers what is no JSON.`, { cause });
  }
}

const nameOf = ({ url }: Answer): string => url.replace(/[?#].*/s, '');

function faultOf(answer: Answer): string | null {
  const { status, headers } = answer;
  const type = headers['content-type'] ?? '';
  if (status === 401 || status === 403) return `${nameOf(answer)} asks for other credentials (status ${status}).`;
  if (status === 404) return `${nameOf(answer)} is not there (status 404).`;
  if (status === 429 || status === 503)
    return `${nameOf(answer)} is busy (status ${status}); it asks to wait ${headers['retry-after'] ?? 'a while'}.`;
  if (status !== 200) return `${nameOf(answer)} answers with status ${status}.`;
  if (/^application\/(?:vnd\.oasis\.)?(?:taxii|stix)\+json/i.test(type)) return null;
  return `${nameOf(answer)} answers ${JSON.stringify(type.slice(0, 60))}, not TAXII 2.1.`;
}

function parse<T>(schema: z.ZodType<T>, json: unknown, url: string): T {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new VirgaError(
    'outbound.answer',
    `${url.replace(/[?#].*/s, '')} is not TAXII 2.1: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`,
  );
}
