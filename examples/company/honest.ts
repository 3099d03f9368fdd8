/** What the people and machines of the company do on an ordinary day; nothing here is adversary use. */
import { base36, base62, hex, randomFor } from '../../src/replays/random.ts';
import { beats, call, type Question, type Request, type Visit } from '../../src/replays/visit.ts';
import { agents, type Client, clientAt, company, day, hour, minute, withRole } from './staff.ts';
import { workingMoments } from './visit.ts';

/** Sites that people read: [host, paths, how often]. */
const sites: readonly (readonly [string, readonly string[], number])[] = [
  ['www.google.com', ['/search?q=tide+tables', '/search?q=pallet+sizes', '/'], 9],
  ['en.wikipedia.org', ['/wiki/Bill_of_lading', '/wiki/Virga', '/wiki/Incoterms'], 4],
  ['www.bbc.co.uk', ['/news', '/weather', '/sport'], 5],
  ['www.theguardian.com', ['/uk', '/environment'], 3],
  ['www.gov.uk', ['/guidance/moving-goods', '/import-goods-into-uk'], 3],
  ['www.northquay-news.example', ['/', '/harbour/arrivals', '/opinion'], 5],
  ['shop.tarpaulin-supply.example', ['/', '/ropes', '/basket'], 3],
  ['forum.ropework.example', ['/latest', '/t/splicing-wire/2214'], 2],
  ['weather.inshore-forecast.example', ['/', '/sea-state'], 4],
  ['tide-clock-demo.pages.dev', ['/', '/app.js', '/harbours.json'], 3],
  ['crane-load-calculator.netlify.app', ['/', '/assets/main.css'], 2],
  ['container-codes.vercel.app', ['/', '/_next/data/index.json'], 2],
  ['knots.ropework-tools.workers.dev', ['/', '/api/knots'], 2],
];

/** Services that the company pays for. */
const office: readonly (readonly [string, readonly string[], number])[] = [
  ['outlook.office365.com', ['/owa/', '/mapi/emsmdb/', '/api/v2.0/me'], 8],
  ['login.microsoftonline.com', ['/common/oauth2/v2.0/token', '/common/oauth2/v2.0/authorize'], 3],
  ['teams.microsoft.com', ['/v2/', '/api/chatsvc/uk/v1/users'], 6],
  ['harbourfinch.sharepoint.com', ['/sites/quay', '/sites/finance/Shared%20Documents'], 4],
  ['slack.com', ['/api/conversations.history', '/api/chat.postMessage'], 4],
  ['app.rostersmith.example', ['/rota/week/42', '/static/app.css'], 4],
  ['login.rostersmith.example', ['/v1/session'], 2],
  ['portal.brightledger.example', ['/invoices', '/api/ledger'], 3],
  ['status.brightledger.example', ['/'], 1],
  ['help.harbourfinch.example', ['/', '/vpn'], 1],
];

const spread = (table: readonly (readonly [string, readonly string[], number])[]) =>
  table.flatMap(([host, paths, often]) => Array.from({ length: often }, () => ({ host, paths })));

/** A page and what it loads: one connection, some requests. */
const browse = (label: string, client: Client, count: number, from: typeof sites): Visit[] => {
  const random = randomFor(`${label} ${client.name}`);
  const choices = spread(from);
  return workingMoments(random, count).map((at) => {
    const { host, paths } = random.pick(choices);
    const pages = random.some(paths, random.int(1, Math.min(3, paths.length)));
    const requests = pages.map((path): Request => ({ path, got: random.int(900, 60_000), type: typeOf(path) }));
    return { at, client, host, agent: client.agent, requests, lasts: random.int(2_000, 90_000) };
  });
};

const typeOf = (path: string): string => {
  if (path.endsWith('.js')) return 'text/javascript';
  if (path.endsWith('.css')) return 'text/css';
  return path.includes('/api/') || path.endsWith('.json') ? 'application/json' : 'text/html';
};

const people = withRole('staff', 'engineer', 'branch');

const desks = (): Visit[] => [
  ...people.flatMap((client) => browse('browse', client, client.role === 'engineer' ? 12 : 15, sites)),
  ...people.flatMap((client) => browse('office', client, 10, office)),
];

/** Software development kits that report at a fixed beat: as regular as any beacon, from many hosts. */
const telemetry = (): Visit[] => {
  const rounds = (
    label: string,
    clients: readonly Client[],
    host: string,
    path: string,
    every: number,
    long: boolean,
  ) =>
    clients.flatMap((client) => {
      const random = randomFor(`${label} ${client.name}`);
      const from = long ? day + random.int(0, every) : day + 7.5 * hour + random.int(0, every);
      const to = long ? day + 24 * hour : day + 16 * hour;
      const request = { method: 'POST', path, sent: 412, got: 2, status: 204, type: 'application/json' } as const;
      return beats(random, from, to, every, 1).map((at) => call(at, client, host, request, agents.sdk));
    });
  const chat = people.filter((_, n) => n % 3 === 0);
  const rota = people.filter((_, n) => n % 5 === 1);
  return [
    ...rounds('chat sdk', chat, 'ingest-k3v9x2m4qa-ew.a.run.app', '/v1/batch', 15 * minute, false),
    ...rounds(
      'rota sdk',
      rota,
      'q7w2e9r4t1.execute-api.eu-west-1.amazonaws.com',
      '/prod/v1/events',
      20 * minute,
      false,
    ),
    ...rounds(
      'room panel',
      withRole('room'),
      'rostersmith-telemetry.azurewebsites.net',
      '/api/heartbeat',
      15 * minute,
      true,
    ),
  ];
};

