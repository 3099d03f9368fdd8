/** An address is a host for the time that it was one: a laptop moves twice between its beacons, another host takes its place. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openEngine } from '../src/lake/engine.ts';
import { databaseOf } from '../src/lake/found.ts';
import type { Finding, HuntDocument } from '../src/model/finding.ts';
import { call } from './command.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-identity-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

async function virga(...argv: string[]): Promise<string> {
  const { status, out, err } = await call(argv);
  expect(err).toBe('');
  expect(status).toBe(0);
  return out;
}
const hunt = async (...argv: string[]): Promise<HuntDocument> =>
  JSON.parse(await virga('hunt', ...argv, '--format', 'json'));

let files = 0;
function fileOf(text: string): string {
  const file = path.join(temp, `log-${files++}.log`);
  writeFileSync(file, text);
  return file;
}

const DAY = Date.UTC(2026, 9, 14) / 1000;
const at = (clock: string): number => {
  const [h = 0, m = 0] = clock.split(':').map(Number);
  return DAY + h * 3600 + m * 60;
};
const written = (t: number): string => new Date(t * 1000).toISOString();

const laptop = { mac: '02:00:5e:00:00:01', name: 'mira-laptop' };
const desk = { mac: '02:00:5e:00:00:02', name: 'oskar-desk' };
const guest = { mac: '02:00:5e:00:00:03', name: 'guest' };

/** What the server did; each lease is for twelve hours. */
const leases = [
  { ...laptop, ip: '10.60.1.5', at: '08:00', until: '08:55', freed: true },
  { ...laptop, ip: '10.60.2.7', at: '09:00', until: '21:00', freed: false },
  { ...laptop, ip: '10.60.3.9', at: '10:00', until: '22:00', freed: false },
  { ...desk, ip: '10.60.1.5', at: '11:00', until: '23:00', freed: false },
  { ...guest, ip: '10.60.2.7', at: '12:00', until: '23:59', freed: false },
];
const LENGTH = 43_200;

const C2 = 'metrics-relay.tidal-x7q2m9.workers.dev';
const query = (clock: string, src: string, name = C2): string =>
  `${JSON.stringify({ _path: 'dns', ts: at(clock), uid: `C${clock}${src}`, 'id.orig_h': src, 'id.orig_p': 40000, 'id.resp_h': '10.60.0.53', 'id.resp_p': 53, proto: 'udp', query: name, qtype_name: 'A', rcode_name: 'NOERROR', answers: ['104.21.0.1'] })}\n`;
const dns = (): string =>
  [
    query('07:30', '10.60.1.5', 'before.example.com'),
    query('08:10', '10.60.1.5'),
    query('08:40', '10.60.1.5'),
    query('09:10', '10.60.2.7'),
    query('09:40', '10.60.2.7'),
    query('10:10', '10.60.3.9'),
    query('10:40', '10.60.3.9'),
    query('11:30', '10.60.1.5'),
    query('11:40', '10.60.9.9'),
  ].join('');

const syslogTime = (clock: string): string => `Oct 14 2026 ${clock}:00`;
const isc = (): string =>
  leases
    .flatMap((l) => [
      [l.at, `DHCPACK on ${l.ip} to ${l.mac} (${l.name}) via eth0 [${LENGTH}]`],
      ...(l.freed ? [[l.until, `DHCPRELEASE of ${l.ip} from ${l.mac} (${l.name}) via eth0 (found)`]] : []),
    ])
    .map(([clock, says]) => `${syslogTime(clock ?? '')} gw dhcpd[77]: ${says}\n`)
    .join('');

const iscDate = (clock: string): string =>
  `3 ${written(at(clock)).slice(0, 19).replaceAll('-', '/').replace('T', ' ')}`;
const leaseFile = (): string =>
  `# dhcpd.leases(5)\nauthoring-byte-order little-endian;\n\n${leases
    .map(
      (l) =>
        `lease ${l.ip} {\n  starts ${iscDate(l.at)};\n  ends ${iscDate(l.until)};\n  binding state ${l.freed ? 'free' : 'active'};\n  hardware ethernet ${l.mac};\n  client-hostname "${l.name}";\n}\n`,
    )
    .join('')}`;

const keaFile = (): string =>
  `address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context,pool_id\n${leases
    .flatMap((l) => [
      `${l.ip},${l.mac},,${LENGTH},${at(l.at) + LENGTH},1,0,0,${l.name},0,,0\n`,
      ...(l.freed ? [`${l.ip},${l.mac},,0,${at(l.until)},1,0,0,${l.name},0,,0\n`] : []),
    ])
    .join('')}`;

