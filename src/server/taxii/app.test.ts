import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { VirgaError } from '../../model/errors.ts';
import { serveTaxii } from '../serve-taxii.ts';
import { MAX_CONTENT, taxiiApp } from './app.ts';
import { bundleStore } from './bundles.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'virga-server-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const id = (n: number, type = 'indicator'): string => `${type}--6f1c2d3e-0000-4000-8000-${String(n).padStart(12, '0')}`;
const indicator = (n: number, facts: object = {}): object => ({
  ...{ type: 'indicator', spec_version: '2.1', id: id(n), created: '2026-01-01T00:00:00.000Z' },
  ...{ modified: '2026-01-01T00:00:00.000Z', ...facts },
});
const file = path.join(dir, 'feed.json');
const write = (second: number, ...objects: readonly object[]): void => {
  writeFileSync(file, JSON.stringify({ type: 'bundle', id: id(1, 'bundle'), objects }));
  utimesSync(file, second, second);
};
write(
  1_767_225_600,
  ...[1, 2, 3, 4, 5].map((n) => indicator(n)),
  indicator(1, { modified: '2026-02-01T00:00:00.000Z', name: 'newer' }),
  {
    type: 'malware',
    spec_version: '2.1',
    id: id(1, 'malware'),
    created: '2026-01-01T00:00:00Z',
    modified: '2026-01-01T00:00:00Z',
  },
  { type: 'identity', id: id(1, 'identity'), created: '2020-01-01T00:00:00Z', modified: '2020-01-01T00:00:00Z' },
);

const sha256 = (token: string): string => createHash('sha256').update(token).digest('hex');
const tokens = [
  { name: 'reader', sha256: sha256('r'), role: 'read' as const },
  { name: 'writer', sha256: sha256('w'), role: 'write' as const },
  { name: 'inbox only', sha256: sha256('i'), role: 'write' as const, collections: ['inbox'] },
];
const inbox = path.join(dir, 'inbox');
const now = (): Date => new Date('2026-11-24T00:00:00Z');
const app = taxiiApp({ store: await bundleStore([file], inbox), tokens, title: 'made up', now });
const TYPE = 'application/taxii+json;version=2.1';

async function ask(
  url: string,
  { token = 'r', headers = {}, ...init }: { token?: string; headers?: object } & RequestInit = {},
) {
  const response = await app.request(url, {
    ...init,
    headers: { accept: TYPE, authorization: `Bearer ${token}`, ...headers },
  });
  const body: unknown = JSON.parse((await response.text()) || 'null');
  return { status: response.status, headers: response.headers, body };
}
const listed = z.object({ collections: z.array(z.object({ id: z.string(), title: z.string() })) });
const collections = async (token = 'w') => listed.parse((await ask('/api/collections/', { token })).body).collections;
const feed = `/api/collections/${(await collections())[0]?.id}`;
const objectsShape = z.object({
  objects: z.array(z.looseObject({ id: z.string() })).default([]),
  more: z.boolean().optional(),
  next: z.string().optional(),
});
const idsOf = (body: unknown): string[] => objectsShape.parse(body).objects.map((object) => object.id);

