import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openLake } from '../src/lake/lake.ts';
import { ingest } from '../src/pipeline/ingest.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-lines-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

const RECORDS = 120_000;
const pad = 'x'.repeat(400); // large enough for the engine to read and store on several threads

const eve = (i: number): string =>
  `{"timestamp":"2025-10-14T08:00:00.000000+0000","flow_id":${i},"event_type":"tls","src_ip":"10.0.0.1","src_port":1,"dest_ip":"192.0.2.1","dest_port":443,"proto":"TCP","tls":{"sni":"a.example"},"pad":"${pad}"}`;
const tsvHead = '#separator \\x09\n#path\tssl\n#fields\tts\tuid\tid.orig_h\tserver_name\testablished\tpad\n';
const tsv = (i: number): string => `1760428800.0\t${i}\t10.0.0.1\ta.example\tT\t${pad}`;

const list = (record: (i: number) => string): string => Array.from({ length: RECORDS }, (_, i) => record(i)).join('\n');

it.each([
  ['NDJSON', `${list(eve)}\n`, 1],
  ['TSV', `${tsvHead}${list(tsv)}\n`, 4],
])('%s: an event in a workspace keeps the line that it had in the file', async (what, content, first) => {
  const file = path.join(temp, what);
  writeFileSync(file, content);
  const lake = await openLake({ workspace: path.join(temp, `${what}-workspace`), memory: '700MB', temp });
  try {
    const logs = await ingest(lake, [file], { temp, keep: true });
    const [source] = await lake.events(1);
    const [row] = await lake.engine.rows(
      `SELECT count(*) AS events, count(*) FILTER (line <> CAST(metadata_uid AS BIGINT) + ${first}) AS wrong FROM (${source?.select})`,
    );
    expect(row).toEqual({ events: RECORDS, wrong: 0 });
    await logs.close();
  } finally {
    lake.close();
  }
});
