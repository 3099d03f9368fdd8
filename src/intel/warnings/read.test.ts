import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { newest, readWarningLists } from './read.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-warnings-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));
let files = 0;

async function read(document: unknown) {
  const file = path.join(temp, `${files++}.json`);
  writeFileSync(file, typeof document === 'string' ? document : JSON.stringify(document));
  const [only] = await readWarningLists([file]);
  return only;
}
const made = { name: 'Ours', version: 3, description: 'made up', type: 'string', list: ['a.example', 'b.example'] };

describe('readWarningLists', () => {
  it('reads name, version, type, entries and what the list is about', async () => {
    const one = await read({ ...made, matching_attributes: ['hostname', 'domain|ip', 'ip-dst'] });
    expect(one).toMatchObject({
      entries: 2,
      refused: {},
      fault: null,
      list: { name: 'Ours', version: '3', effect: null },
    });
    expect([...(one?.list?.kinds ?? [])].sort()).toEqual(['cidr', 'domain', 'ipv4', 'ipv6']);
  });

  it('a list without attributes is about everything', async () => expect((await read(made))?.list?.kinds).toBeNull());

  it("MISP's known lists inform", async () =>
    expect((await read({ ...made, category: 'known' }))?.list?.effect).toBe('inform'));

  it('counts every entry that it cannot use', async () => {
    const cidr = await read({ ...made, type: 'cidr', list: ['192.0.2.1', 'nonsense', '', {}, '10.0.0.0/99'] });
    expect(cidr).toMatchObject({
      entries: 5,
      refused: { 'no-range': 2, 'no-text': 2 },
      list: { entries: ['192.0.2.1'] },
    });
    const regex = await read({ ...made, type: 'regex', list: ['a+', '(?<=x)y', '('] });
    expect(regex).toMatchObject({ entries: 3, refused: { 'no-expression': 2 } });
  });

  it.each([
    ['no JSON', '{', /JSON/],
    ['another document', { type: 'bundle', objects: [] }, /no warning list/],
    ['an unknown type', { ...made, type: 'fuzzy' }, /no warning list: type/],
    ['a deep document', '['.repeat(5000), /JSON/],
  ])('says why a file is none: %s', async (_, document, fault) =>
    expect(await read(document)).toMatchObject({ list: null, fault: expect.stringMatching(fault) }),
  );

  it('of one name the latest version counts, however many digits it has', async () => {
    const lists = await Promise.all([9, 20, 3].map(async (version) => (await read({ ...made, version }))?.list));
    expect(newest(lists.flatMap((list) => list ?? []))).toMatchObject([{ version: '20' }]);
  });
});
