import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { builtIn } from '../characteristics/builtin/index.ts';
import { parsePattern } from '../patterns/parse.ts';
import { collectCharacteristics } from './characteristics.ts';
import { exportCharacteristics } from './characteristics-export.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-export-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

const options = { paths: [], stdin: Readable.from([]), note: () => {}, now: new Date('2026-11-24T00:00:00Z') };
const odd = path.join(temp, 'odd.profile');
writeFileSync(
  odd,
  `set useragent "Odd* agent? \\\\ 'x'";
http-get { set uri "/a.b/c+d /it's"; client { header "Cookie" "k(1)=v"; metadata { base64; header "X-A"; } } server { output { print; } } }
http-post { set uri "/p_q%r"; client { id { header "X-B"; } output { print; } } server { output { print; } } }
`,
);

describe('export of characteristics', () => {
  test('every built-in one is written or counted as left out, in both formats', async () => {
    for (const format of ['sigma', 'stix'] as const) {
      const told = await exportCharacteristics({ ...options, format });
      expect(told.written + told.left).toBe(builtIn.length);
      expect(told.written).toBeGreaterThan(5);
    }
  });

  test('Sigma rules are read back by ourselves, all of them, with two attributes each', async () => {
    const { text, written } = await exportCharacteristics({ ...options, format: 'sigma' });
    const rules = parseAllDocuments(text).map((d) => d.toJS());
    expect(rules).toHaveLength(written);
    for (const rule of rules) expect(Object.keys(rule.detection).length).toBeGreaterThanOrEqual(3);
    expect(new Set(rules.map((r) => r.id)).size).toBe(written);
    const file = path.join(temp, 'rules.yml');
    writeFileSync(file, text);
    const back = await collectCharacteristics([file], Readable.from([]));
    expect(back.files).toMatchObject([{ parsed: true, kind: 'sigma' }]);
    expect(back.rules.length).toBeGreaterThan(0);
  });

  test('the same gives the same', async () => {
    const [a, b] = [
      await exportCharacteristics({ ...options, format: 'stix' }),
      await exportCharacteristics({ ...options, format: 'stix' }),
    ];
    expect(a.text).toBe(b.text);
  });

  test('values with signs of the languages stand for themselves', async () => {
    const stix = await exportCharacteristics({ ...options, paths: [odd], format: 'stix' });
    const indicator = JSON.parse(stix.text).objects.find((o: { type: string }) => o.type === 'indicator');
    expect(parsePattern(indicator.pattern, '2.1')).toMatchObject({ ok: true });
    expect(indicator.pattern).toContain('a\\\\.b/c\\\\+d');
    const sigma = await exportCharacteristics({ ...options, paths: [odd], format: 'sigma' });
    const [rule] = parseAllDocuments(sigma.text).map((d) => d.toJS());
    expect(JSON.stringify(rule.detection.agent)).toContain('Odd\\\\* agent\\\\?');
  });
});
