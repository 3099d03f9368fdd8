import { type ChildProcess, spawn } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { type Normalized, normalize } from '../src/pipeline/normalize.ts';

/** Real senders from Debian's packages run on loopback and are used; what they write is read. */
const temp = mkdtempSync(path.join(tmpdir(), 'virga-senders-'));
chmodSync(temp, 0o777); // some of them give up their rights
const running: ChildProcess[] = [];

afterAll(async () => {
  await Promise.all(running.map(stop));
  rmSync(temp, { recursive: true, force: true });
});

const NAME = 'sync.example-team.workers.dev';
const ADDRESS = '203.0.113.7';

async function freePort(): Promise<number> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function folder(name: string): string {
  const made = path.join(temp, name);
  mkdirSync(made);
  chmodSync(made, 0o777);
  return made;
}

function start(command: string, args: readonly string[]): ChildProcess {
  const child = spawn(command, args, { stdio: 'ignore' });
  running.push(child);
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await Promise.race([gone, wait(15_000).then(() => child.kill('SIGKILL'))]);
}

/** Asks until the server answers; the answer. */
async function ask(port: number, name: string): Promise<string[]> {
  for (let tries = 0; ; tries++) {
    const resolver = new Resolver({ timeout: 1000, tries: 1 });
    resolver.setServers([`127.0.0.1:${port}`]);
    try {
      return await resolver.resolve4(name);
    } catch (error) {
      if (tries >= 60) throw error;
      await wait(500);
    }
  }
}

/** A request through the proxy, or to the server itself; the status. */
async function get(port: number, target: string, host: string): Promise<number> {
  for (let tries = 0; ; tries++) {
    try {
      return await new Promise((resolve, reject) => {
        const headers = { host, 'user-agent': 'ExampleAgent/1.0', referer: 'http://start.example/' };
        const sent = request({ host: '127.0.0.1', port, path: target, headers }, (answer) => {
          answer.resume();
          answer.once('end', () => resolve(answer.statusCode ?? 0));
        });
        sent.once('error', reject);
        sent.end();
      });
    } catch (error) {
      if (tries >= 60) throw error;
      await wait(500);
    }
  }
}

/** Reads the log until it holds such a record; every record of it. */
async function read(
  file: string,
  format: string,
  enough: (records: readonly Normalized[]) => boolean,
): Promise<Normalized[]> {
  for (let tries = 0; ; tries++) {
    const records: Normalized[] = [];
    try {
      for await (const record of normalize([file], { schema: 'ocsf', as: null })) records.push(record);
    } catch (error) {
      if (tries >= 60) throw error;
    }
    const mine = records.filter((record) => record.format === format);
    if (enough(mine) || tries >= 60) {
      const lines = readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '' && !line.startsWith('#'));
      expect(records, 'read = accepted + refused').toHaveLength(lines.length);
      return mine;
    }
    await wait(500);
  }
}

const events = (records: readonly Normalized[]): object[] => records.flatMap((r) => ('event' in r ? [r.event] : []));
const some =
  (wanted: object) =>
  (records: readonly Normalized[]): boolean =>
    events(records).some((event) => {
      try {
        expect(event).toMatchObject(wanted);
        return true;
      } catch {
        return false;
      }
    });

/** The log was written just now: a time read in the wrong zone or year would show. */
function isFresh(records: readonly Normalized[]): void {
  for (const event of events(records)) {
    const time = 'time' in event ? Number(event.time) : Number.NaN;
    expect(Math.abs(Date.now() - time)).toBeLessThan(3_600_000);
  }
}

it('reads what Unbound writes', async () => {
  const home = folder('unbound');
  const [port, log] = [await freePort(), path.join(home, 'unbound.log')];
  writeFileSync(
    path.join(home, 'unbound.conf'),
    `server:\n  interface: 127.0.0.1\n  port: ${port}\n  do-daemonize: no\n  username: ""\n  chroot: ""\n  directory: "${home}"\n  pidfile: "${home}/pid"\n  use-syslog: no\n  logfile: "${log}"\n  verbosity: 1\n  log-queries: yes\n  log-replies: yes\n  access-control: 127.0.0.0/8 allow\n  local-zone: "workers.dev." static\n  local-data: "${NAME}. IN A ${ADDRESS}"\nremote-control:\n  control-enable: no\n`,
  );
  const server = start('unbound', ['-d', '-c', path.join(home, 'unbound.conf')]);
  expect(await ask(port, NAME)).toEqual([ADDRESS]);
  const seen = { class_uid: 4003, src_endpoint: { ip: '127.0.0.1' }, query: { hostname: NAME, type: 'A' } };
  const records = await read(log, 'unbound.log', (r) => some({ ...seen, rcode: 'NOERROR' })(r) && some(seen)(r));
  await stop(server);
  expect(events(records)).toContainEqual(expect.objectContaining({ rcode: 'NOERROR' }));
  isFresh(records);
});

