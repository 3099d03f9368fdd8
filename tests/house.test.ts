/** The house rules that a machine can check: layers, papers, licences, versions, no private paths. */
/// <reference path="../scripts/docs.d.mts" />
/// <reference path="../scripts/run-readme.d.mts" />
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { between } from '../scripts/docs.mjs';
import { blocks } from '../scripts/run-readme.mjs';

const root = path.join(import.meta.dirname, '..');
const read = (name: string): string => readFileSync(path.join(root, name), 'utf8');
const run = (command: string, ...args: readonly string[]): string =>
  execFileSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });

const versions = z.record(z.string(), z.string());
const manifest = z
  .object({ engines: versions, dependencies: versions, devDependencies: versions })
  .parse(JSON.parse(read('package.json')));

describe('layers', () => {
  const report = run(process.execPath, 'layers.mjs');

  test('no folder imports what its row does not name', () => {
    expect(report).toMatch(/^layers: \d+ files, 0 breaches$/m);
  });

  test('the check read files', () => {
    const files = Number(/^layers: (\d+) files/m.exec(report)?.[1] ?? 0);
    expect(files).toBeGreaterThan(20);
  });

  test('the table in ARCHITECTURE.md is the law as it stands', () => {
    const table = run(process.execPath, 'layers.mjs', '--print').trim();
    expect(read('ARCHITECTURE.md')).toContain(`<!-- layers -->\n${table}\n<!-- /layers -->`);
  });
});

describe('licences', () => {
  test('LICENSE is the Apache License 2.0 as published', () => {
    const text = read('LICENSE');
    expect(text).toContain('Apache License\n                           Version 2.0, January 2004');
    expect(text).toContain('END OF TERMS AND CONDITIONS');
    expect(text.split('\n').length).toBeGreaterThan(200);
  });

  test('NOTICE carries the notice of ATT&CK and of the Public Suffix List', () => {
    const text = read('NOTICE');
    expect(text).toContain(
      '© 2026 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.',
    );
    expect(text).toContain('registered trademarks of The MITRE Corporation');
    expect(text).toContain('Mozilla Public License');
  });
});

const notes = readdirSync(path.join(root, 'docs', 'decisions')).filter((name) => /^\d{4}-.*\.md$/.test(name));

describe('decision notes', () => {
  test('there are some, and their numbers have no gap', () => {
    expect(notes.map((name) => Number(name.slice(0, 4)))).toEqual(notes.map((_, n) => n + 1));
    expect(notes.length).toBeGreaterThanOrEqual(4);
  });

  test.each(notes)('%s is one page under the usual headings', (name) => {
    const text = read(`docs/decisions/${name}`);
    const headings = text.split('\n').filter((line) => line.startsWith('## '));
    expect(headings).toEqual(['## Context', '## Scope', '## Proposal', '## Alternatives', '## Open questions']);
    expect(text).toContain('**In:**');
    expect(text).toContain('**Out:**');
    expect(text.toLowerCase()).toContain('how about not doing this at all?');
    expect(text.split('\n').length).toBeLessThan(75);
  });

  test.each(notes)('%s is in the list of decisions', (name) => {
    expect(read('docs/decisions/README.md')).toContain(`(${name})`);
  });

  test('each runtime dependency has its row', () => {
    const note = read('docs/decisions/0004-runtime-dependencies.md');
    const rows = note.split('\n').filter((line) => line.startsWith('| `'));
    expect(rows.map((row) => row.split('`')[1]).sort()).toEqual(Object.keys(manifest.dependencies).sort());
  });
});

test.each(Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }))(
  'package.json pins %s exactly (%s)',
  (_, version) => {
    expect(version).toMatch(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/);
  },
);

describe('the scripts', () => {
  test('blocks: only those marked sh, in order, and an open one is an error', () => {
    expect(blocks('a\n```sh\none\ntwo\n```\n```text\nno\n```\n```sh\nthree\n```\n')).toEqual(['one\ntwo', 'three']);
    expect(() => blocks('```sh\nnever closed')).toThrow('not closed');
  });

  test('between: replaces what stands between the markers, and misses no marker in silence', () => {
    expect(between('a <!-- x -->old<!-- /x --> b', 'x', 'new')).toBe('a <!-- x -->\nnew\n<!-- /x --> b');
    expect(() => between('a <!-- x -->old b', 'x', 'new')).toThrow('missing');
  });
});

describe('the README', () => {
  const commands = blocks(read('README.md'));

  test('sets up and starts, sets up and tests, with these two commands', () => {
    expect(commands.slice(0, 2)).toEqual(['npm ci && npm start', 'npm ci && npm test']);
  });

  test.each([
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    'docs/guide/hunt.md',
    'docs/guide/limits.md',
    'docs/guide/attack.md',
    'examples/README.md',
  ])('the links inside %s lead somewhere', (name) => {
    const targets = [...read(name).matchAll(/\]\(([^)\s#]+)[^)]*\)/g)].map(([, target]) => target ?? '');
    const local = targets.filter((target) => !/^https?:/.test(target));
    const missing = local.filter((target) => !existsSync(path.join(root, path.dirname(name), target)));
    expect(missing).toEqual([]);
  });
});

test('no file in git names a path that only our machines have', () => {
  const names = run('git', '-c', 'safe.directory=*', 'ls-files', '-z').split('\0').filter(Boolean);
  expect(names.length).toBeGreaterThan(50);
  // Put together here, so that this file does not name them.
  const forbidden = [
    ['/work', 'shared'],
    ['..', 'shared'],
    ['', 'root', ''],
    ['', '.library'],
  ].map((p) => p.join('/'));
  const deleted = new Set(run('git', '-c', 'safe.directory=*', 'ls-files', '-z', '--deleted').split('\0'));
  const readable = names.filter((name) => name !== '.ci/run' && !name.endsWith('.gz') && !deleted.has(name));
  const guilty = readable.flatMap((name) => {
    const text = read(name);
    return forbidden.filter((word) => text.includes(word)).map((word) => `${name}: ${word}`);
  });
  expect(guilty).toEqual([]);
});