const keaLog = (): string =>
  leases
    .flatMap((l) => [
      `${written(at(l.at)).slice(0, 19).replace('T', ' ')}.125 INFO  [kea-dhcp4.leases/7.1] DHCP4_LEASE_ALLOC [hwtype=1 ${l.mac}], cid=[no info], tid=0x1: lease ${l.ip} has been allocated for ${LENGTH} seconds\n`,
      ...(l.freed
        ? [
            `${written(at(l.until)).slice(0, 19).replace('T', ' ')}.125 INFO  [kea-dhcp4.leases/7.1] DHCP4_RELEASE [hwtype=1 ${l.mac}], cid=[no info], tid=0x1: address ${l.ip} was released properly.\n`,
          ]
        : []),
    ])
    .join('');

const windows = (): string =>
  leases
    .flatMap((l) => [[10, 'Assign', l.at, l] as const, ...(l.freed ? [[12, 'Release', l.until, l] as const] : [])])
    .map(
      ([id, says, clock, l]) =>
        `${id},10/14/26,${clock}:00,${says},${l.ip},${l.name},${l.mac.replaceAll(':', '').toUpperCase()},,1,0,,,,,,,,,0\n`,
    )
    .join('');

const infoblox = (): string =>
  leases
    .flatMap((l) => [
      `<30>${written(at(l.at))} ib1 dhcpd[9]: r-l-e:${l.ip},Issued,${l.name},${l.mac},${at(l.at)},${at(l.at) + LENGTH},,$\n`,
      ...(l.freed
        ? [
            `<30>${written(at(l.until))} ib1 dhcpd[9]: r-l-e:${l.ip},Released,${l.name},${l.mac},${at(l.at)},${at(l.until)},,$\n`,
          ]
        : []),
    ])
    .join('');

const zeek = (): string =>
  leases
    .flatMap((l) => [
      {
        ts: at(l.at),
        assigned_addr: l.ip,
        lease_time: LENGTH,
        msg_types: ['REQUEST', 'ACK'],
        mac: l.mac,
        host_name: l.name,
      },
      ...(l.freed ? [{ ts: at(l.until), client_addr: l.ip, msg_types: ['RELEASE'], mac: l.mac }] : []),
    ])
    .map((r) => `${JSON.stringify({ _path: 'dhcp', uids: ['C'], ...r })}\n`)
    .join('');

const shapes: readonly (readonly [string, () => string, boolean])[] = [
  ['ISC syslog', isc, true],
  ['ISC lease file', leaseFile, true],
  ['Kea lease file', keaFile, true],
  ['Kea log', keaLog, false],
  ['Windows audit log', windows, true],
  ['Infoblox syslog', infoblox, true],
  ['Zeek dhcp.log', zeek, true],
];

const intel = path.join(temp, 'intel.txt');
writeFileSync(intel, `${C2}\n`);

const about = (f: Finding): string =>
  [
    f.internal.mac ?? 'no card',
    f.internal.host ?? 'no name',
    (f.internal.addresses ?? []).map((a) => a.ip).join(' '),
    f.internal.ip,
    f.contacts,
  ].join(' | ');

const told = (named: boolean): string[] => [
  `${laptop.mac} | ${named ? laptop.name : 'no name'} | 10.60.1.5 10.60.2.7 10.60.3.9 | 10.60.3.9 | 6`,
  `${desk.mac} | ${named ? desk.name : 'no name'} | 10.60.1.5 | 10.60.1.5 | 1`,
  'no card | no name |  | 10.60.9.9 | 1',
];

describe.each(shapes)('%s', (_name, shape, named) => {
  it('makes a finding of each host, whatever its address was', async () => {
    const document = await hunt(fileOf(dns()), fileOf(shape()), '--intel', intel);
    expect(document.findings.map(about).sort()).toEqual(told(named).sort());
    expect(document.telemetry.read).toBe(document.telemetry.accepted);
    expect(document.coverage.identity).toMatchObject({ hosts: 3, addresses: 3, hosts_moved: 1, addresses_shared: 2 });
    expect(document.coverage.identity?.without.map((w) => w.ip).sort()).toEqual(['10.60.1.5', '10.60.9.9']);
  });
});

