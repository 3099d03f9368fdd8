import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it, test } from 'vitest';
import type { Finding, HuntDocument } from '../src/model/finding.ts';
import { call } from './command.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-behaviours-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

let cases = 0;
/** Hunts through made-up connections with opened TLS, as Zeek JSON. */
async function hunt(
  contacts: readonly Contact[],
  intel = 'nothing.listed.example\n',
  ...more: readonly string[]
): Promise<HuntDocument> {
  const dir = path.join(temp, String(cases++));
  mkdirSync(dir);
  const logs = zeek(contacts).map(([name, rows]) => {
    const file = path.join(dir, `${name}.log`);
    writeFileSync(file, rows.map((r) => `${JSON.stringify(r)}\n`).join(''));
    return file;
  });
  const list = path.join(dir, 'list.txt');
  writeFileSync(list, intel);
  const argv = ['hunt', ...logs, '--intel', list, '--no-known-software', '--format', 'json', ...more];
  const { status, out, err } = await call(argv);
  expect(`${status} ${err}`).toBe('0 ');
  return JSON.parse(out);
}

type Contact = {
  /** Seconds from the begin. */
  t: number;
  src: string;
  name: string;
  path?: string;
  ua?: string;
  ja4?: string;
  method?: string;
  mime?: string;
  referrer?: string;
  sni?: string;
  address?: string;
  out?: number;
  in?: number;
  lookup?: boolean;
};

const BROWSER = {
  ua: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  ja4: 't13d1516h2_8daaf6152771_02713d6af862',
};
const POWERSHELL = {
  ua: 'Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041.4894',
  ja4: 't12d190800_d83cc789557e_16bbda4055b2',
};
const GO = { ua: 'Go-http-client/2.0', ja4: 't13d190900_9dc949149365_97f8aa674fd9' };
const START = Date.UTC(2026, 8, 7) / 1000;
const HOUR = 3600;
const DAY = 86_400;

const addressOf = (name: string): string =>
  `203.0.113.${1 + ([...name].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 9973, 7) % 250)}`;

/** conn, ssl, http and dns rows of each contact. */
function zeek(contacts: readonly Contact[]): [string, object[]][] {
  const sorted = [...contacts].sort((a, b) => a.t - b.t);
  const asked = new Set<string>();
  const rows: Record<'conn' | 'ssl' | 'http' | 'dns', object[]> = { conn: [], ssl: [], http: [], dns: [] };
  for (const [i, c] of sorted.entries()) {
    const sni = c.sni ?? c.name;
    const address = c.address ?? addressOf(sni);
    const id = {
      uid: `C${i}`,
      'id.orig_h': c.src,
      'id.orig_p': 50_000 + (i % 9000),
      'id.resp_h': address,
      'id.resp_p': 443,
    };
    const ts = START + c.t;
    if (c.lookup !== false && !asked.has(`${c.src} ${sni}`))
      rows.dns.push({
        ts,
        uid: `D${i}`,
        'id.orig_h': c.src,
        'id.orig_p': 5353,
        'id.resp_h': '10.9.9.53',
        'id.resp_p': 53,
        proto: 'udp',
        query: sni,
        qtype_name: 'A',
        rcode_name: 'NOERROR',
        answers: [address],
      });
    asked.add(`${c.src} ${sni}`);
    rows.conn.push({
      ts,
      ...id,
      proto: 'tcp',
      service: 'ssl',
      duration: 0.3,
      orig_bytes: c.out ?? 700,
      resp_bytes: c.in ?? 5000,
      conn_state: 'SF',
    });
    rows.ssl.push({
      ts: ts + 0.02,
      ...id,
      version: 'TLSv13',
      server_name: sni,
      established: true,
      ja4: c.ja4 ?? BROWSER.ja4,
    });
    rows.http.push({
      ts: ts + 0.04,
      ...id,
      trans_depth: 1,
      method: c.method ?? 'GET',
      host: c.name,
      uri: c.path ?? '/',
      referrer: c.referrer,
      user_agent: c.ua ?? BROWSER.ua,
      status_code: 200,
      request_body_len: 0,
      response_body_len: c.in ?? 5000,
      resp_mime_types: [c.mime ?? 'text/html'],
    });
  }
  return Object.entries(rows);
}

/** A sequence that looks random and is always the same. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** 24 people who browse for four days, each to many names. */
const people: Contact[] = (() => {
  const random = chance(5);
  const list: Contact[] = [];
  for (let host = 1; host <= 24; host++)
    for (let visit = 0; visit < 60; visit++)
      list.push({
        t: Math.floor(random() * 4) * DAY + (8 + 9 * random()) * HOUR,
        src: `10.9.0.${host}`,
        name: `www.site-${Math.floor(50 * random())}.example`,
      });
  return list;
})();

