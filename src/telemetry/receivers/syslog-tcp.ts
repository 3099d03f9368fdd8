import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { type Address, listenError } from './address.ts';
import { type Collector, collector } from './collector.ts';
import { asLine, Frames } from './frames.ts';
import type { Intake, Receiver } from './receiver.ts';

/** PEM texts. With `ca`, a sender must show a certificate of it. */
export type TlsFiles = { readonly cert: Buffer; readonly key: Buffer; readonly ca: Buffer | null };

/** Each connection may hold a message of 256 KiB. */
const MAX_CONNECTIONS = 500;

/** A sender that says nothing for this long is let go, so that dead connections do not fill the table. */
const IDLE = 30 * 60 * 1000;

/**
 * Syslog over TCP (RFC 6587) or TLS (RFC 5425). The protocol has no acknowledgement: what the program read of a
 * connection and had not yet written when it dies is gone, and the sender does not know. A slow lake stops the reading,
 * so that the sender waits.
 */
export const syslogTcp = (address: Address, tls: TlsFiles | null): Receiver => ({
  source: address.text,
  start: async (intake) => {
    const kept = collector(intake, address.text);
    const sockets = new Set<Socket>();
    const counts = { lost: 0, open: new Set<Promise<void>>() };
    const serve = (socket: Socket): void => {
      const work = take(socket, kept, intake, address, counts).finally(() => counts.open.delete(work));
      counts.open.add(work);
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    };
    const server = serverOf(tls, serve);
    server.maxConnections = MAX_CONNECTIONS;
    await listen(server, address);
    const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
    return {
      behind: () => ({ unit: 'records', amount: kept.held(), lost: counts.lost }),
      stop: async () => {
        server.close();
        for (const socket of sockets) socket.destroy();
        await Promise.allSettled(counts.open);
        await kept.finish();
      },
      ended,
    };
  },
});

function serverOf(tls: TlsFiles | null, serve: (socket: Socket) => void): Server {
  if (!tls) return createServer({ pauseOnConnect: false }, serve);
  const { cert, key, ca } = tls;
  const server = createTlsServer(
    { cert, key, ...(ca ? { ca, requestCert: true, rejectUnauthorized: true } : {}), minVersion: 'TLSv1.2' },
    serve,
  );
  server.on('tlsClientError', () => {}); // a handshake that fails is the sender's loss; it is told by the protocol
  return server;
}

export async function listen(server: Server, address: Address): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenError(address, error)));
    server.listen(address.port, address.host, resolve);
  });
}

async function take(
  socket: Socket,
  kept: Collector,
  intake: Intake,
  address: Address,
  counts: { lost: number },
): Promise<void> {
  const frames = new Frames();
  socket.setTimeout(IDLE, () => socket.destroy());
  const keep = (messages: readonly Buffer[]): void => {
    const lines = messages.map(asLine).filter((line) => line.length > 1);
    if (lines.length === 0) return;
    kept.add({ lines: Buffer.concat(lines), count: lines.length }).catch((error) => {
      if (counts.lost === 0) intake.note(`${address.text}: ${error instanceof Error ? error.message : error}`);
      counts.lost += lines.length;
      socket.destroy();
    });
  };
  try {
    for await (const chunk of socket) {
      keep(frames.push(chunk));
      await kept.room();
    }
    keep(frames.end());
  } catch {
    // The connection broke: what came whole is kept, a message that was cut off is not.
  }
  if (frames.cut > 0) intake.note(`${address.text}: ${frames.cut} messages were too long and were cut`);
}
