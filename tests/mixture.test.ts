import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type Normalized, normalize } from '../src/pipeline/normalize.ts';
import { formats } from '../src/telemetry/formats/index.ts';
import { formatOfLine } from '../src/telemetry/mixture.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-mixture-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

let files = 0;
async function read(lines: readonly string[]): Promise<Normalized[]> {
  const file = path.join(temp, `relay-${files++}.log`);
  writeFileSync(file, `${lines.join('\n')}\n`);
  const records: Normalized[] = [];
  for await (const record of normalize([file], { schema: 'ocsf', as: null })) records.push(record);
  return records;
}

const mixing = formats.filter((format) => format.line !== undefined);
const recordsOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');

it.each(mixing.map((format) => [format.id, format] as const))(
  'tells the lines of %s from those of others',
  (id, format) => {
    for (const line of recordsOf(format.sample)) expect(formatOfLine(line)?.id, line).toBe(id);
  },
);

it('reads lines of many devices behind one relay, each by its own format, in order', async () => {
  const lines = mixing.flatMap((format) => recordsOf(format.sample).slice(0, 1));
  const records = await read(lines);
  expect(records.map((record) => [record.line, record.format])).toEqual(mixing.map((format, i) => [i + 1, format.id]));
  expect(records.every((record) => 'event' in record)).toBe(true);
});

it('keeps the order where many lines of two devices alternate, and refuses what nobody reads at its line', async () => {
  const pair = mixing.filter((format) => format.id === 'cisco.firewall' || format.id === 'bind.log');
  const two = pair.map((format) => recordsOf(format.sample)[0] ?? '');
  const lines = Array.from({ length: 6000 }, (_, i) => two[i % 2] ?? '');
  lines[4999] = 'what is this?';
  const records = await read(lines);
  expect(records.map((record) => record.line)).toEqual(lines.map((_, i) => i + 1));
  expect(records.filter((record) => 'refused' in record)).toMatchObject([{ line: 5000, refused: 'not-this-format' }]);
});

it('follows the headers of a W3C log that change in the middle', async () => {
  const records = await read([
    '#Fields: date time c-ip cs-method cs-uri sc-status',
    '2025-10-14 08:00:00 10.40.1.20 GET http://a.example/x 200',
    '#Software: another',
    '#Fields: date time cs-method c-ip sc-status cs-uri',
    '2025-10-14 08:00:01 GET 10.40.1.21 404 http://b.example/y',
    '#Fields: date time cs-method c-ip sc-status cs-uri',
    '2025-10-14 08:00:02 POST 10.40.1.22 200 http://c.example/z',
  ]);
  expect(records).toMatchObject([
    {
      line: 2,
      event: { src_endpoint: { ip: '10.40.1.20' }, http_request: { url: { hostname: 'a.example', path: '/x' } } },
    },
    { line: 5, event: { src_endpoint: { ip: '10.40.1.21' }, http_response: { code: 404 } } },
    { line: 7, event: { src_endpoint: { ip: '10.40.1.22' }, http_request: { http_method: 'POST' } } },
  ]);
});

it('dates what shows no year by the last change of the file, and what shows no time with it', async () => {
  const [dated, bare] = await read([
    'Oct 14 08:00:01 edge-fw : %ASA-6-302013: Built outbound TCP connection 1 for outside:203.0.113.9/443 (203.0.113.9/443) to inside:10.40.1.20/51544 (198.51.100.2/51544)',
    '%ASA-6-302013: Built outbound TCP connection 2 for outside:203.0.113.9/443 (203.0.113.9/443) to inside:10.40.1.20/51545 (198.51.100.2/51545)',
  ]);
  const year = new Date().getUTCFullYear();
  const latest = [year, year - 1].map((y) => Date.UTC(y, 9, 14, 8, 0, 1)).find((t) => t <= Date.now() + 86_400_000);
  expect(dated).toMatchObject({ event: { time: latest } });
  const time = bare && 'event' in bare && 'time' in bare.event ? Number(bare.event.time) : Number.NaN;
  expect(Math.abs(Date.now() - time)).toBeLessThan(600_000);
});
