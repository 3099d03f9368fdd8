/** `virga serve taxii`: from options to a server that answers. */
import { readFileSync } from 'node:fs';
import { VirgaError } from '../model/errors.ts';
import type { DeskOptions } from '../pipeline/intel/desk.ts';
import { openShare } from '../pipeline/intel/share.ts';
import type { Tlp } from '../stix/marking.ts';
import { isLoopback, type Listening, listen } from './listen.ts';
import { type Token, tokenFile } from './taxii/access.ts';
import { taxiiApp } from './taxii/app.ts';
import { bundleStore } from './taxii/bundles.ts';
import { allOf, deskStore } from './taxii/desk.ts';
import type { TaxiiStore } from './taxii/store.ts';

export type ServeTaxii = {
  /** Files and directories of STIX bundles: a collection each. */
  readonly bundles: readonly string[];
  /** A workspace whose approved indicators and sightings are served, up to this TLP; null: none. */
  readonly desk: (DeskOptions & { readonly upTo: Tlp; readonly unmarked: Tlp }) | null;
  /** Where objects that others send are kept; null: none are taken. */
  readonly inbox: string | null;
  /** File of tokens; null: no tokens, for this machine alone. */
  readonly tokens: string | null;
  readonly title: string;
  readonly host: string;
  readonly port: number;
  /** Files; null: plain HTTP. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  readonly now: () => Date;
};

/** Throws `VirgaError` where it would serve to others without tokens, or tokens over plain HTTP. */
export async function serveTaxii(options: ServeTaxii): Promise<Listening> {
  const { host, tls } = options;
  if (!isLoopback(host) && options.tokens === null)
    throw new VirgaError('server.open', `Without tokens, ${host} would give everything to everyone.`);
  if (!isLoopback(host) && tls === null)
    throw new VirgaError('server.open', `Without TLS, tokens would go over the network of ${host} in the clear.`);
  const tokens = options.tokens === null ? null : readTokens(options.tokens);
  const pem = tls === null ? null : { cert: readText(tls.cert), key: readText(tls.key) };
  const { store, close } = await openStore(options);
  const app = taxiiApp({ store, tokens, title: options.title, now: options.now });
  try {
    const server = await listen(app, { host, port: options.port, tls: pem });
    return { url: server.url, close: () => server.close().then(close) };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openStore({
  bundles,
  inbox,
  desk,
  now,
}: ServeTaxii): Promise<{ store: TaxiiStore; close: () => Promise<void> }> {
  const files = await bundleStore(bundles, inbox);
  if (desk === null) return { store: files, close: async () => undefined };
  const share = await openShare(desk, { upTo: desk.upTo, unmarked: desk.unmarked, now });
  return { store: allOf([deskStore(share.read), files]), close: share.close };
}

function readTokens(file: string): readonly Token[] {
  try {
    return tokenFile.parse(JSON.parse(readText(file)));
  } catch (cause) {
    if (cause instanceof VirgaError) throw cause;
    throw new VirgaError('server.tokens', `${file} is no list of tokens.`, { cause });
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new VirgaError('path.missing', `${file} could not be read.`, { cause });
  }
}
