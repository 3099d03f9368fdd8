import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openEngine } from '../src/lake/engine.ts';
import { openAnyLog } from '../src/pipeline/any-log.ts';
import { type Normalized, normalize } from '../src/pipeline/normalize.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-parquet-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

/** Events as Security Lake keeps them: OCSF in nested columns, compressed with Zstandard. */
async function securityLake(name: string, rows: number): Promise<string> {
  const file = path.join(temp, name);
  const engine = await openEngine({ file: null, memory: '500MB', temp });
  await engine.run(
    `COPY (SELECT 4003 AS class_uid, 6 AS activity_id, 1760428800000 + i AS time, {'version': '1.1.0', 'product': {'name': 'Route 53'}} AS metadata, {'ip': '10.40.1.20', 'port': 51000} AS src_endpoint, {'hostname': 'n' || i || '.example-team.workers.dev.', 'type': 'A'} AS query, [{'rdata': '203.0.113.7', 'type': 'A'}] AS answers, 'NoError' AS rcode FROM range(${rows}) r(i)) TO '${file}' (FORMAT parquet, COMPRESSION zstd)`,
  );
  engine.close();
  return file;
}

async function all(file: string): Promise<Normalized[]> {
  const records: Normalized[] = [];
  for await (const record of normalize([file], { schema: 'ocsf', as: null })) records.push(record);
  return records;
}

it('Parquet is read as it lies: each row is a record, its line the row', async () => {
  const records = await all(await securityLake('events.parquet', 5000));
  expect(records).toHaveLength(5000);
  expect(records[2]).toMatchObject({
    line: 3,
    format: 'ocsf.event',
    event: {
      class_uid: 4003,
      time: 1760428800002,
      src_endpoint: { ip: '10.40.1.20' },
      query: { hostname: 'n2.example-team.workers.dev' },
      answers: [{ rdata: '203.0.113.7' }],
    },
  });
  expect(records.map((r) => r.line)).toEqual(records.map((_, i) => i + 1));
});

it('damaged Parquet is refused as a binary', async () => {
  const bytes = readFileSync(await securityLake('whole.parquet', 10));
  const file = path.join(temp, 'damaged.parquet');
  writeFileSync(file, bytes.subarray(0, bytes.length - 20));
  expect(await all(file)).toMatchObject([{ line: 1, refused: 'binary' }]);
});

it('leaves no temporary file behind', async () => {
  const file = await securityLake('closed.parquet', 10);
  const work = mkdtempSync(path.join(temp, 'work-'));
  const log = await openAnyLog(file, { careful: false, temp: work });
  expect(log.file).toBe(file);
  expect(readdirSync(work)).toHaveLength(1);
  await log.close();
  expect(readdirSync(work)).toEqual([]);
});
