/** What we write of adversary software, before the validator of OASIS and the parser of SigmaHQ. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../src/cli/run.ts';
import { runPython } from './python.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'virga-export-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function virga(...argv: readonly string[]): Promise<string> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [out] = [text(stdout), text(stderr)];
  const status = await run(argv, { stdin: Readable.from([]), stdout, stderr });
  stdout.end();
  stderr.end();
  expect(status).toBe(0);
  return out;
}

const STIX = `
import sys, json
from stix2validator import ValidationOptions, validate_file
from stix2patterns.v21.pattern import Pattern
result = validate_file(sys.argv[1], ValidationOptions(version='2.1', strict=False))
for one in [result, *(result.object_results or [])]:
    for error in getattr(one, 'errors', None) or []: print('error', error)
for o in json.load(open(sys.argv[1]))['objects']:
    if o['type'] == 'indicator': Pattern(o['pattern'])
print('valid' if result.is_valid else 'not valid')
`;

const SIGMA = `
import sys
from sigma.collection import SigmaCollection
rules = SigmaCollection.from_yaml(open(sys.argv[1]).read(), collect_errors=True)
for rule in rules:
    for error in rule.errors: print('error', error)
    for condition in rule.detection.parsed_condition: condition.parsed
print(len(rules.rules), 'rules')
`;

describe.each([
  ['the built-in set', []],
  ['a profile', ['examples/characteristics']],
])('%s', (_what, paths) => {
  it('is valid STIX 2.1', async () => {
    const file = path.join(dir, 'bundle.json');
    writeFileSync(file, await virga('characteristics', 'export', ...paths));
    expect((await runPython(STIX, [file])).trim()).toBe('valid');
  });

  it('is Sigma that pySigma reads without an error', async () => {
    const file = path.join(dir, 'rules.yml');
    const rules = await virga('characteristics', 'export', ...paths, '--format', 'sigma');
    writeFileSync(file, rules);
    const said = (await runPython(SIGMA, [file])).trim().split('\n');
    expect(said).toEqual([`${rules.split('\n---\n').length} rules`]);
  });
});
