/** rsyslog and syslog-ng, as Debian ships them, deliver over UDP, TCP and TLS. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from './intake/broker.ts';
import { holdings, nameOf, query, type Running, start, virga } from './intake/process.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-senders-'));
const key = path.join(temp, 'key.pem');
const cert = path.join(temp, 'cert.pem');
beforeAll(() => {
  const made = spawnSync(
    'openssl',
    // prettier-ignore
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
      '-addext',
      'subjectAltName=DNS:localhost,IP:127.0.0.1',
      '-keyout',
      key,
      '-out',
      cert,
    ],
    { encoding: 'utf8' },
  );
  expect(made.status, made.stderr).toBe(0);
});
afterAll(() => rmSync(temp, { recursive: true, force: true }));

const RSYSLOG = path.resolve('node_modules/.virga-debian');

/** Reads a file as it grows and sends each line on. */
type Sender = (directory: string, input: string, scheme: 'udp' | 'tcp' | 'tls', port: number) => Running;

const rsyslog: Sender = (directory, input, scheme, port) => {
  const libraries = readdirSync(path.join(RSYSLOG, 'usr/lib')).map((triple) =>
    path.join(RSYSLOG, 'usr/lib', triple, 'rsyslog'),
  );
  const tls = `StreamDriver="ossl" StreamDriverMode="1" StreamDriverAuthMode="x509/name" StreamDriverPermittedPeers="localhost"`;
  const config = path.join(directory, 'rsyslog.conf');
  writeFileSync(
    config,
    `global(workDirectory="${directory}" defaultNetstreamDriverCAFile="${cert}" maxMessageSize="64k")
module(load="imfile" PollingInterval="1")
input(type="imfile" file="${input}" tag="zeek:" ruleset="out")
ruleset(name="out") { action(type="omfwd" target="localhost" port="${port}" protocol="${scheme === 'udp' ? 'udp' : 'tcp'}"
  template="${scheme === 'tcp' ? 'RSYSLOG_SyslogProtocol23Format' : 'RSYSLOG_ForwardFormat'}" ${scheme === 'tls' ? tls : ''} ${scheme === 'tcp' ? 'TCP_Framing="octet-counted"' : ''}) }
`,
  );
  return start(path.join(RSYSLOG, 'usr/sbin/rsyslogd'), [
    '-n',
    '-f',
    config,
    '-i',
    path.join(directory, 'pid'),
    '-M',
    libraries.join(':'),
  ]);
};

const syslogNg: Sender = (directory, input, scheme, port) => {
  const transport = `transport(${scheme}) port(${port})`;
  const tls = `tls(ca-file("${cert}") peer-verify(required-trusted))`;
  const config = path.join(directory, 'syslog-ng.conf');
  writeFileSync(
    config,
    `@version: 3.38
options { stats-freq(0); log-msg-size(65536); };
source s { file("${input}" follow-freq(0.5) flags(no-parse) program-override("zeek") default-priority(info)); };
destination d { ${scheme === 'tcp' ? 'network' : 'syslog'}("localhost" ${transport} ${scheme === 'tls' ? tls : ''}); };
log { source(s); destination(d); };
`,
  );
  // prettier-ignore
  return start('syslog-ng', [
    '-F',
    '--no-caps',
    '-f',
    config,
    '-R',
    path.join(directory, 'persist'),
    '-p',
    path.join(directory, 'pid'),
    '-c',
    path.join(directory, 'ctl'),
  ]);
};

const TOTAL = 400;

describe.each([
  ['rsyslog', rsyslog],
  ['syslog-ng', syslogNg],
] as const)('%s', (name, send) => {
  it.each(['udp', 'tcp', 'tls'] as const)('delivers over %s: each line once', async (scheme) => {
    const directory = path.join(temp, `${name}-${scheme}`);
    mkdirSync(directory);
    const workspace = path.join(directory, 'ws');
    const port = await freePort();
    const listen = `syslog+${scheme}://127.0.0.1:${port}`;
    const tls = scheme === 'tls' ? ['--tls-cert', cert, '--tls-key', key] : [];
    const intake = virga(['ingest', '--workspace', workspace, '--listen', listen, '--idle-exit', '15', ...tls]);
    await intake.says('listening');
    const input = path.join(directory, 'input.log');
    writeFileSync(input, '');
    const sender = send(directory, input, scheme, port);
    for (let at = 0; at < TOTAL; at += 50) {
      appendFileSync(input, Array.from({ length: 50 }, (_, i) => `${query(at + i)}\n`).join(''));
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(await intake.ended, intake.stderr()).toBe(0);
    await sender.kill('SIGTERM');
    const held = await holdings(workspace);
    expect(held, `${intake.stderr()}\n${sender.stderr()}`).toMatchObject({ events: TOTAL });
    expect(Array.from({ length: TOTAL }, (_, n) => nameOf(n)).filter((n) => !held.names.has(n))).toEqual([]);
  });
});
