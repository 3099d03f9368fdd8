import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readOwn, readOwnTenants } from './own.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-own-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

describe('declarations', () => {
  test.each([
    ['jobs.acme.workers.dev', { name: 'jobs.acme.workers.dev', until: null }],
    ['Cloudflare-Workers:acme', { name: 'cloudflare-workers:acme', until: null }],
    ['vercel:acme@2027-01-31', { name: 'vercel:acme', until: Date.UTC(2027, 1, 1) }],
  ])('%s', (text, tenant) => expect(readOwn(text)).toEqual(tenant));

  test.each(['', 'acme', 'a.example@tomorrow', 'a.example@2027-13-41', 'https://a.example/x', 'a b.example'])(
    '%j is refused with what it should be',
    (text) => expect(() => readOwn(text)).toThrow(/takes a host name or platform:account/),
  );

  test('a whole platform is nobody’s own', () => {
    expect(() => readOwn('workers.dev')).toThrow(/shared by all customers/);
  });

  test('a file: one a line, comments, and the line of what is wrong', () => {
    const file = path.join(temp, 'own.txt');
    writeFileSync(file, '# ours\ncloudflare-workers:acme # the shop\r\n\nstatus.acme.example@2027-06-30\n');
    expect(readOwnTenants(['vercel:acme'], [file]).map((t) => t.name)).toEqual([
      'vercel:acme',
      'cloudflare-workers:acme',
      'status.acme.example',
    ]);
    writeFileSync(file, 'a.example\nnot one\n');
    expect(() => readOwnTenants([], [file])).toThrow(`${file}:2`);
    expect(() => readOwnTenants([], [path.join(temp, 'none')])).toThrow(/cannot be read/);
  });
});
