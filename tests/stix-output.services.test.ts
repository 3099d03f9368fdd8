/** What we write as STIX, before the validator of OASIS and read back by ourselves. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../src/cli/run.ts';
import { plainOutput } from '../src/reports/index.ts';
import { stix } from '../src/reports/stix.ts';
import { emptyDocument, hostileTexts, sampleDocument, withTexts } from '../src/reports/testing.ts';
import { runPython } from './python.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'virga-stix-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const VALIDATE = `
import sys
from stix2validator import ValidationOptions, validate_file
result = validate_file(sys.argv[1], ValidationOptions(version='2.1', strict=False))
for one in [result, *(result.object_results or [])]:
    for error in getattr(one, 'errors', None) or []: print('error', error)
    for warning in getattr(one, 'warnings', None) or []: print('warning', warning)
print('valid' if result.is_valid else 'not valid')
`;

/** What the validator says, a line each; the last is its verdict. */
async function validate(json: string): Promise<string[]> {
  const file = path.join(dir, 'bundle.json');
  writeFileSync(file, json);
  return (await runPython(VALIDATE, [file])).trimEnd().split('\n');
}

async function virga(...argv: readonly string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [out, err] = [text(stdout), text(stderr)];
  const status = await run(argv, { stdin: Readable.from([]), stdout, stderr });
  stdout.end();
  stderr.end();
  return { status, out: await out, err: await err };
}

describe('a hunt', () => {
  it.each([
    ['with findings and leads', sampleDocument()],
    ['without', emptyDocument()],
    ['of hostile names', withTexts(sampleDocument(), () => hostileTexts.join(' ').slice(0, 300))],
  ])('%s is valid', async (_what, document) => {
    const said = await validate(stix.render(document, plainOutput));
    expect(said.filter((line) => line.startsWith('error'))).toEqual([]);
    expect(said.at(-1)).toBe('valid');
  });

  // Warning 103 recommends random ids; ours follow from the content, so that the same fact is the same object.
  it('of the example is valid, without other warnings', async () => {
    const out = path.join(dir, 'example.stix.json');
    const { status } = await virga('hunt', 'examples/logs', '--intel', 'examples/intel', '--out', out);
    expect(status).toBe(0);
    const said = await validate(readFileSync(out, 'utf8'));
    expect(said.filter((line) => line.startsWith('error'))).toEqual([]);
    expect(said.filter((line) => !line.includes('{103}'))).toEqual(['valid']);
  });
});