describe('what is there', () => {
  it('discovery, API root, collections by role', async () => {
    expect((await ask('/taxii2/')).body).toEqual({ title: 'made up', default: '/api/', api_roots: ['/api/'] });
    expect((await ask('/api/')).body).toEqual({ title: 'made up', versions: [TYPE], max_content_length: MAX_CONTENT });
    expect((await ask('/api/collections/')).body).toMatchObject({
      collections: [
        { title: 'feed.json', can_read: true, can_write: false, media_types: ['application/stix+json;version=2.1'] },
        { title: 'inbox', can_read: false, can_write: false },
      ],
    });
    expect((await ask('/api/collections/', { token: 'w' })).body).toMatchObject({
      collections: [{}, { can_write: true }],
    });
    expect((await collections('i')).map(({ title }) => title)).toEqual(['inbox']);
    expect((await ask(`${feed}/`)).body).toMatchObject({ title: 'feed.json' });
  });

  it('the newest version of each object, with the times of the page', async () => {
    const { status, headers, body } = await ask(`${feed}/objects/`);
    expect([status, headers.get('content-type')]).toEqual([200, TYPE]);
    expect(idsOf(body)).toEqual([id(2), id(3), id(4), id(5), id(1), id(1, 'malware'), id(1, 'identity')]);
    expect(headers.get('x-taxii-date-added-first')).toBe('2026-01-01T00:00:00.000000Z');
    expect(headers.get('x-taxii-date-added-last')).toBe('2026-01-01T00:00:00.000000Z');
  });

  it('pages that add up', async () => {
    const ids: string[] = [];
    for (let next: string | undefined = '0'; next !== undefined; ) {
      const { body } = await ask(`${feed}/objects/?limit=3${next === '0' ? '' : `&next=${next}`}`);
      const page = objectsShape.parse(body);
      expect(page.more ?? false).toBe(page.next !== undefined);
      ids.push(...idsOf(body));
      next = page.next;
    }
    expect(ids).toEqual(idsOf((await ask(`${feed}/objects/`)).body));
  });

  it.each([
    [`match[id]=${id(2)},${id(3)}`, [id(2), id(3)]],
    ['match[type]=malware', [id(1, 'malware')]],
    ['match[type]=malware,identity', [id(1, 'malware'), id(1, 'identity')]],
    ['match[spec_version]=2.0', [id(1, 'identity')]],
    [`match[id]=${id(1)}&match[version]=all`, [id(1), id(1)]],
    [`match[id]=${id(1)}&match[version]=first,last`, [id(1), id(1)]],
    ['match[version]=2026-02-01T00:00:00Z', [id(1)]],
    ['added_after=2025-12-31T23:59:59.999Z&limit=1', [id(2)]],
    ['added_after=2026-01-01T00:00:00Z', []],
    ['match[type]=none', []],
  ])('filter %s', async (filter, expected) => {
    const { status, body } = await ask(`${feed}/objects/?${filter}`);
    expect([status, idsOf(body)]).toEqual([200, expected]);
  });

  it('manifest, one object, its versions', async () => {
    expect((await ask(`${feed}/manifest/?limit=1`)).body).toEqual({
      more: true,
      next: '1',
      objects: [
        {
          ...{ id: id(2), date_added: '2026-01-01T00:00:00.000000Z', version: '2026-01-01T00:00:00.000Z' },
          media_type: 'application/stix+json;version=2.1',
        },
      ],
    });
    expect((await ask(`${feed}/objects/${id(1)}/`)).body).toMatchObject({ objects: [{ name: 'newer' }] });
    expect((await ask(`${feed}/objects/${id(1)}/versions/`)).body).toEqual({
      versions: ['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'],
    });
  });

  it('and what is new when the file is', async () => {
    write(1_767_225_700, indicator(9));
    const { body } = await ask(`${feed}/objects/?added_after=2026-01-01T00:00:00Z`);
    expect(idsOf(body)).toEqual([id(9)]);
  });
});

describe('what is refused', () => {
  it.each([
    [400, `${feed}/objects/?limit=0`, {}],
    [400, `${feed}/objects/?limit=x`, {}],
    [400, `${feed}/objects/?next=-1`, {}],
    [400, `${feed}/objects/?added_after=soon`, {}],
    [400, `${feed}/objects/?match[version]=old`, {}],
    [401, '/taxii2/', { token: '' }],
    [401, `${feed}/objects/`, { token: 'guess' }],
    [404, '/api/collections/none/', {}],
    [404, `${feed}/`, { token: 'i' }],
    [404, `${feed}/objects/${id(77)}/`, {}],
    [404, '/api/status/none/', {}],
    [404, '/../../etc/passwd', {}],
    [406, '/taxii2/', { headers: { accept: 'text/html' } }],
    [406, '/taxii2/', { headers: { accept: 'application/taxii+json;version=2.0' } }],
    [403, `${feed}/objects/`, { method: 'POST', token: 'w', headers: { 'content-type': TYPE }, body: '{}' }],
    [403, `${feed}/objects/${id(9)}/`, { method: 'DELETE', token: 'w' }],
  ])('%d for %s', async (status, url, init) => {
    const answer = await ask(url, init);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe(TYPE);
    expect(answer.body).toMatchObject({ title: expect.any(String), http_status: String(status) });
  });

  it('a password is a token too; any type is ours', async () => {
    const basic = `Basic ${Buffer.from('anyone:r').toString('base64')}`;
    expect((await ask('/taxii2/', { headers: { authorization: basic, accept: '*/*' } })).status).toBe(200);
  });
});

