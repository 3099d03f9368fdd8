/** Review, life, export, sightings and the audit of the intelligence desk, through its commands. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openSqlite } from '../src/state/sqlite.ts';
import { migrations } from '../src/state/tables.ts';
import { call } from './command.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-desk-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

type Answer = { readonly status: number; readonly out: string; readonly err: string };
async function virga(...argv: string[]): Promise<Answer> {
  const { status, out, err } = await call(argv);
  return { status, out, err };
}
const rowsOf = ({ out }: Answer) =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

/** A workspace with these rows of CSV in it. */
async function deskWith(csv: string): Promise<string> {
  const place = mkdtempSync(path.join(temp, 'w-'));
  const file = path.join(place, 'feed.csv');
  writeFileSync(file, csv);
  expect((await virga('intel', 'import', file, '-w', place, '--by', 'ana')).status).toBe(0);
  return place;
}
const list = async (place: string, ...more: string[]) => rowsOf(await virga('intel', 'list', '-w', place, ...more));
const review = (place: string, ...more: string[]) => virga('intel', 'review', '-w', place, ...more);

const CSV = `value,confidence,licence,tlp,valid_until,source
a.example,90,CC0-1.0,clear,2099-01-01,First
b.example,50,CC-BY-NC-4.0,green,2099-01-01,First
c.example,10,,red,2099-01-01,Second
`;

describe('intel review', () => {
  test('decides by filter, with a name and a reason, and remembers what stood before', async () => {
    const place = await deskWith(CSV);
    expect((await review(place, '--source', 'First', '--set', 'approved', '--by', 'ana')).err).toContain('--reason');
    const answer = await review(
      place,
      '--source',
      'First',
      '--set',
      'approved',
      '--reason',
      'known',
      '--by',
      'ana',
      '--admiralty',
      'B2',
    );
    expect(JSON.parse(answer.out)).toMatchObject({ decided: 2, blockable: 0, awaiting: 0 });
    await review(place, '--value', 'b.example', '--set', 'rejected', '--reason', 'ours', '--by', 'bo');
    const rows = await list(place);
    expect(rows.map((r) => [r.value, r.status, r.review.verdict, r.review.by, r.review.admiralty])).toEqual([
      ['a.example', 'active', 'approved', 'ana', 'B2'],
      ['b.example', 'rejected', 'rejected', 'bo', 'B2'],
      ['c.example', 'active', 'candidate', null, null],
    ]);
  });

  test('two people for what may block: one person twice is one, another verdict takes it back', async () => {
    const place = await deskWith(CSV);
    const block = (by: string) => review(place, '--value', 'a.example', '--block', '--reason', 'bad', '--by', by);
    expect(JSON.parse((await block('ana')).out)).toMatchObject({ decided: 1, blockable: 0, awaiting: 1 });
    expect(JSON.parse((await block('ana')).out)).toMatchObject({ decided: 1, blockable: 0, awaiting: 1 });
    expect(JSON.parse((await block('bo')).out)).toEqual({ decided: 1, blockable: 1, awaiting: 0, one_account: 1 });
    const blocked = await virga('intel', 'export', '-w', place, '--blockable', '--format', 'plain');
    expect(blocked.out).toBe('a.example\n');
    const strict = await virga('intel', 'export', '-w', place, '--two-accounts', '--format', 'plain');
    expect([strict.out, strict.err]).toEqual(['', expect.stringContaining('1 left out (one-account)')]);
    expect((await list(place, '--value', 'a.example'))[0].review).toMatchObject({
      ...{ by: 'bo', claimed_by: userInfo().username, one_account: true },
    });
    await review(place, '--value', 'a.example', '--set', 'monitor-only', '--reason', 'shared', '--by', 'bo');
    const [row] = await list(place, '--value', 'a.example');
    expect([row.status, row.review.blockable]).toEqual(['monitor-only', false]);
    expect((await virga('intel', 'export', '-w', place, '--blockable', '--format', 'plain')).out).toBe('');
  });

  test('needs to know which and what', async () => {
    const place = await deskWith(CSV);
    expect((await review(place, '--set', 'approved', '--reason', 'x')).err).toContain('filter');
    expect((await review(place, '--all', '--reason', 'x')).err).toContain('Say what is decided');
    expect((await review(place, '--all', '--set', 'approved', '--reason', 'x', '--admiralty', 'Z9')).status).toBe(2);
  });
});