const victim = '10.9.0.7';
const about = (document: HuntDocument, host: string): Finding[] =>
  [...document.findings, ...document.leads].filter((f) => f.endpoint.host === host);
const summaries = (document: HuntDocument, host: string): string[] =>
  about(document, host).flatMap((f) => f.evidence.map((e) => e.summary));

/** Calls with a spread of half the period and of three times as much: no rhythm. */
const calls = (name: string, from: number, n: number, more: Partial<Contact>, seed = 3): Contact[] => {
  const random = chance(seed);
  let t = from;
  return Array.from({ length: n }, () => {
    t += -600 * Math.log(random());
    return { t, src: victim, name, ...more };
  });
};

describe('what makes a lead, and only a lead', () => {
  it('a walk through tunnels with one path', async () => {
    const names = ['amber-fox', 'quiet-hill', 'lost-shoe', 'red-lamp'].map((n) => `${n}-words.trycloudflare.com`);
    const walk = names.flatMap((name, i) =>
      calls(name, DAY + i * 5 * HOUR, 8, { path: '/84213377', ...POWERSHELL }, i + 2),
    );
    const document = await hunt([...people, ...walk]);
    expect(document.findings).toEqual([]);
    for (const name of names) {
      expect(about(document, name)).toMatchObject([{ level: 'lead', internal: { ip: victim } }]);
      expect(summaries(document, name).join()).toContain(
        'walks through 4 names on cloudflare-quick-tunnel, one after the other, with the same path /84213377',
      );
    }
    const [lead] = about(document, names[0] ?? '');
    expect(lead?.score).toBeLessThan(0.5);
    const rotation = lead?.evidence.find((e) => e.summary.startsWith('hunt.rotation'));
    expect(rotation?.events[0]?.line).toBeGreaterThan(0);
  });

  it('a dead drop, a program, and a first contact', async () => {
    const at = DAY + 10 * HOUR;
    const document = await hunt([
      ...people,
      { t: at, src: victim, name: 'docs.google.com', path: '/document/d/1abc/export', ...POWERSHELL },
      {
        t: at + 90,
        src: victim,
        name: 'fresh.cup-91.workers.dev',
        path: '/update/a.dll',
        mime: 'application/x-dosexec',
        ...POWERSHELL,
      },
    ]);
    expect(document.findings).toEqual([]);
    const [lead] = about(document, 'fresh.cup-91.workers.dev');
    expect(lead?.evidence.filter((e) => e.class === 'lifecycle').map((e) => e.summary.split(':')[0])).toEqual(
      expect.arrayContaining(['hunt.dead-drop', 'hunt.download']),
    );
    expect(summaries(document, 'fresh.cup-91.workers.dev').join()).toContain('90 s after the first of them');
  });

  it('an upload to a name that one host uses', async () => {
    const document = await hunt([
      ...people,
      ...calls('keep.jar-3.workers.dev', DAY, 5, { method: 'POST', out: 4_000_000, in: 200, ...GO }),
    ]);
    expect(summaries(document, 'keep.jar-3.workers.dev').join()).toContain('sent 20.0 MB and got 0.0 MB');
  });

  it('a new habit of one host on a name that many use', async () => {
    const name = 'timesheet-qwerty.azurewebsites.net';
    const users = Array.from({ length: 6 }, (_, i) =>
      [0, 1, 2, 3].map((d) => ({ t: d * DAY + 9 * HOUR + i * 977, src: `10.9.0.${10 + i}`, name })),
    );
    const document = await hunt([
      ...people,
      ...users.flat(),
      ...calls(name, 2 * DAY, 14, { path: '/api/v2/zz81', ...POWERSHELL }),
    ]);
    expect(about(document, name)).toMatchObject([{ level: 'lead', internal: { ip: victim } }]);
    expect(summaries(document, name).join()).toContain(`7 hosts use ${name}`);
  });

  it('a host that is asked for inside a connection to another name', async () => {
    const document = await hunt([...people, ...calls('abc-stage.azureedge.net', DAY, 6, { sni: 'ajax.example.com' })]);
    expect(summaries(document, 'abc-stage.azureedge.net').join()).toContain('whose handshake names ajax.example.com');
  });
});

