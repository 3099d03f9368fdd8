/** An app on a port. */
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { VirgaError } from '../model/errors.ts';

export type Listen = {
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  /** PEM texts; null: plain HTTP. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
};

export type Listening = { readonly url: string; readonly close: () => Promise<void> };

/** Whether only this machine can reach an address. */
export const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);

/** Resolves when the app can be asked; throws `VirgaError` where the port cannot be had. */
export function listen(app: Hono, { host, port, tls }: Listen): Promise<Listening> {
  const handle = getRequestListener(app.fetch);
  const server = tls === null ? createServer(handle) : createTlsServer({ ...tls }, handle);
  server.requestTimeout = 60_000;
  server.headersTimeout = 20_000;
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new VirgaError('server.port', `${host}:${port} cannot be listened on.`, { cause })),
    );
    server.listen(port, host, () => {
      const address = server.address();
      const at = typeof address === 'object' && address !== null ? address.port : port;
      const name = host.includes(':') ? `[${host}]` : host;
      const close = (): Promise<void> =>
        new Promise((done) => {
          server.close(() => done());
          server.closeAllConnections();
        });
      resolve({ url: `${tls === null ? 'http' : 'https'}://${name}:${at}`, close });
    });
  });
}