describe('intel expire', () => {
  test('lists what expired once, and what expires soon', async () => {
    const soon = new Date(Date.now() + 3 * 86_400_000).toISOString();
    const place = await deskWith(
      `value,valid_until\nover.example,2026-01-01\nsoon.example,${soon}\nlong.example,2099-01-01\n`,
    );
    const due = rowsOf(await virga('intel', 'expire', '-w', place, '--announce', '--by', 'ana'));
    expect(due.map((r) => [r.value, r.what])).toEqual([
      ['over.example', 'expired'],
      ['soon.example', 'expires'],
    ]);
    expect(rowsOf(await virga('intel', 'expire', '-w', place)).map((r) => r.value)).toEqual(['soon.example']);
    await review(place, '--value', 'soon.example', '--until', '2098-01-01', '--reason', 'still used', '--by', 'ana');
    expect(rowsOf(await virga('intel', 'expire', '-w', place))).toEqual([]);
    expect((await list(place, '--value', 'soon.')).map((r) => r.valid_until_by)).toEqual(['review']);
  });

  test('a sighting prolongs what only its kind would end', async () => {
    const place = await deskWith(
      'value,first_seen,valid_until\na.b.workers.dev,2026-01-01,\nc.d.workers.dev,,2026-03-01\n',
    );
    const states = async () => (await list(place, '--as-of', '2026-12-01')).map((r) => [r.value, r.status]);
    expect(await states()).toEqual([
      ['a.b.workers.dev', 'expired'],
      ['c.d.workers.dev', 'expired'],
    ]);
    for (const value of ['a.b.workers.dev', 'c.d.workers.dev'])
      expect((await virga('intel', 'sightings', value, '-w', place, '--at', '2026-11-20', '--by', 'ana')).status).toBe(
        0,
      );
    expect(await states()).toEqual([
      ['a.b.workers.dev', 'active'],
      ['c.d.workers.dev', 'expired'],
    ]);
    expect(rowsOf(await virga('intel', 'sightings', '-w', place)).map((r) => [r.value, r.by, r.kind])).toEqual([
      ['a.b.workers.dev', 'ana', 'seen'],
      ['c.d.workers.dev', 'ana', 'seen'],
    ]);
  });
});

describe('intel export', () => {
  test('keeps to TLP and licence, and accounts for what it leaves out', async () => {
    const place = await deskWith(CSV);
    const own = await virga('intel', 'export', '-w', place, '--format', 'plain');
    expect([own.out, own.err]).toEqual([
      'a.example\nb.example\n',
      'virga: 2 indicators written, 1 left out (narrower-tlp).\n',
    ]);
    const shared = await virga('intel', 'export', '-w', place, '--format', 'plain', '--use', 'share', '--up-to', 'red');
    expect([shared.out, shared.err]).toEqual(['a.example\n', 'virga: 1 indicators written, 2 left out (licence).\n']);
  });

  test('what it writes as CSV and STIX is read again as the same', async () => {
    const place = await deskWith(
      'value,description,valid_until\na.example,"=cmd|x, ""y""",2099-01-01\nhttps://b.example/p,two,2099-01-01\n',
    );
    for (const format of ['csv', 'stix']) {
      const out = path.join(place, `out.${format}`);
      await virga('intel', 'export', '-w', place, '--format', format, '--out', out);
      const again = mkdtempSync(path.join(temp, 'w-'));
      await virga('intel', 'import', out, '-w', again);
      expect((await list(again)).map((r) => [r.kind, r.value, r.valid_until])).toEqual(
        (await list(place)).map((r) => [r.kind, r.value, r.valid_until]),
      );
    }
    expect(readFileSync(path.join(place, 'out.csv'), 'utf8')).toContain('"\'=cmd|x, ""y"""');
  });
});

