/** A workspace's reviewed indicators over TAXII: what is approved goes out, what is taken back goes out as revoked. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, expect, it } from 'vitest';
import { z } from 'zod';
import { run } from '../src/cli/run.ts';
import { serveTaxii } from '../src/server/serve-taxii.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'virga-desk-'));
const workspace = path.join(dir, 'hunting');
const server = async () =>
  serveTaxii({
    ...{
      bundles: [],
      inbox: null,
      tokens: null,
      title: 't',
      host: '127.0.0.1',
      port: 0,
      tls: null,
      now: () => new Date(),
    },
    desk: { workspace, memory: '500MB', upTo: 'green', unmarked: 'amber' },
  });
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function virga(...argv: readonly string[]): Promise<void> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const err = text(stderr);
  stdout.resume();
  const status = await run([...argv, '--workspace', workspace], { stdin: Readable.from([]), stdout, stderr });
  stderr.end();
  if (status !== 0) throw new Error(await err);
}

const page = z.object({ objects: z.array(z.looseObject({ id: z.string(), type: z.string() })).default([]) });
const listed = z.object({ collections: z.array(z.object({ id: z.string(), title: z.string() })) });

it('serves what was approved, up to its TLP, and revokes what was taken back', async () => {
  const list = path.join(dir, 'list.csv');
  writeFileSync(
    list,
    [
      'value,type,source,tlp,licence',
      'evil.acct.workers.dev,domain,made up,green,CC0-1.0',
      'other.acct.workers.dev,domain,made up,green,CC0-1.0',
      'unlicensed.acct.workers.dev,domain,made up,green,',
      'secret.acct.workers.dev,domain,made up,red,CC0-1.0',
      'unmarked.acct.workers.dev,domain,made up,,CC0-1.0',
      '',
    ].join('\n'),
  );
  await virga('intel', 'import', list);
  const { url, close } = await server();
  try {
    const ask = async (path_: string): Promise<unknown> =>
      (await fetch(`${url}/api/${path_}`, { headers: { accept: 'application/taxii+json;version=2.1' } })).json();
    const { collections } = listed.parse(await ask('collections/'));
    expect(collections.map(({ title }) => title)).toEqual(['indicators', 'sightings']);
    const [indicators, sightings] = collections;
    const of = async (collection: string | undefined, query = '') =>
      page.parse(await ask(`collections/${collection}/objects/?match[type]=indicator,sighting${query}`)).objects;
    expect(await of(indicators?.id)).toEqual([]);

    await virga('intel', 'review', '--label', 'tlp:green', '--set', 'approved', '--reason', 'seen', '--by', 'ana');
    await virga('intel', 'review', '--label', 'tlp:red', '--set', 'approved', '--reason', 'seen', '--by', 'ana');
    await virga('intel', 'review', '--value', 'unmarked', '--set', 'approved', '--reason', 'seen', '--by', 'ana');
    const shared = await of(indicators?.id);
    expect(shared.map(({ pattern }) => pattern).sort()).toEqual([
      "[domain-name:value = 'evil.acct.workers.dev']",
      "[domain-name:value = 'other.acct.workers.dev']",
    ]);

    await virga('intel', 'review', '--value', 'evil', '--set', 'rejected', '--reason', 'ours', '--by', 'bo');
    const later = await of(indicators?.id);
    expect(later.filter(({ revoked }) => revoked === true).map(({ name }) => name)).toEqual(['evil.acct.workers.dev']);
    const before = shared.find(({ name }) => name === 'evil.acct.workers.dev');
    const after = later.find(({ name }) => name === 'evil.acct.workers.dev');
    expect(after?.id).toBe(before?.id);
    expect(String(after?.modified) > String(before?.modified)).toBe(true);
    expect(await of(sightings?.id)).toEqual([]);

    for (const seen of ['other.acct.workers.dev', 'secret.acct.workers.dev'])
      await virga('intel', 'sightings', seen, '--at', '2026-11-01T00:00:00Z');
    const kept = later.find(({ name }) => name === 'other.acct.workers.dev');
    expect(await of(sightings?.id)).toMatchObject([
      { type: 'sighting', sighting_of_ref: kept?.id, first_seen: '2026-11-01T00:00:00.000Z', count: 1 },
    ]);
  } finally {
    await close();
  }
});
