import { expect, it } from 'vitest';
import { BlockCutter } from './block-cutter.ts';
import type { Cut } from './cutter.ts';

const FILE = `# The format of this file is documented in the dhcpd.leases(5) manual page.
authoring-byte-order little-endian;

server-duid "\\000{\\001";
failover peer "two" state {
  my state normal at 2 2025/10/14 08:00:00;
}
lease 10.0.0.1 {
  binding state active;
  client-hostname "odd } name";
}
lease 10.0.0.2 { binding state free; }
lease 10.0.0.3 {
  binding state active;
lease 10.0.0.4 {
  uid "\\"}";
}
what is this
ia-na "x" {
  iaaddr fd00::1 {
    max-life 600;
  }
}
lease 10.0.0.5 {
  binding`;

const shown = (cuts: readonly Cut[]): string[] =>
  cuts.map((c) => `${c.line} ${'bytes' in c ? c.bytes.toString().slice(0, 14).replaceAll('\n', ' ') : c.reason}`);

const WANTED = [
  '8 lease 10.0.0.1',
  '12 lease 10.0.0.2',
  '13 cut-short',
  '15 lease 10.0.0.4',
  '18 outside-document',
  '19 ia-na "x" {   ',
  '24 cut-short',
].map((text) => text.trimEnd());

it('cuts blocks by their brackets, however the bytes come', () => {
  for (const size of [1, 7, 1000]) {
    const cutter = new BlockCutter(10_000);
    const cuts: Cut[] = [];
    for (let at = 0; at < FILE.length; at += size) cuts.push(...cutter.push(Buffer.from(FILE.slice(at, at + size))));
    cuts.push(...cutter.end());
    expect(shown(cuts).map((text) => text.trimEnd())).toEqual(WANTED);
  }
});

it('refuses a block that is too long, and goes on behind it', () => {
  const cutter = new BlockCutter(60);
  const long = `lease 10.0.0.1 {\n${'  binding state active;\n'.repeat(10)}}\nlease 10.0.0.2 {\n}\n`;
  expect(shown([...cutter.push(Buffer.from(long)), ...cutter.end()])).toEqual([
    '1 record-too-long',
    '13 lease 10.0.0.2',
  ]);
});
