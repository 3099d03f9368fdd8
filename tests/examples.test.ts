import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { community, feed, sensor, team, vendor } from '../examples/company/listed.ts';
import { adversary, lookAlikes } from '../examples/company/planted.ts';
import { exampleFiles } from '../examples/generate.ts';

const folder = path.join(import.meta.dirname, '..', 'examples');
const made = exampleFiles();

const logs = (name: string): string[] =>
  [...made].filter(([file]) => file.startsWith(`logs/${name}`)).flatMap(([, text]) => text.split('\n'));
const linesWith = (name: string, text: string) => logs(name).filter((line) => line.includes(text)).length;

const committed = (name: string): string => {
  const bytes = readFileSync(path.join(folder, name));
  // Packed bytes differ from one zlib to the next; what is inside may not.
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
};

describe('the example', () => {
  test.each([...made.keys()])('%s is what the generator writes', (name) => {
    expect(committed(name) === made.get(name)).toBe(true);
  });

  test('the generator gives the same twice', () => {
    expect([...exampleFiles()]).toEqual([...made]);
  });

  test('no other file lies beside the generated ones', () => {
    const found = ['logs', 'intel', 'characteristics'].flatMap((top) =>
      readdirSync(path.join(folder, top), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name))),
    );
    expect(found.sort()).toEqual([...made.keys()].sort());
  });

  test('it is about 15,000 records and under 3 MB', () => {
    const records = logs('').filter((line) => line !== '' && !line.startsWith('#'));
    expect(records.length).toBeGreaterThan(12_000);
    expect(records.length).toBeLessThan(20_000);
    const bytes = [...made.keys()].reduce((sum, name) => sum + readFileSync(path.join(folder, name)).length, 0);
    expect(bytes).toBeLessThan(3_000_000);
  });
});

describe('what is planted', () => {
  test('a: the beacon is in DNS, TLS and flows, not in the proxy log', () => {
    expect(linesWith('zeek/ssl', adversary.a)).toBeGreaterThan(150);
    expect(linesWith('zeek/dns', adversary.a)).toBeGreaterThan(150);
    expect(linesWith('proxy', adversary.a)).toBe(0);
  });

  test('b: one TLS connection at the second site', () => {
    const tls = logs('suricata').filter((line) => line.includes(adversary.b) && line.includes('"event_type":"tls"'));
    expect(tls).toHaveLength(1);
  });

  test('c: the deployment is in the proxy log only', () => {
    expect(linesWith('proxy', adversary.c)).toBe(7);
    expect(linesWith('', adversary.c)).toBe(7);
  });

  test('d: the listed app is in DNS answers only', () => {
    const dns = linesWith('zeek/dns', adversary.d.app);
    expect(dns).toBeGreaterThan(0);
    expect(linesWith('', adversary.d.app)).toBe(dns);
    expect(linesWith('zeek/ssl', adversary.d.name)).toBe(3);
  });

  test('e, f: the account is listed, or one function of it; the others are not', () => {
    const values = [...vendor, ...team, ...feed, ...community, ...sensor].map(({ value }) => value);
    expect(values).toContain(adversary.e.account);
    expect(values).not.toContain(adversary.e.name);
    expect(linesWith('suricata', adversary.e.name)).toBeGreaterThan(0);
    for (const other of adversary.f.others) {
      expect(values).not.toContain(other);
      expect(linesWith('zeek/ssl', other)).toBeGreaterThan(0);
    }
  });

  test('g: one host asks for the listed path, many for others', () => {
    expect(linesWith('proxy', adversary.g.path)).toBe(3);
    expect(linesWith('proxy', adversary.g.host)).toBeGreaterThan(30);
  });

  test('h: published after the contact, valid before it', () => {
    const late = vendor.find(({ value }) => value === adversary.h);
    expect(late?.created).toBe('2026-10-20T14:05:00Z');
    expect(late?.from).toBe('2026-10-12T00:00:00Z');
    expect(linesWith('zeek/ssl', adversary.h)).toBe(3);
  });
});

describe('the look-alikes', () => {
  test('each is in the logs', () => {
    for (const value of Object.values(lookAlikes)) expect(linesWith('', value)).toBeGreaterThan(2);
  });

  test('the listed edge address serves honest names too', () => {
    const rows = logs('zeek/ssl').map((line) => line.split('\t'));
    const names = new Set(rows.filter((row) => row[4] === lookAlikes.edgeAddress).map((row) => row[9]));
    expect(names.size).toBeGreaterThan(4);
  });

  test('half of the company uses the popular endpoint', () => {
    const askers = logs('zeek/dns').filter((line) => line.includes(lookAlikes.popular));
    expect(new Set(askers.map((line) => line.split('\t')[2])).size).toBeGreaterThan(24);
  });

  test('nobody contacts the filler', () => {
    const filler = [...vendor, ...team, ...feed, ...community, ...sensor].filter(({ says }) =>
      says.startsWith('made-up'),
    );
    expect(filler.length).toBeGreaterThan(195);
    const everything = logs('').join('\n');
    expect(filler.filter(({ value }) => everything.includes(value.replace('https://', '')))).toEqual([]);
  });
});
