import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { VirgaError } from '../model/errors.ts';
import { openTo } from './addresses.ts';
import { readText } from './body.ts';
import { openDoor } from './door.ts';
import { openLookup } from './lookup.ts';
import type { Policy, Question } from './policy.ts';

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done))));
});

/** A server on the loopback address; its origin. */
async function serve(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer({ keepAliveTimeout: 1 }, handle);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

const INSIDE: Partial<Policy> = { inside: ['127.0.0.0/8'] };

/** Status and text of the answer, or the code of what went wrong. */
async function ask(question: Question | string, policy: Partial<Policy> = INSIDE, most = 1e6): Promise<string> {
  const door = openDoor(policy);
  try {
    const answer = await door.ask(typeof question === 'string' ? { url: question } : question);
    return `${answer.status} ${await readText(answer, most)}`;
  } catch (error) {
    if (error instanceof VirgaError) return `${error.code}: ${error.message}`;
    throw error;
  } finally {
    await door.close();
  }
}

describe('an answer', () => {
  it('has status, headers and text, packed or not, whatever the status', async () => {
    const origin = await serve((request, response) => {
      response.setHeader('x-seen', `${request.method} ${request.headers['x-mine']} ${request.headers['user-agent']}`);
      response.setHeader('content-encoding', 'gzip');
      response.writeHead(404).end(gzipSync('nothing here'));
    });
    expect(await ask({ url: `${origin}/x`, headers: { 'x-mine': 'a' } })).toBe('404 nothing here');
    const door = openDoor(INSIDE);
    const { headers, discard } = await door.ask({ url: origin, headers: { 'x-mine': 'a' } });
    expect(headers['x-seen']).toMatch(/^GET a virga\//);
    discard();
    await door.close();
  });

  it('of a POST carries its body and is not followed', async () => {
    const origin = await serve((request, response) => {
      request.on('data', (chunk) => response.setHeader('x', String(chunk)));
      request.on('end', () => response.writeHead(307, { location: 'http://192.0.2.1/' }).end(response.getHeader('x')));
    });
    expect(await ask({ url: origin, method: 'POST', body: 'hello' })).toBe('307 hello');
  });
});

describe('limits', () => {
  it('of size: bombs and endless answers are cut off', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const origin = await serve((request, response) => {
      if (request.url === '/bomb') response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
      else {
        const more = (): void => {
          while (!response.destroyed && response.write('x'.repeat(65_536)));
        };
        response.on('drain', more);
        more();
      }
    });
    const policy = { ...INSIDE, maxBytes: 1_000_000 };
    expect(await ask(`${origin}/bomb`, policy)).toBe(
      `outbound.too-large: The answer of ${origin}/bomb is larger than 1000000 bytes.`,
    );
    expect(await ask(`${origin}/endless`, policy)).toMatch(/^outbound.too-large/);
    expect(await ask(`${origin}/endless`, INSIDE, 1000)).toMatch(/^outbound.too-large.*1000 bytes/);
  });

  it('of time, before the answer and in the middle of it', async () => {
    const origin = await serve((request, response) => {
      if (request.url === '/half') response.write('half');
    });
    const policy = { ...INSIDE, seconds: 0.3 };
    expect(await ask(`${origin}/none?key=secret`, policy)).toBe(
      `outbound.timeout: ${origin}/none did not answer in time.`,
    );
    expect(await ask(`${origin}/half`, policy)).toMatch(/^outbound.timeout/);
    for (const server of servers) server.closeAllConnections();
  });

  it('of redirects, which are followed with the credentials only where they were meant for', async () => {
    const other = await serve((request, response) =>
      response.end(`other ${request.headers.authorization} ${request.headers['x-mine']}`),
    );
    const origin = await serve((request, response) => {
      const to: Record<string, string> = {
        '/near': '/end',
        '/far': other,
        '/loop': '/loop',
        '/file': 'file:///etc/passwd',
      };
      const location = to[request.url ?? ''];
      if (location === undefined) response.end(`end ${request.headers.authorization}`);
      else response.writeHead(302, { location }).end();
    });
    const headers = { Authorization: 'Bearer x', 'x-mine': 'y' };
    expect(await ask({ url: `${origin}/near`, headers })).toBe('200 end Bearer x');
    expect(await ask({ url: `${origin}/far`, headers })).toBe('200 other undefined y');
    expect(await ask(`${origin}/loop`)).toMatch(/^outbound.redirects: .* more than 5 times/);
    expect(await ask(`${origin}/file`)).toMatch(/^outbound.refused: .*neither http nor https/);
  });

  it('of how it is packed', async () => {
    const origin = await serve((request, response) =>
      request.url === '/cut'
        ? response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(999)).subarray(0, 20))
        : response.writeHead(200, { 'content-encoding': 'br' }).end('x'),
    );
    expect(await ask(origin)).toMatch(/^outbound.answer: .*"br"/);
    expect(await ask(`${origin}/cut`)).toMatch(/^outbound.unreachable/);
  });
});

describe('reach', () => {
  it.each([
    'http://127.0.0.1:9/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0.0.0.0/',
    'http://10.1.2.3/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[fd00:ec2::254]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://localhost:9/',
    'ftp://example.com/',
    'https://user:pass@example.com/',
    'not a url',
  ])('%s is not asked', async (url) => {
    expect(await ask(url, {})).toMatch(/^outbound.refused/);
  });

  it('a redirect does not open it', async () => {
    const origin = await serve((request, response) =>
      response
        .writeHead(302, { location: request.url === '/name' ? 'http://localhost:9/' : 'http://127.9.9.9:9/' })
        .end(),
    );
    const narrow = { inside: ['127.0.0.1/32'] };
    expect(await ask(origin, narrow)).toMatch(/^outbound.refused: http:\/\/127.9.9.9/);
    expect(await ask(`${origin}/name`, { inside: ['127.0.0.1/32'] })).not.toMatch(/^200/);
  });

  it('who does not answer is named', async () => {
    expect(await ask('http://127.0.0.1:1/')).toMatch(
      /^outbound.unreachable: http:\/\/127.0.0.1:1\/ could not be asked \(ECONNREFUSED\)/,
    );
  });

  it('a name that leads to a public and a private address leads to the public one', () => {
    const answers: unknown[] = [];
    const lookup = openLookup(openTo([]), (host, _options, done) => {
      const addresses = host === 'both' ? ['10.0.0.1', '9.9.9.9'] : ['10.0.0.1', '::1'];
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    });
    const keep = (...answer: readonly unknown[]): unknown => answers.push(answer);
    lookup('both', {}, keep);
    lookup('both', { all: true }, keep);
    lookup('inside', { all: true }, keep);
    expect(answers).toMatchObject([
      [null, '9.9.9.9', 4],
      [null, [{ address: '9.9.9.9' }]],
      [{ message: 'inside leads to a private or reserved address' }, []],
    ]);
  });

  it('goes through a proxy where one is named', async () => {
    const proxy = await serve((_request, response) => response.end());
    servers[0]?.on('connect', (request: IncomingMessage, socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.on('data', () => {
        const text = `through: ${request.url}`;
        socket.end(`HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: ${text.length}\r\n\r\n${text}`);
      });
    });
    expect(await ask('http://feed.example/list', { proxy })).toBe('200 through: feed.example:80');
  });
});
