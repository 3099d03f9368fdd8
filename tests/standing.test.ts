import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { standing } from '../src/intel/validity.ts';
import { openEngine } from '../src/lake/engine.ts';
import { standingSql } from '../src/lake/sight.ts';
import type { Indicator } from '../src/model/indicator.ts';

it('the engine and the pure function say the same of every order of dates', async () => {
  const temp = mkdtempSync(path.join(tmpdir(), 'virga-standing-'));
  const engine = await openEngine({ file: null, memory: '200MB', temp });
  const dates = [null, 0, 1000, 2000, 3000];
  const cases = dates.flatMap((validFrom) =>
    dates.flatMap((validUntil) => dates.map((recorded) => ({ validFrom, validUntil, recorded }))),
  );
  await engine.run(
    'CREATE TABLE w (n DOUBLE, valid_from DOUBLE, valid_until DOUBLE, recorded DOUBLE); CREATE TABLE s (time TIMESTAMP)',
  );
  await engine.append(
    'w',
    cases.map((c, n) => [n, c.validFrom, c.validUntil, c.recorded]),
  );
  await engine.run('INSERT INTO s SELECT epoch_ms(t) FROM (VALUES (0::BIGINT), (1000), (1500), (2000), (3000)) v(t)');
  const rows = await engine.rows(
    `SELECT w.n AS n, epoch_ms(s.time) AS at, ${standingSql} AS standing FROM w, s ORDER BY ALL`,
  );
  engine.close();
  rmSync(temp, { recursive: true, force: true });
  expect(rows).toHaveLength(cases.length * 5);
  for (const row of rows) {
    const dated = cases[Number(row.n)];
    if (!dated) throw new Error('no such case');
    const indicator: Indicator = {
      id: 'i',
      kind: 'domain',
      value: 'a.example',
      pattern: null,
      match: 'equals',
      source: { name: 's', licence: null, file: 'f' },
      confidence: null,
      detect: true,
      endpoint: 'unknown',
      description: null,
      labels: [],
      line: 1,
      ...dated,
    };
    expect(row.standing, JSON.stringify({ ...dated, at: row.at })).toBe(
      standing(indicator, Number(row.at), Number.MAX_SAFE_INTEGER),
    );
  }
});