describe('intel verify', () => {
  const changed = (place: string, sql: string): void => {
    const sqlite = openSqlite(path.join(place, 'state.db'), { migrations });
    sqlite.exec(sql);
    sqlite.close();
  };

  test('holds for what was not touched, also away from the workspace', async () => {
    const place = await deskWith(CSV);
    await review(place, '--all', '--set', 'approved', '--reason', 'x', '--by', 'ana');
    const report = JSON.parse((await virga('intel', 'verify', '-w', place)).out);
    expect(report).toMatchObject({ facts: 2, files: 1, faults: [] });
    const facts = path.join(place, 'facts.ndjson');
    writeFileSync(facts, (await virga('intel', 'log', '-w', place)).out);
    expect((await virga('intel', 'verify', facts, '--expect', report.head)).status).toBe(0);
    expect((await virga('intel', 'verify', facts, '--expect', 'f'.repeat(64))).status).toBe(1);
  });

  test('shows a fact that was changed, and one that was cut off', async () => {
    const place = await deskWith(CSV);
    await review(place, '--value', 'a.example', '--set', 'rejected', '--reason', 'x', '--by', 'ana');
    const { head } = JSON.parse((await virga('intel', 'verify', '-w', place)).out);
    changed(place, "UPDATE fact SET who = 'bo' WHERE n = 2");
    const answer = await virga('intel', 'verify', '-w', place);
    expect(answer.status).toBe(1);
    expect(JSON.parse(answer.out).faults).toEqual(['fact 2 was changed after it was recorded']);
    changed(place, 'DELETE FROM fact WHERE n = 2');
    expect((await virga('intel', 'verify', '-w', place)).status).toBe(0); // a shorter chain holds in itself
    expect((await virga('intel', 'verify', '-w', place, '--expect', head)).status).toBe(1);
  });

  test('shows a file of the log that was changed or is gone', async () => {
    const place = await deskWith(CSV);
    const [name] = readdirSync(path.join(place, 'intel'));
    const file = path.join(place, 'intel', name ?? '');
    writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.from('x')]));
    expect(JSON.parse((await virga('intel', 'verify', '-w', place)).out).faults[0]).toContain('was changed');
    rmSync(file);
    expect(JSON.parse((await virga('intel', 'verify', '-w', place)).out).faults[0]).toContain('is missing');
  });
});

describe('quarantine', () => {
  test('an entry that would hit every fifth host is shown as a lead until somebody decides', async () => {
    const place = await deskWith('value,created\nupdates.vendor.example,2026-10-01\nevil.example,2026-10-01\n');
    const event = (host: number, query: string, i: number): string =>
      JSON.stringify({
        _path: 'dns',
        ts: 1793260800 + i,
        uid: `C${host}${i}`,
        'id.orig_h': `10.0.0.${host}`,
        'id.orig_p': 40000,
        'id.resp_h': '10.0.1.53',
        'id.resp_p': 53,
        proto: 'udp',
        query,
        qtype_name: 'A',
        rcode_name: 'NOERROR',
        answers: ['198.51.100.7'],
      });
    const lines = Array.from({ length: 30 }, (_, i) => event(i + 1, 'updates.vendor.example', i));
    const log = path.join(place, 'dns.log');
    writeFileSync(log, `${[...lines, event(1, 'evil.example', 99)].join('\n')}\n`);
    await virga('hunt', log, '-w', place, '--format', 'json');
    const looked = JSON.parse((await virga('retro', '-w', place, '--format', 'json', '--by', 'ana')).out);
    expect(looked.findings.map((f: { endpoint: { host: string } }) => f.endpoint.host)).toEqual(['evil.example']);
    expect(looked.intel.guarded).toEqual([
      {
        value: 'updates.vendor.example',
        source: 'feed.csv',
        why: 'quarantined by virga: it would hit 30 of 30 internal hosts',
      },
    ]);
    expect((await list(place)).map((r) => [r.value, r.status, r.review.by])).toEqual([
      ['evil.example', 'active', null],
      ['updates.vendor.example', 'quarantined', 'virga'],
    ]);
    expect(rowsOf(await virga('intel', 'sightings', '-w', place)).map((r) => r.value)).toEqual(['evil.example']);
    const again = JSON.parse((await virga('retro', '-w', place, '--format', 'json')).out);
    expect([again.findings, again.leads]).toEqual([[], []]);
  });
});
