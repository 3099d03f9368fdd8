/** Warning lists through their commands: taken in by version, told at import, heeded at match time. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { call as command } from './command.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-warnings-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

async function call(...argv: string[]) {
  const { out: text, ...rest } = await command(argv);
  return { ...rest, text };
}
async function virga(...argv: string[]) {
  const { text, ...rest } = await call(...argv);
  const lines = text.split('\n').filter((line) => line !== '');
  return { ...rest, rows: lines.map((line) => JSON.parse(line)) };
}
const documentOf = async (...argv: string[]) => JSON.parse((await call(...argv, '--format', 'json')).text);
const place = (): string => mkdtempSync(path.join(temp, 'w-'));
function write(name: string, content: unknown): string {
  const file = path.join(place(), name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}
const list = (version: number, entries: string[], more: object = {}) =>
  write('list.json', {
    ...{ name: 'Partners', version, description: 'ours', type: 'hostname', list: entries },
    ...more,
  });
const names = (rows: readonly { name: string; version: string }[]) =>
  rows.map(({ name, version }) => `${name} ${version}`).filter((name) => !name.startsWith('Virga: '));

const LOG = `#separator \\x09
#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tquery
#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring
${['shop.partner.example', 'evil.acme.workers.dev']
  .map((name, i) => `1790000000.${i}\tC${i}\t10.1.2.3\t5353\t10.1.2.1\t53\tudp\t${name}`)
  .join('\n')}
`.replace('#fields', '#path\tdns\n#fields');

describe('virga intel warnings', () => {
  test('takes lists in by version, keeps what is not older, and can take one out of force', async () => {
    const w = place();
    const two = await virga('intel', 'warnings', list(2, ['partner.example', '']), '-w', w, '--by', 'ana');
    expect(two.rows).toMatchObject([
      { outcome: 'in force', name: 'Partners', version: '2', entries: 2, accepted: 1, refused: { 'no-text': 1 } },
    ]);
    expect((await virga('intel', 'warnings', list(1, ['old.example']), '-w', w)).rows).toMatchObject([
      { outcome: 'older', detail: 'version 2 is in force' },
    ]);
    expect((await virga('intel', 'warnings', list(2, ['partner.example']), '-w', w)).rows).toMatchObject([
      { outcome: 'unchanged' },
    ]);
    await virga('intel', 'warnings', list(10, ['partner.example', 'other.example']), '-w', w);
    const inForce = (await virga('intel', 'warnings', '-w', w)).rows;
    expect(names(inForce)).toEqual(['Partners 10']);
    expect(inForce.length).toBeGreaterThan(3); // the built-in ones
    await virga('intel', 'warnings', '--remove', 'Partners', '-w', w);
    await virga('intel', 'warnings', '--remove', inForce[0].name, '-w', w);
    const rest = (await virga('intel', 'warnings', '-w', w)).rows;
    expect(names(rest)).toEqual([]);
    expect(rest).toHaveLength(inForce.length - 2);
    expect(await virga('intel', 'warnings', '--remove', 'Partners', '-w', w)).toMatchObject({ status: 2 });
  });

  test('says what is no list, and fails where nothing was one', async () => {
    const none = await virga('intel', 'warnings', write('x.json', { type: 'bundle' }), '-w', place());
    expect(none).toMatchObject({ status: 1, rows: [{ outcome: 'no list' }] });
  });

  test('the files are part of the proof', async () => {
    const w = place();
    await virga('intel', 'warnings', list(2, ['partner.example']), '-w', w);
    expect((await virga('intel', 'verify', '-w', w)).rows).toMatchObject([{ files: 1, faults: [] }]);
    const fact = (await virga('intel', 'log', '-w', w)).rows.at(-1);
    writeFileSync(path.join(w, 'intel', JSON.parse(fact.detail).list.file), '{}');
    expect(await virga('intel', 'verify', '-w', w)).toMatchObject({ status: 1 });
  });

  test('are told at import and in the list, as of the time asked for', async () => {
    const w = place();
    const feed = write('feed.txt', 'shop.partner.example\nevil.acme.workers.dev\nicanhazip.com\n');
    await virga('intel', 'warnings', list(2, ['partner.example', 'workers.dev']), '-w', w);
    const [report] = (await virga('intel', 'import', feed, '-w', w, '--format', 'json')).rows;
    expect(report.indicators.added).toBe(3);
    expect(report.warned).toMatchObject({ held: 2, informed: 1 });
    expect(report.warned.lists).toContainEqual({ name: 'Partners', version: '2', indicators: 2 });
    expect(report.warned.examples[0]).toMatchObject({ line: 1, value: 'shop.partner.example' });
    const listed = (await virga('intel', 'list', '-w', w)).rows;
    const of = (value: string) => listed.find((row) => row.value === value).warnings;
    expect(of('shop.partner.example')).toMatchObject([{ list: 'Partners', version: '2', effect: 'hold' }]);
    expect(of('evil.acme.workers.dev')).toMatchObject([{ list: 'Partners', effect: 'inform' }]);
    expect(of('icanhazip.com')).toMatchObject([{ list: 'Virga: what is my address', effect: 'hold' }]);
  });

  test('what they hold, and what many share, is exported for blocking by nobody', async () => {
    const w = place();
    const feed = write('feed.txt', 'workers.dev\nicanhazip.com\nevil.acme.workers.dev\n');
    await virga('intel', 'import', feed, '-w', w, '--format', 'json');
    for (const by of ['ana', 'bo'])
      await call('intel', 'review', '--all', '--block', '--reason', 'x', '--by', by, '-w', w);
    const out = await call('intel', 'export', '--blockable', '--format', 'plain', '-w', w);
    expect(out.text).toBe('evil.acme.workers.dev\n');
    expect(out.err).toMatch(/1 left out \(shared-apex\)/);
    expect(out.err).toMatch(/1 left out \(warning-list\)/);
    expect((await call('intel', 'export', '--format', 'plain', '-w', w)).text.split('\n')).toHaveLength(4);
  });

  test('asked about values they answer with list, version and entry', async () => {
    const { rows } = await virga(
      'intel',
      'warnings',
      '--ask',
      'hxxps://icanhazip[.]com/',
      'evil.example',
      '-w',
      place(),
    );
    expect(rows).toMatchObject([
      { held: true, lists: [{ entry: 'icanhazip.com' }] },
      { held: false, lists: [] },
    ]);
  });
});

describe('at match time', () => {
  const log = write('dns.log', LOG);
  const feed = write('feed.csv', 'domain,created\nshop.partner.example,2026-09-01\nevil.acme.workers.dev,2026-09-01\n');
  const hosts = (found: readonly { endpoint: { host: string } }[]) => found.map(({ endpoint }) => endpoint.host);

  test('without a list both convict', async () => {
    const document = await documentOf('hunt', log, '--intel', feed);
    expect(hosts(document.findings).sort()).toEqual(['evil.acme.workers.dev', 'shop.partner.example']);
  });

  test('what a list holds becomes a lead with the evidence; a shared suffix clears no tenant', async () => {
    const warnings = list(2, ['partner.example', 'workers.dev']);
    const document = await documentOf('hunt', log, '--intel', feed, '--warnings', warnings);
    expect(hosts(document.findings)).toEqual(['evil.acme.workers.dev']);
    const said = 'the warning list "Partners", version 2 (entry partner.example)';
    expect(document.leads[0].evidence[0].guard).toContain(said);
    expect(document.findings[0].evidence[0].summary).toContain('many customers share workers.dev');
    expect(document.intel.guarded).toMatchObject([{ value: 'shop.partner.example' }]);
    expect(names(document.intel.warning_lists)).toEqual(['Partners 2']);
  });

  test('a look back heeds the lists of the workspace', async () => {
    const w = place();
    await call('ingest', log, '-w', w);
    await virga('intel', 'warnings', list(2, ['partner.example', 'workers.dev']), '-w', w);
    await virga('intel', 'import', feed, '-w', w, '--format', 'json');
    const document = await documentOf('retro', '-w', w);
    expect(hosts(document.findings)).toEqual(['evil.acme.workers.dev']);
    expect(document.leads[0].evidence[0].guard).toContain('"Partners", version 2');
  });
});
