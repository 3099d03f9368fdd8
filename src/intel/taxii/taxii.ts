/** TAXII 2.1 as we speak it: servers, API roots, collections, pages (OASIS TAXII 2.1, read 2026-11). */
import { z } from 'zod';

export const TAXII_TYPE = 'application/taxii+json;version=2.1';

/** Where the reading of a collection stands: a value that the caller keeps and gives back. */
export type Cursor = {
  /** Objects added after this time, as the server wrote it; null from the beginning. */
  readonly addedAfter: string | null;
  /** The server's word for the page that comes next; null where the last one was read. */
  readonly next: string | null;
};
export const START: Cursor = { addedAfter: null, next: null };

/** One page, in the server's order. `cursor` goes on behind it. */
export type Page = { readonly objects: readonly unknown[]; readonly cursor: Cursor };

const words = z.string().nullish();

/** What answers at the discovery URL. */
export const discovery = z
  .object({ title: z.string(), description: words, default: words, api_roots: z.array(z.string()).nullish() })
  .transform(({ api_roots, ...rest }) => ({ ...rest, roots: api_roots ?? [] }));

/** What answers at an API root: told from discovery by its versions. */
export const apiRoot = z.object({ title: z.string(), versions: z.array(z.string()) });

const collection = z
  .object({ id: z.string(), title: z.string(), description: words, can_read: z.boolean(), can_write: z.boolean() })
  .transform(({ can_read, can_write, ...rest }) => ({ ...rest, canRead: can_read, canWrite: can_write }));
export type Collection = z.infer<typeof collection>;
export const collections = z.object({ collections: z.array(collection).nullish() });

export const envelope = z.object({
  more: z.boolean().nullish(),
  next: words,
  objects: z.array(z.unknown()).nullish(),
});
