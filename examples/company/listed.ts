/** What the five made-up sources list: the planted endpoints, the look-alikes, and filler that nobody contacts. */

import type { Kind, Listed } from '../../src/replays/list.ts';
import { base36, base62, hex, letters, type Random, randomFor } from '../../src/replays/random.ts';
import { adversary, lookAlikes } from './planted.ts';
import { upstream } from './staff.ts';

const listed = (kind: Kind, value: string, says: string, more: Partial<Listed> = {}): Listed => ({
  kind,
  value,
  says,
  created: '2026-09-21T08:30:00Z',
  from: '2026-09-18T00:00:00Z',
  until: '2027-03-18T00:00:00Z',
  confidence: 85,
  detect: true,
  ...more,
});

const script = `https://script.google.com${adversary.c}`;
const path = `https://${adversary.g.host}${adversary.g.path}`;
const later = { created: '2026-10-20T14:05:00Z', from: '2026-10-12T00:00:00Z' };
const past = { created: '2026-02-02T09:00:00Z', from: '2026-02-01T00:00:00Z', until: '2026-08-31T00:00:00Z' };
const coming = { created: '2026-11-02T09:00:00Z', from: '2026-11-02T00:00:00Z', until: '2027-05-01T00:00:00Z' };

/** Words that made-up names are built from. */
const words = 'amber anvil birch cinder copper delta ember fathom gable hazel ivory juniper kelp lantern moss'.split(
  ' ',
);

/** Names of the shapes that real functions have, with random keys: nobody in the logs contacts them. */
const shapes: readonly ((random: Random) => string)[] = [
  (r) => `${r.pick(words)}-${r.text(hex, 4)}.${r.pick(words)}-${r.text(base36, 8)}.workers.dev`,
  (r) => `${r.pick(words)}-${r.pick(words)}-${r.text(base36, 6)}.pages.dev`,
  (r) => `${r.text(`${letters}234567`, 32)}.lambda-url.${r.pick(['us-east-1', 'eu-west-2', 'ap-northeast-1'])}.on.aws`,
  (r) => `${r.text(base36, 10)}.execute-api.${r.pick(['us-east-1', 'eu-central-1'])}.amazonaws.com`,
  (r) => `${r.pick(words)}${r.pick(words)}-${r.text(base36, 6)}.azurewebsites.net`,
  (r) => `${r.pick(words)}-${r.text(base36, 10)}-uc.a.run.app`,
  (r) => `${r.pick(words)}-${r.text(base36, 7)}.vercel.app`,
  (r) => `${r.pick(words)}-${r.pick(words)}-${r.text(hex, 6)}.netlify.app`,
  (r) => `${r.pick(words)}.${r.pick(words)}-${r.text(base36, 5)}.example`,
];

const filler = (label: string, count: number, kinds: readonly Kind[]): Listed[] => {
  const random = randomFor(`filler ${label}`);
  return Array.from({ length: count }, (_, n) => {
    const host = (shapes[n % shapes.length] ?? shapes[0])?.(random) ?? '';
    const kind = kinds[n % kinds.length] ?? 'domain';
    const value = {
      domain: host,
      url: `https://${host}/${random.text(base62, 8)}`,
      ip: `198.51.100.${random.int(220, 250)}`,
      sha256: random.text(hex, 64),
    }[kind];
    const created = `2026-0${random.int(5, 9)}-${random.int(10, 28)}T0${random.int(0, 9)}:00:00Z`;
    const from = created.replace(/T.*/, 'T00:00:00Z');
    const says = `made-up filler ${n + 1}`;
    return listed(kind, value, says, { created, from, confidence: random.int(4, 18) * 5 });
  });
};

/** A commercial source in STIX 2.1. */
export const vendor: readonly Listed[] = [
  listed('domain', adversary.a, 'TIDALGREY relay function', { confidence: 90 }),
  listed('url', script, 'TIDALGREY drop in a script deployment', { confidence: 80 }),
  listed('domain', adversary.f.listed, 'SALTMARSH stage one', { confidence: 85 }),
  listed('domain', adversary.h, 'TIDALGREY update lure', { ...later, confidence: 90 }),
  ...filler('vendor', 42, ['domain', 'domain', 'url', 'sha256']),
];

/** A national team's event in MISP's format; one attribute is context only. */
export const team: readonly Listed[] = [
  listed('domain', adversary.b, 'second stage behind a function URL'),
  listed('domain', adversary.d.app, 'phishing kit on an app behind own domains'),
  listed('domain', lookAlikes.notForDetection, 'photo page that the mail linked to; honest', { detect: false }),
  ...filler('team', 38, ['domain', 'url', 'domain', 'sha256']),
];

/** A feed with validity in CSV. */
export const feed: readonly Listed[] = [
  listed('domain', adversary.e.account, 'BRACKWATER account, every function', { confidence: 90 }),
  listed('url', path, 'loader on a compromised tenant; the tenant is honest', { confidence: 80 }),
  listed('domain', lookAlikes.expired, 'phishing page, taken down', past),
  listed('domain', lookAlikes.notYetValid, 'name taken over in November', coming),
  ...filler('feed', 52, ['domain', 'domain', 'domain', 'url']),
];

/** A scraped list: some of it is right, some of it must never convict anybody. */
export const community: readonly Listed[] = [
  listed('domain', 'pages.dev', 'everybody is a neighbour here'),
  listed('domain', 'workers.dev', 'everybody is a neighbour here'),
  listed('domain', lookAlikes.popular, 'fonts of half of the company'),
  listed('domain', adversary.a, 'the same Worker as the vendor lists'),
  ...filler('community', 38, ['domain', 'url', 'domain']),
];

/** What a neighbour loads into Zeek. */
export const sensor: readonly Listed[] = [
  listed('ip', lookAlikes.edgeAddress, 'address that a bad Worker once had: an edge of all tenants'),
  ...filler('sensor', 34, ['domain', 'domain', 'url', 'sha256', 'domain']),
  listed('ip', upstream, 'a public resolver: half of the world asks it'),
];
