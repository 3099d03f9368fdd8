import { once } from 'node:events';
import { VirgaError } from '../../model/errors.ts';
import type { Command, CommandGroup } from '../command.ts';
import { deskOptions, readDesk } from './intel/options.ts';

const collect = (value: string, before: string[]): string[] => [...before, value];

const taxii = {
  name: 'taxii',
  summary: 'serve reviewed indicators and STIX bundles as a TAXII 2.1 server, until it is interrupted',
  define: (command) => {
    deskOptions(command)
      .option('-b, --bundle <path>', 'file or directory of STIX bundles: a collection; may be repeated', collect, [])
      .option('--up-to <level>', 'of the workspace: leave out what has a narrower TLP', 'green')
      .option('--tlp <level>', 'of the workspace: the TLP of what has none', 'amber')
      .option('--inbox <dir>', 'take objects from tokens that may write, and keep them there for review')
      .option(
        '--tokens <file>',
        'JSON: [{"name","sha256","role":"read"|"write","collections"?}], the hash of each token',
      )
      .option('--title <text>', 'how the server calls itself', 'Virga')
      .option('--host <address>', 'address to listen on', '127.0.0.1')
      .option('-p, --port <port>', '0 is a free one', '6100')
      .option('--tls-cert <file>', 'certificate (PEM), with --tls-key')
      .option('--tls-key <file>', 'its key (PEM)')
      .addHelpText(
        'after',
        `
Discovery is at /taxii2/, the API root at /api/. Beyond this machine it needs --tokens and TLS.

  virga intel review -w hunting --source "Made Up CERT" --set approved --reason "seen in our sandbox"
  virga serve taxii -w hunting --up-to green   # approved indicators, and where they were seen

  virga stix export feeds/ --up-to green --out shared/indicators.json
  printf %s "$TOKEN" | sha256sum
  virga serve taxii --bundle shared --tokens tokens.json`,
      );
  },
  run: async (_args, options, io) => {
    const bundles = Array.isArray(options.bundle) ? options.bundle.map(String) : [];
    if (bundles.length === 0 && textOr(options.workspace) === null)
      throw new VirgaError('usage.wrong', 'Name what is served: --workspace, --bundle or both.');
    const { serveTaxii } = await import('../../server/serve-taxii.ts');
    const server = await serveTaxii({
      bundles,
      desk: await deskOf(options),
      inbox: textOr(options.inbox),
      tokens: textOr(options.tokens),
      title: String(options.title),
      host: String(options.host),
      port: portOf(String(options.port)),
      tls: tlsOf(textOr(options.tlsCert), textOr(options.tlsKey)),
      now: () => new Date(),
    });
    io.stderr.write(`virga: TAXII 2.1 at ${server.url}/taxii2/\n`);
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    await server.close();
    return 0;
  },
} satisfies Command;

/** What others may ask of us. */
export const serveCommands: CommandGroup = {
  name: 'serve',
  summary: 'serve what is here to others',
  commands: [taxii],
};

const textOr = (value: unknown): string | null => (typeof value === 'string' ? value : null);

async function deskOf(options: Record<string, unknown>) {
  if (textOr(options.workspace) === null) return null;
  const { readTlp } = await import('../../pipeline/stix-export.ts');
  const [upTo, unmarked] = [readTlp(String(options.upTo)), readTlp(String(options.tlp))];
  if (upTo === undefined || unmarked === undefined)
    throw new VirgaError('usage.wrong', '--up-to and --tlp take clear, green, amber, amber+strict or red.');
  return { ...readDesk(options), upTo, unmarked };
}

function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new VirgaError('usage.wrong', `--port takes a number from 0 to 65535, not ${JSON.stringify(text)}.`);
}

function tlsOf(cert: string | null, key: string | null): { readonly cert: string; readonly key: string } | null {
  if (cert !== null && key !== null) return { cert, key };
  if (cert === null && key === null) return null;
  throw new VirgaError('usage.wrong', '--tls-cert and --tls-key go together.');
}
