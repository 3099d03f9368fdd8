/** One look for all questions: what is gathered holds every event that bears a key, with the line it has in its file. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Lake, openLake } from '../src/lake/lake.ts';
import { eventsBearing, gather, requestsBearing } from '../src/lake/near.ts';
import { ingest } from '../src/pipeline/ingest.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-near-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

const RECORDS = 30_000;
const dnsHead =
  '#separator \\x09\n#set_separator\t,\n#path\tdns\n#fields\tts\tuid\tid.orig_h\tid.resp_h\tquery\tanswers\n';
/** Every thousandth asks for the key in mixed case, every seven hundredth gets it as an answer; comments stand between. */
const dns = (i: number): string => {
  const query = i % 1000 === 0 ? 'WanTed.workers.dev' : `n${i % 97}.example`;
  const answer = i % 700 === 0 ? 'behind.azurewebsites.net' : '192.0.2.7';
  const name = i % 700 === 0 ? `led${i}.example` : query;
  return `${i % 5000 === 2500 ? '#close\t2025\n' : ''}1760428800.0\t${i}\t10.0.0.1\t10.0.0.53\t${name}\t${answer}`;
};
const combined = (i: number): string =>
  `10.0.0.${i % 200} - - [14/Oct/2025:08:00:00 +0000] "GET https://h${i % 50}.example/${i % 500 === 0 ? 'submit.php?id=1' : 'index'} HTTP/1.1" 200 262 "-" "curl/8" TCP_MISS:ORIGINAL_DST`;
const eve = (i: number): string =>
  `{"timestamp":"2025-10-14T08:00:00.000000+0000","event_type":"tls","src_ip":"10.0.0.1","src_port":1,"dest_ip":"192.0.2.1","dest_port":443,"proto":"TCP","tls":{"sni":"${i % 900 === 0 ? 'wanted.workers.dev' : 'a.example'}"}}`;

async function over<T>(name: string, content: string, work: (lake: Lake) => Promise<T>): Promise<T> {
  const file = path.join(temp, name);
  writeFileSync(file, content);
  const lake = await openLake({ workspace: null, memory: '400MB', temp });
  try {
    const logs = await ingest(lake, [file], { temp, keep: false });
    const result = await work(lake);
    await logs.close();
    return result;
  } finally {
    lake.close();
  }
}

const all = (record: (i: number) => string): string => Array.from({ length: RECORDS }, (_, i) => record(i)).join('\n');
const lines = async (lake: Lake, select: string | undefined, where: string): Promise<number[]> =>
  (await lake.engine.rows(`SELECT line FROM (${select}) WHERE ${where} ORDER BY line`)).map((r) => Number(r.line));

describe('gathered events', () => {
  test.each([
    ['dns.log', `${dnsHead}${all(dns)}\n`, "query_hostname = 'wanted.workers.dev'"],
    ['dns.log', `${dnsHead}${all(dns)}\n`, "list_contains(answers, 'behind.azurewebsites.net')"],
    ['eve.json', `${all(eve)}\n`, "tls_sni = 'wanted.workers.dev'"],
  ])('%s: those with a key are the same as in the file, line by line (%#)', (name, content, where) =>
    over(name, content, async (lake) => {
      const keys = ['wanted.workers.dev', 'behind.azurewebsites.net'];
      const [file] = await lake.events(1);
      const expected = await lines(lake, file?.select, where);
      expect(expected.length).toBeGreaterThan(20);
      await gather(lake, { keys: new Set(keys), certificates: new Set(), requests: [] });
      const [near] = await eventsBearing(lake, 1, keys);
      expect(await lines(lake, near?.select, where)).toEqual(expected);
      const kept = await lines(lake, near?.select, 'true');
      expect(kept.length).toBeLessThan(RECORDS / 10);
    }),
  );

  test('requests with an asked path are the same as in the file', () =>
    over('access.log', `${all(combined)}\n`, async (lake) => {
      const where = "http_request_url_path = '/submit.php'";
      const values = [{ kind: 'uri', value: '/submit.php' }] as const;
      const [file] = await lake.events(1);
      const expected = await lines(lake, file?.select, where);
      expect(expected).toHaveLength(RECORDS / 500);
      await gather(lake, { keys: new Set(), certificates: new Set(), requests: values });
      const [near] = await requestsBearing(lake, 1, values);
      expect(await lines(lake, near?.select, 'true')).toEqual(expected);
    }));

  test('who asks for more than was gathered gets all events', () =>
    over('dns.log', `${dnsHead}${all(dns)}\n`, async (lake) => {
      await gather(lake, { keys: new Set(['wanted.workers.dev']), certificates: new Set(), requests: [] });
      const [near] = await eventsBearing(lake, 1, ['wanted.workers.dev', 'n1.example']);
      expect(await lines(lake, near?.select, 'true')).toHaveLength(RECORDS);
      const [traced] = await requestsBearing(lake, 1, [{ kind: 'uri', value: '/a' }]);
      expect(await lines(lake, traced?.select, 'true')).toHaveLength(RECORDS);
    }));
});
