import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { run } from '../src/cli/run.ts';

async function virga(argv: readonly string[], input: string | Buffer = '') {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [out, err] = [text(stdout), text(stderr)];
  const status = await run(argv, { stdin: Readable.from([Buffer.from(input)]), stdout, stderr });
  stdout.end();
  stderr.end();
  return { status, out: await out, err: await err };
}

const rowsOf = (out: string): unknown[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

const profile = 'set sleeptime "5000";\nhttp-get { set uri "/a /b"; client { header "Accept" "x"; } }\n';

describe('virga characteristics import', () => {
  it('prints one line a file, in order, with what is wrong and where', async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'virga-test-'));
    writeFileSync(path.join(dir, '1.profile'), profile);
    writeFileSync(path.join(dir, '2.profile.gz'), gzipSync(profile));
    writeFileSync(path.join(dir, '3.profile'), 'http-get {\n set uri "/a";\n');
    writeFileSync(path.join(dir, '4.txt'), 'only prose\n');
    const { status, out } = await virga(['characteristics', 'import', dir, '--format', 'ndjson']);
    expect(status).toBe(0);
    const good = {
      kind: 'malleable-c2',
      parsed: true,
      error: null,
      profile: { sleeptime: 5000, get: { uris: ['/a', '/b'] } },
    };
    expect(rowsOf(out)).toMatchObject([
      { file: path.join(dir, '1.profile'), ...good },
      { file: path.join(dir, '2.profile.gz'), ...good },
      { kind: 'malleable-c2', parsed: false, error: 'line 1: the block `http-get` is never closed.' },
      { kind: null, parsed: false, error: expect.stringContaining('none of the kinds') },
    ]);
  });

  it('reads standard input', async () => {
    const { status, out } = await virga(['characteristics', 'import', '-'], profile);
    expect([status, rowsOf(out)]).toMatchObject([0, [{ file: '-', kind: 'malleable-c2', parsed: true }]]);
  });

  it('fails where nothing can be read, and where nothing is', async () => {
    expect(await virga(['characteristics', 'import', '-'], 'prose')).toMatchObject({
      status: 1,
      err: expect.stringContaining('None of 1 files could be read'),
    });
    expect(await virga(['characteristics', 'import', '/nowhere'])).toMatchObject({ status: 1 });
    expect(await virga(['characteristics', 'import', '-', '--format', 'xml'], profile)).toMatchObject({ status: 2 });
  });
});
