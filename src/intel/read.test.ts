import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VirgaError } from '../model/errors.ts';
import type { Indicator } from '../model/indicator.ts';
import { collectIntel, type IntelFile, readIntel } from './read.ts';

let temp = '';
beforeEach(() => {
  temp = mkdtempSync(path.join(tmpdir(), 'virga-read-'));
});
afterEach(() => {
  rmSync(temp, { recursive: true, force: true });
});

function put(name: string, content: string | Uint8Array): string {
  const file = path.join(temp, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

const adds = (file: IntelFile): boolean =>
  file.objects === file.indicators + file.other + Object.values(file.refused).reduce((a, b) => a + b, 0);
const codeOf = (paths: string[]): Promise<string> =>
  collectIntel(paths).then(
    () => 'none',
    (error: unknown) => (error instanceof VirgaError ? error.code : String(error)),
  );

it('reads files and directories in a stable order, each kind by its content', async () => {
  put('b/list.dat', 'evil.example\n192.0.2.7\n!\nnot one\n');
  put('b/a.bin', gzipSync('value,type\nevil.example,domain\n'));
  put('a/x', '#fields\tindicator\tindicator_type\nevil.example\tIntel::DOMAIN\n');
  const { files, indicators, refusals } = await collectIntel([path.join(temp, 'b'), path.join(temp, 'a', 'x')]);
  expect(files.map(({ file, kind }) => [path.relative(temp, file), kind])).toEqual([
    ['b/a.bin', 'csv'],
    ['b/list.dat', 'plain'],
    ['a/x', 'zeek-intel'],
  ]);
  expect(files[1]).toMatchObject({ objects: 3, indicators: 2, other: 0, refused: { 'not-an-indicator': 1 } });
  expect(files.every(adds)).toBe(true);
  expect(indicators).toHaveLength(4);
  expect(refusals).toEqual([
    { file: path.join(temp, 'b/list.dat'), line: 4, reason: 'not-an-indicator', detail: 'more than one word: not one' },
  ]);
  expect(indicators[0]?.source).toEqual({ name: 'a.bin', licence: null, file: path.join(temp, 'b/a.bin') });
});

it.each([
  ['an empty file', '', 'no-indicators'],
  ['a text of words', 'Permission is hereby granted, free of charge, to any person.\n', 'no-indicators'],
  ['a binary', Buffer.from([1, 2, 0, 3]), 'unknown-format'],
  ['other JSON', '{"a": {"b": 1}}', 'unknown-format'],
  ['an HTML page', '<!DOCTYPE html><title>404</title>', 'unknown-format'],
  ['a cut-off gzip', gzipSync('evil.example\n'.repeat(99)).subarray(0, 20), 'bad-compression'],
  ['broken JSON', '{"type": "bundle", "objects": [', 'bad-json'],
])('%s is one clear refusal', async (_what, content, reason) => {
  const { files, refusals, indicators } = await collectIntel([put('x', content)]);
  expect(files).toMatchObject([{ objects: 1, indicators: 0, other: 0, refused: { [reason]: 1 } }]);
  expect(refusals[0]?.reason).toBe(reason);
  expect(indicators).toEqual([]);
});

it('keeps what came before the damage', async () => {
  const packed = gzipSync(
    Buffer.from(Array.from({ length: 60_000 }, (_, i) => `h${(i * 7919) % 65_521}.example\n`).join('')),
  );
  const { files } = await collectIntel([put('x.gz', packed.subarray(0, packed.length - 4000))]);
  expect(files[0]?.indicators).toBeGreaterThan(1000);
  expect(files[0]?.refused).toEqual({ 'bad-compression': 1 });
  expect(files.every(adds)).toBe(true);
});

it('names what it does not read in a directory', async () => {
  put('.git/config', 'x');
  put('list.txt', 'evil.example\n');
  symlinkSync(path.join(temp, 'list.txt'), path.join(temp, 'link.txt'));
  symlinkSync(path.join(temp, 'nowhere'), path.join(temp, 'broken.txt'));
  symlinkSync(temp, path.join(temp, 'loop'));
  execFileSync('mkfifo', [path.join(temp, 'pipe')]);
  const { files } = await collectIntel([temp]);
  expect(
    Object.fromEntries(files.map(({ file, refused }) => [path.basename(file), Object.keys(refused)[0] ?? 'read'])),
  ).toEqual({
    '.git': 'hidden',
    'broken.txt': 'unreadable',
    'link.txt': 'read',
    'list.txt': 'read',
    pipe: 'not-a-file',
  });
  expect(files.every(adds)).toBe(true);
});

it('throws for a named path that is missing', async () => {
  expect(await codeOf([path.join(temp, 'nowhere')])).toBe('path.missing');
});

it.skipIf(process.getuid?.() === 0)('says what may not be read', async () => {
  const file = put('sub/x', 'evil.example\n');
  chmodSync(file, 0);
  expect(await codeOf([file])).toBe('path.no-permission');
  const { files } = await collectIntel([path.dirname(file)]);
  expect(files[0]?.refused).toEqual({ unreadable: 1 });
});

it('reads stdin', async () => {
  async function* stdin(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('evil.exa');
    yield Buffer.from('mple\n');
  }
  const { files, indicators } = await collectIntel(['-'], { stdin: stdin() });
  expect(files).toMatchObject([{ file: '-', kind: 'plain', indicators: 1 }]);
  expect(indicators[0]?.source.name).toBe('stdin');
});

it('hands over batches in order and waits for the taker', async () => {
  const file = put('list', Array.from({ length: 30_000 }, (_, i) => `h${i}.example.org\n`).join(''));
  const seen: string[] = [];
  let busy = false;
  const take = async (batch: readonly Indicator[]): Promise<void> => {
    expect(busy).toBe(false);
    busy = true;
    for (let i = 0; i < 50; i++) await new Promise(setImmediate);
    seen.push(...batch.map(({ value }) => value ?? ''));
    busy = false;
  };
  await readIntel([file], { take });
  expect(seen).toEqual(Array.from({ length: 30_000 }, (_, i) => `h${i}.example.org`));
});

describe('ceilings', () => {
  it('on the size of a file', async () => {
    const file = put('big', 'evil.example\n'.repeat(100_000));
    const { files } = await collectIntel([file], { maxBytes: 1_000_000 });
    expect(files[0]?.refused).toEqual({ 'too-large': 1 });
    expect(files[0]?.indicators).toBeLessThan(100_000);
    expect(files.every(adds)).toBe(true);
  });

  it('on a JSON document', async () => {
    const file = put('big.json', JSON.stringify({ type: 'bundle', objects: ['x'.repeat(2000)] }));
    const { files } = await collectIntel([file], { maxDocument: 1000 });
    expect(files).toMatchObject([{ kind: 'stix', objects: 1, refused: { 'too-large': 1 } }]);
  });

  it('on the indicators of a run, over all files', async () => {
    const paths = [put('a', 'a.example\nb.example\n'), put('b', 'c.example\nd.example\n'), put('c', 'e.example\n')];
    const { files, indicators } = await collectIntel(paths, { maxIndicators: 3 });
    expect(indicators.map(({ value }) => value)).toEqual(['a.example', 'b.example', 'c.example']);
    expect(files.map(({ refused }) => refused['too-many'] ?? 0)).toEqual([0, 1, 1]);
    expect(files.every(adds)).toBe(true);
  });

  it('on the values of one pattern: all of them or none', async () => {
    const pattern = "[domain-name:value IN ('a.example', 'b.example')]";
    const file = put('or.json', JSON.stringify({ type: 'bundle', objects: [{ type: 'indicator', id: 'x', pattern }] }));
    const some = await collectIntel([file], { maxIndicators: 2 });
    expect(some.files).toMatchObject([{ objects: 1, indicators: 0, refused: { 'too-many': 1 } }]);
    const all = await collectIntel([file], { maxIndicators: 3 });
    expect(all.files).toMatchObject([{ objects: 1, indicators: 1, other: 0, refused: {} }]);
    expect(all.indicators.map(({ value }) => value)).toEqual([null, 'a.example', 'b.example']);
  });

  it('on the length of a pattern: a longer one is kept as it is', async () => {
    const pattern = `[url:value = '${'x'.repeat(1_048_576)}'`;
    const file = put(
      'long.json',
      JSON.stringify({ type: 'bundle', objects: [{ type: 'indicator', id: 'x', pattern }] }),
    );
    const { indicators } = await collectIntel([file]);
    expect(indicators).toMatchObject([{ kind: 'pattern', value: null, pattern }]);
  });

  it('and stops to read where no more is taken', async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (let i = 0; ; i++) yield Buffer.from(`h${i}.example.org\n`.repeat(10_000));
    }
    const { files } = await collectIntel(['-'], { stdin: endless(), maxIndicators: 3 });
    expect(files).toMatchObject([{ objects: 4, indicators: 3, refused: { 'too-many': 1 } }]);
  });

  it('on the examples of refusals', async () => {
    const paths = Array.from({ length: 80 }, (_, i) => put(`f${i}`, `evil.example\n${'x!\n'.repeat(50)}`));
    const { files, refusals } = await collectIntel(paths);
    expect(refusals).toHaveLength(200);
    expect(refusals.filter(({ file }) => file === paths[0])).toHaveLength(3);
    expect(files.every((file) => adds(file) && file.objects === 51)).toBe(true);
  });
});
