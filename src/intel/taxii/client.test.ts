import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { VirgaError } from '../../model/errors.ts';
import { openDoor } from '../../outbound/door.ts';
import { listShelves, readCollection, type TaxiiAccess } from './client.ts';
import { type Cursor, START, TAXII_TYPE } from './taxii.ts';

type Reply = { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown };

const open: { server: Server; close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const { server, close } of open.splice(0)) {
    await close();
    await new Promise((done) => server.close(done));
  }
});

/** Access to a server on this machine that answers as told. */
async function serve(reply: (url: URL, request: IncomingMessage) => Reply): Promise<TaxiiAccess> {
  const server = createServer((request, response) => {
    const { status = 200, headers = {}, body } = reply(new URL(request.url ?? '/', 'http://here'), request);
    response.writeHead(status, { 'content-type': TAXII_TYPE, ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const door = openDoor({ inside: ['127.0.0.0/8'] });
  open.push({ server, close: door.close });
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/taxii2/`;
  return { door, url, headers: { authorization: 'Bearer here' } };
}

const fault = async (work: () => Promise<unknown>): Promise<string> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof VirgaError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'none';
};

async function pages(access: TaxiiAccess, cursor: Cursor = START, limit: number | null = null) {
  const root = new URL('/api/', access.url).href;
  const read: { objects: readonly unknown[]; cursor: Cursor }[] = [];
  for await (const page of readCollection(access, { root, id: 'a b', limit }, cursor)) {
    read.push(page);
    if (read.length > 20) throw new Error('no end');
  }
  return read;
}

const collection = { id: 'c1', title: 'one', can_read: true, can_write: false, media_types: ['x'] };

describe('listShelves', () => {
  it('reads discovery, roots and collections, and names roots of other servers', async () => {
    const seen: string[] = [];
    const access = await serve(({ pathname }, { headers }) => {
      seen.push(`${pathname} ${headers.accept} ${headers.authorization}`);
      if (pathname === '/taxii2/') return { body: { title: 't', api_roots: ['/api/', 'http://192.0.2.1/api/'] } };
      if (pathname === '/api/') return { body: { title: 'root', versions: [TAXII_TYPE], max_content_length: 1 } };
      return { body: { collections: [collection] } };
    });
    expect(await listShelves(access)).toEqual({
      roots: [
        {
          root: new URL('/api/', access.url).href,
          title: 'root',
          collections: [{ id: 'c1', title: 'one', canRead: true, canWrite: false }],
        },
      ],
      elsewhere: ['http://192.0.2.1/api/'],
    });
    expect(seen).toEqual(['/taxii2/', '/api/', '/api/collections/'].map((path) => `${path} ${TAXII_TYPE} Bearer here`));
  });

  it('takes an API root too, also one without collections', async () => {
    const access = await serve(({ pathname }) =>
      pathname === '/taxii2/' ? { body: { title: 'root', versions: [TAXII_TYPE] } } : { body: {} },
    );
    expect(await listShelves(access)).toMatchObject({ roots: [{ title: 'root', collections: [] }] });
  });

  it.each([
    [{ status: 401, body: '' }, /other credentials \(status 401\)/],
    [{ status: 404, body: '' }, /not there/],
    [{ status: 503, headers: { 'retry-after': '120' }, body: '' }, /busy \(status 503\); it asks to wait 120/],
    [{ status: 500, body: '' }, /status 500/],
    [{ headers: { 'content-type': 'text/html' }, body: '<html>sign in</html>' }, /answers "text\/html", not TAXII 2.1/],
    [{ body: '{"title": ' }, /no JSON/],
    [{ body: '['.repeat(200_000) }, /no JSON/],
    [{ body: `{"title":"t","api_roots":${'['.repeat(200_000)}${']'.repeat(200_000)}}` }, /no JSON/],
    [{ body: { title: 7 } }, /not TAXII 2.1: title/],
  ])('%# is told', async (reply: Reply, why) => {
    const access = await serve(() => reply);
    expect(await fault(() => listShelves(access))).toMatch(/^outbound.answer/);
    expect(await fault(() => listShelves(access))).toMatch(why);
  });
});

describe('readCollection', () => {
  /** Ten objects, added a second apart, as a server of this standard gives them. */
  const added = (n: number): string => `2026-01-01T00:00:0${n}.000Z`;
  const served = ({ searchParams }: URL): Reply => {
    const after = searchParams.get('added_after');
    const from = Number(searchParams.get('next') ?? 0);
    const all = Array.from({ length: 10 }, (_, n) => n).filter((n) => after === null || added(n) > after);
    const objects = all.slice(from, from + Number(searchParams.get('limit') ?? 4));
    const last = objects.at(-1);
    const end = from + objects.length;
    return {
      headers: last === undefined ? {} : { 'x-taxii-date-added-last': added(last) },
      body: { objects, ...(end < all.length && { more: true, next: String(end) }) },
    };
  };

  it('reads every page by the word of the server, then only what is new', async () => {
    const access = await serve(served);
    const read = await pages(access);
    expect(read.flatMap(({ objects }) => objects)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(read.map(({ cursor }) => cursor)).toEqual([
      { addedAfter: null, next: '4' },
      { addedAfter: null, next: '8' },
      { addedAfter: added(9), next: null },
    ]);
    expect((await pages(access, { addedAfter: added(7), next: null })).map(({ objects }) => objects)).toEqual([[8, 9]]);
    expect(await pages(access, { addedAfter: added(9), next: null })).toEqual([
      { objects: [], cursor: { addedAfter: added(9), next: null } },
    ]);
    expect((await pages(access, START, 3)).map(({ objects }) => objects.length)).toEqual([3, 3, 3, 1]);
  });

  it('goes on from any page of an earlier run, and begins anew where the server forgot it', async () => {
    const access = await serve(served);
    for (const { cursor } of await pages(access)) {
      const rest = (await pages(access, cursor)).flatMap(({ objects }) => objects);
      expect(rest).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].filter((n) => n >= Number(cursor.next ?? 10)));
    }
    const forgetful = await serve((url) =>
      url.searchParams.has('next') ? { status: 400, body: '' } : { body: { objects: [1] } },
    );
    expect(await pages(forgetful, { addedAfter: null, next: 'gone' })).toMatchObject([{ objects: [1] }]);
  });

  it('goes on where the word of the server stays the same', async () => {
    let n = 0;
    const access = await serve(() => ({ body: { objects: [n], ...(++n < 4 && { more: true, next: 'session' }) } }));
    expect((await pages(access)).flatMap(({ objects }) => objects)).toEqual([0, 1, 2, 3]);
  });

  it('goes by time where a server says more without a word for it', async () => {
    const access = await serve((url) => {
      const { headers = {}, body } = served(url);
      const more = typeof body === 'object' && body !== null && 'more' in body;
      return { headers, body: { ...(typeof body === 'object' && body), next: undefined, more } };
    });
    expect((await pages(access)).flatMap(({ objects }) => objects)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('does not turn in circles', async () => {
    const access = await serve(() => ({ body: { more: true, next: 'x', objects: [1] } }));
    expect(await fault(() => pages(access))).toMatch(/page after page without an end/);
    const timeless = await serve(() => ({ body: { more: true, objects: [1] } }));
    expect(await fault(() => pages(timeless))).toMatch(/page after page without an end/);
  });

  it('asks for a collection whose name needs care', async () => {
    const access = await serve(({ pathname }) => ({ body: { objects: [pathname] } }));
    expect(await pages(access)).toMatchObject([{ objects: ['/api/collections/a%20b/objects/'] }]);
  });
});
