import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { run } from '../src/cli/run.ts';
import { platforms } from '../src/platforms/catalogue/index.ts';

async function virga(argv: readonly string[], input: string | Buffer = '') {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [out, err] = [text(stdout), text(stderr)];
  const status = await run(argv, { stdin: Readable.from([Buffer.from(input)]), stdout, stderr });
  stdout.end();
  stderr.end();
  return { status, out: await out, err: await err };
}

const linesOf = (out: string): unknown[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

describe('virga classify', () => {
  it('answers its arguments, one line each', async () => {
    const { status, out, err } = await virga(['classify', 'a.b.workers.dev', 'not a host', 'https://x.pages.dev/y']);
    expect([status, err]).toEqual([0, '']);
    expect(linesOf(out)).toMatchObject([
      { input: 'a.b.workers.dev', platform: 'cloudflare-workers', tenant: 'b', function: 'a', blockable: true },
      { input: 'not a host', error: expect.any(String) },
      { input: 'https://x.pages.dev/y', host: 'x.pages.dev', platform: 'cloudflare-pages' },
    ]);
  });

  it('answers standard input line for line, bytes that are no text among them', async () => {
    const input = Buffer.concat([
      Buffer.from('x.vercel.app\r\n\n'),
      Buffer.from([0xff, 0xfe, 0x0a]),
      Buffer.from('last.fly.dev'),
    ]);
    const { status, out } = await virga(['classify'], input);
    expect(status).toBe(0);
    expect(linesOf(out)).toMatchObject([
      { input: 'x.vercel.app', platform: 'vercel' },
      { input: '', error: expect.any(String) },
      { error: expect.any(String) },
      { input: 'last.fly.dev', platform: 'fly-io' },
    ]);
  });
});

describe('virga platforms', () => {
  it('lists every platform with sources and blind spots as JSON', async () => {
    const { status, out } = await virga(['platforms', '--format', 'json']);
    const rows: unknown = JSON.parse(out);
    expect(status).toBe(0);
    expect(rows).toMatchObject(platforms.map(({ id, provider, blindTo }) => ({ id, provider, blind_to: blindTo })));
  });

  it.each(['table', 'markdown'])('lists them as %s', async (format) => {
    const { out } = await virga(['platforms', '--format', format]);
    for (const { id } of platforms) expect(out).toContain(id);
  });

  it('says what formats there are when asked for another', async () => {
    const { status, out, err } = await virga(['platforms', '--format', 'xml']);
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain('markdown');
  });
});