/** The build server tells a function of the company about each build. */
const builds = (): Visit[] => {
  const random = randomFor('build webhook');
  const host = `${random.text(`${base36.slice(0, 26)}234567`, 32)}.lambda-url.eu-west-1.on.aws`;
  const server = clientAt('10.40.10.21');
  const request = { method: 'POST', path: '/build-finished', sent: 1_800, got: 15, type: 'application/json' } as const;
  return workingMoments(random, 36).map((at) => call(at, server, host, request));
};

/** Engineers look at previews of their own sites and fetch packages. */
const engineering = (): Visit[] =>
  withRole('engineer').flatMap((client) => {
    const random = randomFor(`engineering ${client.name}`);
    const previews = [
      `quay-board-${random.text(base36, 9)}-harbourfinch.vercel.app`,
      'quay-board-git-main-harbourfinch.vercel.app',
      `deploy-preview-${random.int(100, 140)}--harbourfinch-help.netlify.app`,
      `${random.text(hex, 8)}.harbourfinch-docs.pages.dev`,
      'stock-api.harbourfinch.workers.dev',
    ];
    const looks = workingMoments(random, 9).map((at) => call(at, client, random.pick(previews), { path: '/' }));
    const packages = ['registry.npmjs.org', 'static.crates.io', 'github.com'];
    const fetches = workingMoments(random, 6).map((at) =>
      call(at, client, random.pick(packages), { path: '/', got: 90_000 }, agents.curl),
    );
    return [...looks, ...fetches];
  });

/** The id of an Apps Script deployment, made up: `AKfycb` and what follows. */
export const deploymentId = (label: string): string => `AKfycb${randomFor(`deployment ${label}`).text(base62, 66)}`;

/** Staff use three small scripts of their own: the tenant stands in the path, the name is everyone's. */
const appsScripts = (): Visit[] =>
  withRole('staff')
    .slice(0, 8)
    .flatMap((client, n) => {
      const random = randomFor(`apps script ${client.name}`);
      const id = deploymentId(['holiday form', 'stock count', 'visitor list'][n % 3] ?? 'holiday form');
      const referrer = 'https://docs.google.com/';
      return workingMoments(random, 5).flatMap((at) => [
        call(at, client, 'script.google.com', { path: `/macros/s/${id}/exec`, status: 302, got: 420, referrer }),
        call(at + 400, client, 'script.googleusercontent.com', { path: '/macros/echo?user_content_key=x', got: 2_600 }),
      ]);
    });

/** Time sheets of a supplier on App Service: many honest users of a tenant that an adversary has broken into. */
const timesheets = (): Visit[] =>
  [...withRole('staff').slice(2), ...withRole('branch').slice(0, 3)].flatMap((client) => {
    const random = randomFor(`timesheets ${client.name}`);
    const paths = ['/', '/week/42', '/assets/theme/site.css', '/api/hours'];
    return workingMoments(random, 3).map((at) =>
      call(at, client, 'quayline-timesheets.azurewebsites.net', { path: random.pick(paths), got: 8_200 }),
    );
  });

/** Clear text that is still about: update lists, certificate status, the portal check, packages of the servers. */
const clearText = (): Visit[] => {
  const plain = (
    client: Client,
    count: number,
    host: string,
    path: string,
    agent = client.agent,
    type = 'text/plain',
  ) =>
    workingMoments(randomFor(`clear ${host} ${client.name}`), count).map((at): Visit => {
      const visit = call(at, client, host, { path, type, got: 800 + (at % 5_000) }, agent);
      return { ...visit, port: 80 };
    });
  const stapled = 'application/ocsp-response';
  return [
    ...withRole('staff', 'branch').flatMap((client) => [
      ...plain(
        client,
        1,
        'ctldl.windowsupdate.com',
        '/msdownload/update/v3/static/trustedr/en/authrootstl.cab',
        agents.windows,
      ),
      ...plain(client, 2, 'ocsp.digicert.com', '/MFEwTzBNMEswSTAJ', agents.windows, stapled),
    ]),
    ...withRole('engineer').flatMap((client) => plain(client, 3, 'detectportal.firefox.com', '/success.txt?ipv4')),
    ...withRole('server').flatMap((client) =>
      plain(client, 5, 'security.debian.org', '/debian-security/dists/trixie-security/InRelease', agents.apt),
    ),
  ];
};

/** Questions without a connection: reverse lookups, service records, typos, the search for a proxy. */
export const honestQuestions = (): Question[] =>
  company.flatMap((client) => {
    const random = randomFor(`questions ${client.name}`);
    const ask = (type: Question['type'], name: string, answers: Question['answers'], count: number) =>
      workingMoments(random, count).map((at): Question => ({ at, client, name, type, answers }));
    const reverse = `${random.int(2, 250)}.${random.int(0, 250)}.30.10.in-addr.arpa`;
    const typo = random.pick(['wwww.bbc.co.uk', 'harborfinch.example', 'outlok.office365.com', 'printer.local']);
    const directory = '_ldap._tcp.dc._msdcs.harbourfinch.example';
    return [
      ...ask('A', 'wpad.harbourfinch.example', null, 2),
      ...ask('A', typo, null, 1),
      ...(client.role === 'server' ? ask('PTR', reverse, ['host.harbourfinch.example'], 6) : []),
      ...ask('SRV', directory, ['dc1.harbourfinch.example'], 1),
    ];
  });

/** Every honest visit, in no order. */
export const honestVisits = (): Visit[] => [
  ...desks(),
  ...telemetry(),
  ...builds(),
  ...engineering(),
  ...appsScripts(),
  ...timesheets(),
  ...clearText(),
];