it('says which leases contradict each other, and that the later one counts', async () => {
  const document = await hunt(fileOf(dns()), fileOf(isc()), '--intel', intel);
  expect(document.coverage.identity?.conflicts).toEqual([
    {
      ip: '10.60.2.7',
      host: `${laptop.name}@${laptop.mac}`,
      other: `${guest.name}@${guest.mac}`,
      at: '2026-10-14T12:00:00.000000Z',
    },
  ]);
  expect(document.coverage.statement.join('\n')).toMatch(/Leases contradict each other 1 time \(10\.60\.2\.7\)/);
});

it('takes an address for a host where no lease was read, and says so', async () => {
  const document = await hunt(fileOf(dns()), '--intel', intel);
  expect(document.findings.map((f) => `${f.internal.ip} ${f.contacts}`).sort()).toEqual(
    ['10.60.1.5 3', '10.60.2.7 2', '10.60.3.9 2', '10.60.9.9 1'].sort(),
  );
  expect(document.coverage.statement).toContain(
    'No DHCP log was read: each internal address is taken for one host for the whole time.',
  );
});

describe('a workspace', () => {
  const workspace = path.join(temp, 'ws');
  const retro = async (): Promise<HuntDocument> =>
    JSON.parse(await virga('retro', '-w', workspace, '--all', '--format', 'json'));

  it('renames what is stored when leases come in after the contacts', async () => {
    await virga('ingest', fileOf(dns()), '-w', workspace);
    await virga('intel', 'import', intel, '-w', workspace);
    expect((await retro()).findings).toHaveLength(4);
    await virga('ingest', fileOf(isc()), '-w', workspace);
    expect((await retro()).findings.map(about).sort()).toEqual(told(true).sort());
  });

  it('believes the newest word: what comes late splits a day that was taken for one host', async () => {
    await virga(
      'ingest',
      fileOf(`${syslogTime('10:30')} gw dhcpd[77]: DHCPACK on 10.60.3.9 to ${guest.mac} (guest) via eth0\n`),
      '-w',
      workspace,
    );
    const found = (await retro()).findings.map(about);
    expect(found).toContain(`${laptop.mac} | ${laptop.name} | 10.60.1.5 10.60.2.7 10.60.3.9 | 10.60.3.9 | 5`);
    expect(found).toContain(`${guest.mac} | guest | 10.60.3.9 | 10.60.3.9 | 1`);
  });

  it('counts the hosts, not the addresses, in a hunt over it', async () => {
    const document = await hunt(
      fileOf(query('13:00', '10.60.3.9', 'other.example.com')),
      '-w',
      workspace,
      '--intel',
      intel,
    );
    expect(document.findings.map(about)).toContain(`${guest.mac} | guest | 10.60.3.9 | 10.60.3.9 | 1`);
  });
});

it('brings a workspace of version 1 up to date when it is opened', async () => {
  const workspace = path.join(temp, 'ws1');
  await virga('ingest', fileOf(dns()), '-w', workspace);
  const engine = await openEngine({ file: databaseOf(workspace), memory: '500MB', temp });
  await engine.run(
    'ALTER TABLE contact DROP COLUMN address; DROP TABLE lease; DROP TABLE holding; UPDATE lake SET version = 1',
  );
  engine.close();
  const document = await hunt(fileOf(isc()), '-w', workspace, '--intel', intel);
  expect(document.findings.map(about).sort()).toEqual(told(true).sort());
});

it('keeps two laptops at one dock apart, and one laptop with two cards together', async () => {
  const dock = '02:00:5e:00:00:0d';
  const says = (clock: string, ip: string, mac: string, name: string): string =>
    `10,10/14/26,${clock}:00,Assign,${ip},${name},${mac.replaceAll(':', '')},,1,0,,,,,,,,,0\n`;
  const log = [
    says('08:00', '10.60.1.5', dock, 'ana.corp.example'),
    says('09:00', '10.60.1.6', '02:00:5e:00:00:0a', 'ana.corp.example'),
    says('10:00', '10.60.1.5', dock, 'ben.corp.example'),
  ].join('');
  const document = await hunt(
    fileOf([query('08:10', '10.60.1.5'), query('09:10', '10.60.1.6'), query('10:10', '10.60.1.5')].join('')),
    fileOf(log),
    '--intel',
    intel,
  );
  expect(document.findings.map((f) => `${f.internal.host} ${f.contacts}`).sort()).toEqual([
    'ana.corp.example 2',
    'ben.corp.example 1',
  ]);
});
