/** Our TAXII server before the client of OASIS (taxii2-client), and before our own. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { collectIntel } from '../src/intel/read.ts';
import { exportStix } from '../src/pipeline/stix-export.ts';
import { pullTaxii } from '../src/pipeline/taxii.ts';
import type { Listening } from '../src/server/listen.ts';
import { serveTaxii } from '../src/server/serve-taxii.ts';
import { runPython } from './python.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'virga-serve-'));
const inbox = path.join(dir, 'inbox');
const HOSTS = Array.from({ length: 250 }, (_, n) => `h${n}.evil.example`);
let server: Listening;

beforeAll(async () => {
  const list = path.join(dir, 'hosts.txt');
  writeFileSync(list, HOSTS.join('\n'));
  const now = (): Date => new Date('2026-11-24T00:00:00Z');
  const { text } = await exportStix({ paths: [list], unmarked: 'green', upTo: 'green', now: now() });
  mkdirSync(path.join(dir, 'shared'));
  writeFileSync(path.join(dir, 'shared', 'a.json'), text);
  const sha256 = createHash('sha256').update('secret').digest('hex');
  const tokens = path.join(dir, 'tokens.json');
  writeFileSync(tokens, JSON.stringify([{ name: 'partner', sha256, role: 'write' }]));
  const where = { host: '127.0.0.1', port: 0, tls: null };
  server = await serveTaxii({
    bundles: [path.join(dir, 'shared')],
    desk: null,
    inbox,
    tokens,
    title: 'made up',
    ...where,
    now,
  });
});
afterAll(async () => {
  await server.close();
  rmSync(dir, { recursive: true, force: true });
});

const CLIENT = `
import json, sys
from taxii2client.v21 import Server, as_pages
server = Server(sys.argv[1], user='partner', password='secret')
root = server.api_roots[0]
shared, inbox = root.collections
pages = list(as_pages(shared.get_objects, per_request=100))
objects = [o for page in pages for o in page.get('objects', [])]
first = objects[5]
sent = inbox.add_objects({'objects': [first]}, wait_for_completion=True)
print(json.dumps({
  'title': server.title, 'root': root.title, 'versions': root.versions, 'collections': [shared.title, inbox.title],
  'pages': [len(page.get('objects', [])) for page in pages],
  'ids': [o['id'] for o in objects],
  'manifest': len(shared.get_manifest(limit=1000)['objects']),
  'types': sorted({o['type'] for o in shared.get_objects(type='indicator', limit=1000)['objects']}),
  'one': shared.get_object(first['id'])['objects'] == [first],
  'object_versions': shared.object_versions(first['id'])['versions'] == [first['modified']] if hasattr(shared, 'object_versions') else True,
  'sent': [sent.status, sent.success_count, sent.failure_count],
}))
`;
const VALIDATE = `
import sys
from stix2validator import ValidationOptions, validate_file
result = validate_file(sys.argv[1], ValidationOptions(version='2.1'))
print('valid' if result.is_valid else [str(e) for r in result.object_results for e in r.errors])
`;
const seen = z.object({ ids: z.array(z.string()), pages: z.array(z.number()) });

it('taxii2-client finds, pages, filters and sends', async () => {
  const said: unknown = JSON.parse(await runPython(CLIENT, [`${server.url}/taxii2/`]));
  expect(said).toMatchObject({
    ...{ title: 'made up', root: 'made up', versions: ['application/taxii+json;version=2.1'] },
    ...{ collections: ['shared', 'inbox'], manifest: 252, types: ['indicator'], one: true, object_versions: true },
    sent: ['complete', 1, 0],
  });
  const { ids, pages } = seen.parse(said);
  expect(pages).toEqual([100, 100, 52]);
  expect(new Set(ids).size).toBe(252); // 250 indicators, our identity, one marking
  expect(readdirSync(inbox)).toHaveLength(1);
});

it('our own client reads what our own server gives, once', async () => {
  const out = path.join(dir, 'pulled');
  const authorization = `Bearer secret`;
  const policy = { inside: ['127.0.0.0/8'] };
  const pull = () =>
    pullTaxii({
      server: { url: `${server.url}/taxii2/`, authorization, policy },
      ...{ collection: 'shared', out, addedAfter: null, limit: 99, progress: () => undefined },
    });
  expect(await pull()).toMatchObject([{ objects: 252 }]);
  expect(await pull()).toMatchObject([{ objects: 0 }]);
  for (const name of readdirSync(out)) {
    const said = await runPython(VALIDATE, [path.join(out, name)]);
    expect(said.trim()).toBe('valid');
  }
  const { indicators } = await collectIntel([out]);
  expect(indicators.map(({ value }) => value).sort()).toEqual([...HOSTS].sort());
});