it('reads what BIND writes', async () => {
  const home = folder('bind');
  const [port, log] = [await freePort(), path.join(home, 'queries.log')];
  writeFileSync(
    path.join(home, 'zone'),
    `$TTL 60\n@ IN SOA ns.${NAME}. root.${NAME}. 1 60 60 60 60\n@ IN NS ns.${NAME}.\n@ IN A ${ADDRESS}\nns IN A 127.0.0.1\n`,
  );
  writeFileSync(
    path.join(home, 'named.conf'),
    `options { directory "${home}"; pid-file "${home}/pid"; session-keyfile "${home}/session.key"; managed-keys-directory "${home}"; listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; }; recursion no; allow-query { any; }; querylog yes; dnssec-validation no; };\ncontrols { };\nlogging { channel q { file "${log}"; print-time yes; print-category yes; print-severity yes; severity info; }; category queries { q; }; };\nzone "${NAME}" { type primary; file "${home}/zone"; };\n`,
  );
  const server = start('named', ['-f', '-c', path.join(home, 'named.conf')]);
  expect(await ask(port, NAME)).toEqual([ADDRESS]);
  const records = await read(
    log,
    'bind.log',
    some({
      src_endpoint: { ip: '127.0.0.1' },
      query: { hostname: NAME, type: 'A' },
      dst_endpoint: { ip: '127.0.0.1' },
    }),
  );
  await stop(server);
  expect(events(records)).toContainEqual(
    expect.objectContaining({ class_uid: 4003, query: expect.objectContaining({ hostname: NAME, type: 'A' }) }),
  );
  isFresh(records);
});

it('reads what dnsmasq writes', async () => {
  const home = folder('dnsmasq');
  const [port, log] = [await freePort(), path.join(home, 'dnsmasq.log')];
  const server = start('dnsmasq', [
    '--keep-in-foreground',
    '--user=root',
    '--conf-file=/dev/null',
    '--no-resolv',
    '--no-hosts',
    '--listen-address=127.0.0.1',
    '--bind-interfaces',
    `--port=${port}`,
    `--pid-file=${home}/pid`,
    '--log-queries=extra',
    `--log-facility=${log}`,
    `--address=/${NAME}/${ADDRESS}`,
  ]);
  expect(await ask(port, NAME)).toEqual([ADDRESS]);
  const records = await read(
    log,
    'dnsmasq.log',
    (r) =>
      some({ src_endpoint: { ip: '127.0.0.1' }, query: { hostname: NAME, type: 'A' } })(r) &&
      some({ query: { hostname: NAME }, answers: [{ rdata: ADDRESS }] })(r),
  );
  await stop(server);
  expect(events(records)).toContainEqual(
    expect.objectContaining({ answers: [expect.objectContaining({ rdata: ADDRESS })] }),
  );
  isFresh(records);
});

it('reads what nginx writes, and Squid before it in both of its forms', async () => {
  const home = folder('nginx');
  const [origin, accessed] = [await freePort(), path.join(home, 'access.log')];
  writeFileSync(
    path.join(home, 'nginx.conf'),
    `daemon off; user root; worker_processes 1; pid ${home}/pid; error_log ${home}/error.log;\nevents { worker_connections 32; }\nhttp { access_log ${accessed} combined; client_body_temp_path ${home}/b; proxy_temp_path ${home}/p; fastcgi_temp_path ${home}/f; uwsgi_temp_path ${home}/u; scgi_temp_path ${home}/s; server { listen 127.0.0.1:${origin}; location / { return 200 "here"; } } }\n`,
  );
  const nginx = start('nginx', ['-c', path.join(home, 'nginx.conf'), '-e', path.join(home, 'error.log')]);
  expect(await get(origin, '/own?id=2', 'start.example')).toBe(200);

  const cache = folder('squid');
  const [port, native, combined] = [await freePort(), path.join(cache, 'access.log'), path.join(cache, 'combined.log')];
  writeFileSync(
    path.join(cache, 'squid.conf'),
    `http_port 127.0.0.1:${port}\nhttp_access allow all\ncache deny all\nnever_direct allow all\ncache_peer 127.0.0.1 parent ${origin} 0 no-query originserver\naccess_log stdio:${native} squid\naccess_log stdio:${combined} combined\ncache_log ${cache}/cache.log\npid_filename ${cache}/pid\ncoredump_dir ${cache}\nshutdown_lifetime 1 seconds\nvisible_hostname proxy.example\npinger_enable off\nlogfile_rotate 0\nbuffered_logs off\nstrip_query_terms off\n`,
  );
  const squid = start('squid', ['--foreground', '-n', `virga${port}`, '-f', path.join(cache, 'squid.conf')]);
  expect(await get(port, `http://${NAME}/poll?id=1`, NAME)).toBe(200);

  const wanted = {
    class_uid: 4002,
    src_endpoint: { ip: '127.0.0.1' },
    http_request: { http_method: 'GET', url: { hostname: NAME, path: '/poll', query_string: 'id=1' } },
    http_response: { code: 200 },
  };
  const agent = { ...wanted, http_request: { ...wanted.http_request, user_agent: 'ExampleAgent/1.0' } };
  const own = { http_request: { url: { path: '/own', query_string: 'id=2' }, user_agent: 'ExampleAgent/1.0' } };
  const read1 = await read(native, 'squid.native', some(wanted));
  const read2 = await read(combined, 'squid.combined', some(agent));
  const read3 = await read(accessed, 'web.access', some(own));
  await Promise.all([stop(squid), stop(nginx)]);
  expect(some(wanted)(read1)).toBe(true);
  expect(some(agent)(read2)).toBe(true);
  expect(some(own)(read3)).toBe(true);
  for (const records of [read1, read2, read3]) isFresh(records);
});