describe('the inbox', async () => {
  const target = `/api/collections/${(await collections()).find(({ title }) => title === 'inbox')?.id}/objects/`;
  const post = (body: string, more: object = {}) =>
    ask(target, { method: 'POST', token: 'w', headers: { 'content-type': TYPE }, body, ...more });

  it('keeps what is sent as a bundle, for review, and serves it to nobody', async () => {
    const { status, body } = await post(JSON.stringify({ objects: [indicator(7)] }));
    expect(status).toBe(202);
    expect(body).toMatchObject({
      status: 'complete',
      total_count: 1,
      success_count: 1,
      failure_count: 0,
      failures: [],
    });
    const statusId = z.object({ id: z.string() }).parse(body).id;
    expect((await ask(`/api/status/${statusId}/`, { token: 'w' })).body).toEqual(body);
    const [kept] = readdirSync(inbox);
    expect(JSON.parse(readFileSync(path.join(inbox, kept ?? ''), 'utf8'))).toMatchObject({ objects: [{ id: id(7) }] });
    expect((await ask(target)).status).toBe(403);
  });

  it.each([
    [403, '{}', { token: 'r' }],
    [415, '{}', { headers: { 'content-type': 'application/json' } }],
    [422, '{}', {}],
    [422, 'no json', {}],
    [422, '['.repeat(100_000), {}],
    [422, `{"objects":[{"type":"x","id":"x","a":${'['.repeat(100_000)}${']'.repeat(100_000)}}]}`, {}],
    [422, JSON.stringify({ objects: [{ type: 'indicator' }] }), {}],
    [413, JSON.stringify({ objects: [{ type: 'x', id: 'x'.repeat(MAX_CONTENT) }] }), {}],
  ])('%d for %#', async (status, body, more) => {
    expect((await post(body, more)).status).toBe(status);
    expect(readdirSync(inbox)).toHaveLength(1);
  });
});

describe('serving', () => {
  const options = {
    bundles: [file],
    desk: null,
    inbox: null,
    tokens: null,
    title: 't',
    host: '127.0.0.1',
    port: 0,
    tls: null,
    now,
  };
  const codeOf = async (change: object): Promise<string> => {
    try {
      await (await serveTaxii({ ...options, ...change })).close();
    } catch (error) {
      if (error instanceof VirgaError) return error.code;
      throw error;
    }
    return 'none';
  };

  it('answers over HTTP, and ends', async () => {
    const server = await serveTaxii(options);
    expect((await fetch(`${server.url}/taxii2/`, { headers: { accept: TYPE } })).status).toBe(200);
    expect(await codeOf({ port: Number(new URL(server.url).port) })).toBe('server.port');
    await server.close();
    await expect(fetch(`${server.url}/taxii2/`)).rejects.toThrow();
  });

  it.each([
    [{ host: '0.0.0.0' }, 'server.open'],
    [{ host: '0.0.0.0', tokens: file }, 'server.open'],
    [{ tokens: file }, 'server.tokens'],
    [{ tokens: path.join(dir, 'none') }, 'path.missing'],
    [{ bundles: [path.join(dir, 'none')] }, 'path.missing'],
    [{ bundles: [path.join(import.meta.dirname, 'app.ts')] }, 'intel.unreadable'],
  ])('%j is not served', async (change, code) => {
    expect(await codeOf(change)).toBe(code);
  });
});