describe('what makes no lead', () => {
  it('people who browse, to functions too', async () => {
    const random = chance(77);
    const visits = Array.from({ length: 400 }, () => ({
      t: Math.floor(random() * 4) * DAY + (8 + 9 * random()) * HOUR,
      src: `10.9.0.${1 + Math.floor(24 * random())}`,
      name: `page-${Math.floor(30 * random())}.someone.workers.dev`,
    }));
    const document = await hunt([...people, ...visits]);
    expect([...document.findings, ...document.leads]).toEqual([]);
  });

  it('software that many run, however regular; a person who reads a document and then a new page', async () => {
    const sdk = Array.from({ length: 10 }, (_, h) =>
      Array.from({ length: 90 }, (_, i) => ({
        t: h * 11 + i * HOUR,
        src: `10.9.0.${1 + h}`,
        name: 'ingest-7.azurewebsites.net',
        ...GO,
      })),
    );
    const reading = [
      { t: DAY + 40_000, src: victim, name: 'docs.google.com' },
      { t: DAY + 40_100, src: victim, name: 'new.blog-8.workers.dev' },
    ];
    const document = await hunt([...people, ...sdk.flat(), ...reading]);
    expect([...document.findings, ...document.leads]).toEqual([]);
  });
});

describe('beside an indicator', () => {
  it('behaviour adds its class, and honest explanations do not erase an exact match', async () => {
    const name = 'shared.cup-5.workers.dev';
    const many = Array.from({ length: 6 }, (_, h) =>
      Array.from({ length: 40 }, (_, i) => ({ t: h * 7 + i * 2 * HOUR, src: `10.9.0.${1 + h}`, name, ...GO })),
    );
    const document = await hunt([...people, ...many.flat()], `${name}\n`);
    const [finding] = document.findings;
    expect(document.findings).toHaveLength(6);
    expect(finding?.evidence.map((e) => e.class)).toEqual(
      expect.arrayContaining(['intelligence', 'behaviour', 'benign']),
    );
    expect(finding?.evidence.find((e) => e.class === 'benign')).toMatchObject({
      summary: expect.stringContaining('widespread: 6 of 2'),
    });
  });
});

describe('endpoints of one’s own', () => {
  const name = 'jobs.acme.workers.dev';
  const beat = Array.from({ length: 60 }, (_, i) => ({ t: 600 + i * 3600, src: victim, name, ...GO }));

  it('a declared account opens no lead by its rhythm; undeclared or ended, it does', async () => {
    expect(about(await hunt([...people, ...beat]), name)).toMatchObject([{ level: 'lead' }]);
    expect(about(await hunt([...people, ...beat], undefined, '--own', 'cloudflare-workers:acme'), name)).toEqual([]);
    expect(about(await hunt([...people, ...beat], undefined, '--own', `${name}@2026-09-01`), name)).toHaveLength(1);
  });

  it('a listing of it stays a finding, and says that it is contested', async () => {
    const [finding] = about(await hunt([...people, ...beat], `${name}\n`, '--own', 'cloudflare-workers:acme'), name);
    expect(finding?.level).toBe('finding');
    expect(finding?.evidence.filter((e) => e.class === 'benign').map((e) => e.summary)).toEqual([
      expect.stringContaining('own-tenant: cloudflare-workers:acme is declared as your own'),
    ]);
  });
});

const names = [
  'a.one.workers.dev',
  'b.one.workers.dev',
  'c-words.trycloudflare.com',
  'd-words.trycloudflare.com',
  'e-words.trycloudflare.com',
  'app.azurewebsites.net',
  'docs.google.com',
  'www.site.example',
];
const anyContact = fc.record({
  t: fc.integer({ min: 0, max: 3 * DAY }),
  src: fc.constantFrom('10.1.0.1', '10.1.0.2', '10.1.0.3'),
  name: fc.constantFrom(...names),
  path: fc.constantFrom('/', '/84213377', '/update/a.exe'),
  client: fc.constantFrom(BROWSER, POWERSHELL, GO),
  out: fc.constantFrom(300, 30_000_000),
  every: fc.constantFrom(0, 30, 3600),
});

test('without intelligence and characteristics nothing is a finding, whatever the platforms and however regular', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyContact, { minLength: 1, maxLength: 12 }), async (seeds) => {
      const contacts = seeds.flatMap(({ client, every, ...c }) =>
        Array.from({ length: every === 0 ? 1 : 30 }, (_, i) => ({ ...c, ...client, t: c.t + i * every })),
      );
      expect((await hunt(contacts)).findings).toEqual([]);
    }),
    { numRuns: 15 },
  );
});
