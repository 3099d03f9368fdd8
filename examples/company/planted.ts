/**
 * What is planted: adversary use of functions, and tempting look-alikes beside it. Every endpoint is made up;
 * the letters are those of the table in examples/README.md.
 */

import { base36, randomFor } from '../../src/replays/random.ts';
import { beats, call, type Visit } from '../../src/replays/visit.ts';
import { deploymentId } from './honest.ts';
import { internet } from './internet.ts';
import { agents, clientAt, day, hour, minute, withRole } from './staff.ts';
import { workingMoments } from './visit.ts';

const functionUrl = (label: string, region: string) =>
  `${randomFor(label).text(`${base36.slice(0, 26)}234567`, 32)}.lambda-url.${region}.on.aws`;

/** The adversary's endpoints, by the letter of the story. */
export const adversary = {
  a: 'metrics-relay.tidal-x7q2m9.workers.dev',
  b: functionUrl('adversary lambda', 'ap-southeast-1'),
  c: `/macros/s/${deploymentId('adversary')}/exec`,
  d: { name: 'enrol.finch-benefits.example', app: 'finchbenefits-x4t9.azurewebsites.net' },
  e: { account: 'brackwater-k5d8w1.workers.dev', name: 'cdn-cache.brackwater-k5d8w1.workers.dev' },
  f: {
    listed: 'edge-a.saltmarsh-q8r3v6.workers.dev',
    others: ['edge-b', 'edge-c', 'edge-d'].map((name) => `${name}.saltmarsh-q8r3v6.workers.dev`),
  },
  g: { host: 'quayline-timesheets.azurewebsites.net', path: '/assets/theme/upd.php' },
  h: 'berth-update-p3z7n.vercel.app',
  i: {
    host: 'stock-images.kestrel-m6w2p9.workers.dev',
    poll: '/gallery/v3/manifest.json',
    send: '/gallery/v3/feedback',
  },
} as const;

/** Names and addresses that lists hold and that must not make a finding. */
export const lookAlikes = {
  /** What the resolvers answer for the bad Worker of (a), and for honest names too. */
  edgeAddress: internet.answerFor(adversary.a).addresses[0] ?? '',
  popular: 'd3n8k2v7qx41ze.cloudfront.net',
  expired: 'cargo-notes-m4x8.netlify.app',
  notYetValid: 'tide-tables-w9q3.vercel.app',
  notForDetection: 'dockside-photos-k7z2.pages.dev',
} as const;

const post = { method: 'POST', path: '/api/sync', sent: 310, got: 96, type: 'application/json' } as const;

const at = (hours: number, minutes: number) => day + hours * hour + minutes * minute + 17_413;

/** (a) A listed Worker: one engineer's machine calls every five minutes, a fifth up or down. */
const beacon = (): Visit[] => {
  const client = clientAt('10.40.30.14');
  const moments = beats(randomFor('beacon'), at(9, 42), day + 24 * hour - 6 * minute, 5 * minute, 20);
  return moments.map((moment) => call(moment, client, adversary.a, post, agents.go));
};

/** (b) A listed Lambda URL, once, at the second site. */
const lambdaOnce = (): Visit[] => [
  call(at(13, 6), clientAt('10.41.20.15'), adversary.b, { path: '/', got: 48_220 }, agents.curl),
];

/** (c) A listed Apps Script deployment among honest ones: only the proxy sees the path. */
const appsScript = (): Visit[] =>
  workingMoments(randomFor('bad script'), 7).flatMap((moment) => [
    call(
      moment,
      clientAt('10.40.20.19'),
      'script.google.com',
      { ...post, path: adversary.c, status: 302 },
      agents.python,
    ),
    call(
      moment + 600,
      clientAt('10.40.20.19'),
      'script.googleusercontent.com',
      { path: '/macros/echo?user_content_key=y', got: 180 },
      agents.python,
    ),
  ]);

/** (d) The adversary's own domain: the listed app stands in the DNS answer only. */
const ownDomain = (): Visit[] =>
  [at(10, 21), at(10, 24), at(15, 2)].map((moment) =>
    call(moment, clientAt('10.40.30.17'), adversary.d.name, { path: '/enrol', got: 21_400 }),
  );

/** (e) Another function of an account that is listed as a whole. */
const listedAccount = (): Visit[] =>
  beats(randomFor('account'), at(11, 30), at(15, 0), 40 * minute, 15).map((moment) =>
    call(moment, clientAt('10.41.20.18'), adversary.e.name, post, agents.go),
  );

/** (f) One function is listed; later the same host walks through others of the same account. */
const walk = (): Visit[] => {
  const client = clientAt('10.40.30.19');
  const steps = [adversary.f.listed, ...adversary.f.others];
  return steps.flatMap((host, n) =>
    beats(randomFor(`walk ${host}`), at(11 + n * 2, 5), at(12 + n * 2, 0), 11 * minute, 20).map((moment) =>
      call(moment, client, host, post, agents.go),
    ),
  );
};

/** (g) A path that an adversary put on an honest tenant; (h) a name that was published six days later. */
const pathAndLater = (): Visit[] => [
  ...[at(9, 12), at(9, 31), at(14, 40)].map((moment) =>
    call(moment, clientAt('10.40.20.22'), adversary.g.host, { path: adversary.g.path, got: 310_000 }, agents.curl),
  ),
  ...[at(10, 3), at(10, 9), at(16, 15)].map((moment) =>
    call(moment, clientAt('10.40.20.14'), adversary.h, { path: '/api/update', got: 5_120 }),
  ),
];

/** (i) On no list: but its paths, its user agent and its rhythm are those of a known configuration (characteristics/). */
const knownSoftware = (): Visit[] => {
  const client = clientAt('10.40.20.17');
  const random = randomFor('known software');
  return beats(random, at(8, 20), at(18, 0), 6 * minute, 20).map((moment, n) =>
    call(
      moment,
      client,
      adversary.i.host,
      n % 9 === 5
        ? { ...post, path: adversary.i.send, sent: 4_100 }
        : { path: adversary.i.poll, got: 212, type: 'application/json' },
      agents.kestrel,
    ),
  );
};

/** Every planted visit of an adversary. */
export const plantedVisits = (): Visit[] => [
  ...beacon(),
  ...lambdaOnce(),
  ...appsScript(),
  ...ownDomain(),
  ...listedAccount(),
  ...walk(),
  ...pathAndLater(),
  ...knownSoftware(),
];

/** Honest visits to what the lists hold by mistake, too early, too late or as context only. */
export const lookAlikeVisits = (): Visit[] => {
  const popular = withRole('staff', 'engineer', 'branch').flatMap((client) =>
    workingMoments(randomFor(`popular ${client.name}`), 2).map((moment) =>
      call(moment, client, lookAlikes.popular, { path: '/fonts/quay-sans.woff2', got: 31_000, type: 'font/woff2' }),
    ),
  );
  const visited = (host: string, ...addresses: readonly string[]) =>
    addresses.flatMap((address) =>
      workingMoments(randomFor(`${host} ${address}`), 3).map((moment) =>
        call(moment, clientAt(address), host, { path: '/' }),
      ),
    );
  return [
    ...popular,
    ...visited(lookAlikes.expired, '10.40.20.12', '10.41.20.13'),
    ...visited(lookAlikes.notYetValid, '10.40.30.12', '10.40.30.18'),
    ...visited(lookAlikes.notForDetection, '10.40.20.25'),
  ];
};
