/** A TAXII 2.1 server over a store. */
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { type Access, accessOf, type Token } from './access.ts';
import { answer, isTaxii, refuse, STIX_TYPE, TAXII_TYPE, takesTaxii } from './answer.ts';
import { addObjects, type Statuses } from './inbox.ts';
import { type Page, pageOf, readQuery } from './query.ts';
import type { Entry, ServedCollection, TaxiiStore } from './store.ts';

export type TaxiiOptions = {
  readonly store: TaxiiStore;
  /** Null: everyone may do everything. */
  readonly tokens: readonly Token[] | null;
  readonly title: string;
  readonly now: () => Date;
};

/** Bytes of what may be sent. */
export const MAX_CONTENT = 10 * 1024 * 1024;
const ROOT = '/api';

/** The app; discovery at `/taxii2/`, the one API root at `/api/`. */
export function taxiiApp(options: TaxiiOptions): Hono {
  const app = new Hono({ strict: false });
  const statuses: Statuses = new Map();
  app.onError((error, context) => {
    if (error instanceof Error) console.error(`virga: ${error.stack}`);
    return refuse(context, 500, 'Internal error', 'The server failed; its log says how.');
  });
  app.notFound((context) => refuse(context, 404, 'Not found', 'There is nothing here.'));
  app.use(async (context, next) => {
    if (accessOf(context.req.header('authorization'), options.tokens) === null)
      return refuse(context, 401, 'Unauthorized', 'A token is needed: as bearer token, or as password.');
    if (!takesTaxii(context.req.header('accept'))) return refuse(context, 406, 'Not acceptable', `Only ${TAXII_TYPE}.`);
    return next();
  });
  app.use(
    bodyLimit({
      maxSize: MAX_CONTENT,
      onError: (context) => refuse(context, 413, 'Too large', `At most ${MAX_CONTENT} bytes.`),
    }),
  );

  app.get('/taxii2', (context) =>
    answer(context, { title: options.title, default: `${ROOT}/`, api_roots: [`${ROOT}/`] }),
  );
  app.get(ROOT, (context) =>
    answer(context, { title: options.title, versions: [TAXII_TYPE], max_content_length: MAX_CONTENT }),
  );
  app.get(`${ROOT}/status/:status`, (context) => {
    const status = statuses.get(context.req.param('status'));
    return status === undefined ? refuse(context, 404, 'Not found', 'No such status.') : answer(context, status);
  });
  app.get(`${ROOT}/collections`, (context) => {
    const access = accessIn(context, options);
    const shown = options.store.collections().filter(({ id, title }) => access.covers(id, title));
    return answer(context, { collections: shown.map((collection) => describe(collection, access)) });
  });
  const one = `${ROOT}/collections/:collection`; // with and without a slash at the end: the app is not strict
  app.get(one, (context) =>
    withCollection(context, options, (collection, access) => answer(context, describe(collection, access))),
  );
  app.get(`${one}/manifest`, (context) => withPage(context, options, (page) => pageAnswer(context, page, manifestOf)));
  app.get(`${one}/objects`, (context) => withPage(context, options, (page) => pageAnswer(context, page, objectOf)));
  app.post(`${one}/objects`, (context) =>
    withCollection(context, options, async (collection, access) => {
      if (!collection.writable || access.role !== 'write')
        return refuse(context, 403, 'Forbidden', 'This collection takes nothing from you.');
      if (!isTaxii(context.req.header('content-type')))
        return refuse(context, 415, 'Unsupported media type', `Only ${TAXII_TYPE}.`);
      return addObjects(context, collection, statuses, options.now());
    }),
  );
  app.get(`${one}/objects/:object`, (context) =>
    withPage(context, options, (page) => pageAnswer(context, page, objectOf), context.req.param('object')),
  );
  app.get(`${one}/objects/:object/versions`, (context) =>
    withPage(
      context,
      options,
      (page) => pageAnswer(context, page, ({ version }) => version, 'versions'),
      context.req.param('object'),
      'all',
    ),
  );
  app.delete(`${one}/objects/:object`, (context) =>
    refuse(context, 403, 'Forbidden', 'Nothing is deleted here; objects expire and are revoked.'),
  );
  return app;
}

function accessIn(context: Context, { tokens }: TaxiiOptions): Access {
  return accessOf(context.req.header('authorization'), tokens) ?? { role: 'read', covers: () => false };
}

type Answer = Response | Promise<Response>;

function withCollection(
  context: Context,
  options: TaxiiOptions,
  give: (collection: ServedCollection, access: Access) => Answer,
): Answer {
  const access = accessIn(context, options);
  const wanted = context.req.param('collection');
  const collection = options.store.collections().find(({ id, title }) => id === wanted && access.covers(id, title));
  return collection === undefined ? refuse(context, 404, 'Not found', 'No such collection.') : give(collection, access);
}

function withPage(
  context: Context,
  options: TaxiiOptions,
  give: (page: Page) => Answer,
  object: string | null = null,
  versions: string | null = null,
): Answer {
  return withCollection(context, options, async (collection) => {
    if (!collection.readable) return refuse(context, 403, 'Forbidden', 'This collection cannot be read.');
    const query = readQuery(new URL(context.req.url).searchParams);
    if ('fault' in query) return refuse(context, 400, 'Bad request', `${query.fault}.`);
    const entries = await collection.entries();
    const own = object === null ? entries : entries.filter(({ id }) => id === object);
    if (object !== null && own.length === 0) return refuse(context, 404, 'Not found', 'No such object.');
    return give(pageOf(own, versions === null ? query : { ...query, versions: [versions] }));
  });
}

function pageAnswer(
  context: Context,
  { entries, next }: Page,
  write: (entry: Entry) => unknown,
  list = 'objects',
): Response {
  const [first, last] = [entries.at(0), entries.at(-1)];
  if (first !== undefined) context.header('x-taxii-date-added-first', first.added);
  if (last !== undefined) context.header('x-taxii-date-added-last', last.added);
  if (entries.length === 0) return answer(context, {});
  return answer(context, { ...(next !== null && { more: true, next }), [list]: entries.map(write) });
}

const objectOf = ({ object }: Entry): unknown => object;
const manifestOf = ({ id, added, version, specVersion }: Entry): unknown => ({
  ...{ id, date_added: added, version },
  media_type: `application/stix+json;version=${specVersion}`,
});

const describe = ({ id, title, description, readable, writable }: ServedCollection, { role }: Access): unknown => ({
  ...{ id, title, description },
  can_read: readable,
  can_write: writable && role === 'write',
  media_types: [STIX_TYPE],
});
