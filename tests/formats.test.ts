import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine, type Row } from '../src/lake/engine.ts';
import { keepsOrder } from '../src/lake/segments.ts';
import type { Place } from '../src/model/event.ts';
import { normalize } from '../src/pipeline/normalize.ts';
import { detectFormat } from '../src/telemetry/detect.ts';
import type { Format } from '../src/telemetry/format.ts';
import { formats } from '../src/telemetry/formats/index.ts';
import { readHead } from '../src/telemetry/head.ts';
import { openLog } from '../src/telemetry/open.ts';
import { columnsOf, selectLines } from '../src/telemetry/select.ts';

let engine: Engine;
const temp = mkdtempSync(path.join(tmpdir(), 'virga-formats-'));
beforeAll(async () => {
  engine = await openEngine({ file: null, memory: '500MB', temp });
});
afterAll(() => {
  engine.close();
  rmSync(temp, { recursive: true, force: true });
});

let files = 0;
function fileWith(content: string | Uint8Array): string {
  const file = path.join(temp, `input-${files++}.log`);
  writeFileSync(file, content);
  return file;
}

async function readBothWays(content: string): Promise<{ fast: Row[]; numbered: Row[] }> {
  const log = await openLog(fileWith(content), { careful: false, temp });
  const [part] = log.parts;
  if (!part) throw new Error('no part');
  const plain = (rows: Row[]): Row[] => rows.map(({ line, raw, ...event }) => event);
  return {
    fast: plain(await engine.rows(part.fast)),
    numbered: plain(await engine.rows(selectLines(part.format, part.lines, part.head))),
  };
}

async function account(content: string | Uint8Array): Promise<{ accepted: number; refused: number; lines: number[] }> {
  let accepted = 0;
  let refused = 0;
  const lines: number[] = [];
  for await (const record of normalize([fileWith(content)], { schema: 'ocsf', as: null })) {
    if ('event' in record) accepted++;
    else refused++;
    lines.push(record.line);
  }
  return { accepted, refused, lines };
}

const isRecord =
  (format: Format) =>
  (line: string): boolean =>
    line.trim() !== '' && !line.startsWith('#') && line !== format.header;
const recordsOf = (format: Format): number => format.sample.split('\n').filter(isRecord(format)).length;

/** Which column a place needs; `sees` must agree with what the format fills. */
const columnOf: Readonly<Partial<Record<Place, string>>> = {
  'dns.query': 'query_hostname',
  'dns.answer': 'answers',
  'tls.sni': 'tls_sni',
  'tls.ja3': 'tls_ja3',
  'tls.ja4': 'tls_ja4',
  'http.host': 'http_request_url_hostname',
  'http.url': 'http_request_url_path',
  'http.user_agent': 'http_request_user_agent',
  'http.mime': 'http_response_content_type',
  'http.cookie': 'http_request_cookies',
  'flow.bytes': 'traffic_bytes_out',
};

describe.each(formats.map((f) => [f.id, f] as [string, Format]))('%s', (_id, format) => {
  it('is detected by its own sample', () => {
    expect(detectFormat(readHead(format.sample, true))?.id).toBe(format.id);
  });

  it('reads every record of its sample, and both ways give the same events', async () => {
    const { fast, numbered } = await readBothWays(format.sample);
    expect(fast).toHaveLength(recordsOf(format));
    expect(fast.every((row) => row.verdict === null)).toBe(true);
    expect(numbered).toEqual(fast);
  });

  it('is stored on all cores in the order of its file', async () => {
    const log = await openLog(fileWith(format.sample), { careful: false, temp });
    for (const part of log.parts) if (part.inOrder !== null) expect(await keepsOrder(engine, part.inOrder)).toBe(true);
    await log.close();
  });

  it('numbers its records by their lines', async () => {
    const wanted = format.sample.split('\n').flatMap((line, i) => (isRecord(format)(line) ? [i + 1] : []));
    expect((await account(format.sample)).lines).toEqual(wanted);
  });

  it('sees what it says', () => {
    const filled = new Set<string>(columnsOf(format));
    for (const place of format.sees) {
      const column = columnOf[place];
      if (column) expect(filled.has(column), place).toBe(true);
    }
    expect(format.blindTo.length).toBeGreaterThan(0);
  });

  it('loses nothing of a sample that a damaged record follows', async () => {
    const text = format.sample.trimEnd();
    const bytes = Buffer.from(`${text}\n${text.slice(text.lastIndexOf('\n') + 1)}`); // the intact ones say that lines are records
    const last = bytes.lastIndexOf('\n') + 2; // the first byte stays: it tells a record from a comment or a blank line
    // Line ends would make other records; the damage stays inside the line, so the count is known beforehand.
    const byte = fc.nat(255).filter((b) => b !== 10 && b !== 13);
    const mutation = fc.record({ at: fc.integer({ min: last, max: bytes.length - 1 }), byte });
    const wanted = bytes
      .toString()
      .split('\n')
      .flatMap((line, i) => (isRecord(format)(line) ? [i + 1] : []));
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (mutations) => {
        const copy = Buffer.from(bytes);
        for (const { at, byte } of mutations) copy[at] = byte;
        const { accepted, refused, lines } = await account(copy);
        expect(lines).toEqual(wanted);
        expect(accepted).toBeGreaterThanOrEqual(wanted.length - 1);
        expect(accepted + refused).toBe(wanted.length);
      }),
      { numRuns: 8 },
    );
  });

  it('refuses a record that is cut short, at its line', async () => {
    const text = format.sample.trimEnd();
    const cut = text.slice(0, text.lastIndexOf('\n') + 1 + 12);
    const { refused, lines } = await account(cut);
    expect(refused).toBe(1);
    expect(lines.at(-1)).toBe(cut.split('\n').length);
  });
});

describe('what is no log', () => {
  it.each([
    ['an empty file', '', 0],
    ['blank lines', '\n\n  \n', 0],
    ['prose', 'This is a letter.\nIt has two lines.\n', 2],
    ['a binary', Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919 + (i >> 3) * 31) % 256)), 1],
  ])('%s: nothing is accepted', async (_what, content, refused) => {
    expect(await account(content)).toMatchObject({ accepted: 0, refused });
  });
});
