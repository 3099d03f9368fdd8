import type { Command as Commander } from 'commander';
import { VirgaError } from '../../model/errors.ts';
import type { TaxiiServer } from '../../pipeline/taxii.ts';
import type { Command, CommandGroup } from '../command.ts';
import { readCount, readTime } from '../options.ts';

const collect = (value: string, before: string[]): string[] => [...before, value];

const serverOptions = (command: Commander): Commander =>
  command
    .argument('<url>', 'discovery URL or API root of a TAXII 2.1 server')
    .option('--user <name>', 'user name; the password is taken from --password-env')
    .option('--password-env <variable>', 'environment variable that holds the password', 'VIRGA_TAXII_PASSWORD')
    .option('--token-env <variable>', 'environment variable that holds a bearer token')
    .option('--inside <cidr>', 'a private range that may be asked: your own servers; may be repeated', collect, [])
    .option('--proxy <url>', 'proxy through which all goes, such as http://proxy.example:3128')
    .option('--timeout <seconds>', 'seconds for each answer', '300');

const list = {
  name: 'list',
  summary: 'list the API roots and collections of a TAXII 2.1 server (JSON)',
  define: (command) => {
    serverOptions(command).addHelpText('after', '\n  virga taxii list https://taxii.example/taxii2/ --user me');
  },
  run: async ([url], options, io) => {
    const { listTaxii } = await import('../../pipeline/taxii.ts');
    io.stdout.write(`${JSON.stringify(await listTaxii(serverOf(url, options)), null, 2)}\n`);
    return 0;
  },
} satisfies Command;

const pull = {
  name: 'pull',
  summary: 'write the new objects of TAXII collections as STIX bundles that --intel reads',
  define: (command) => {
    serverOptions(command)
      .requiredOption('-o, --out <dir>', 'where the bundles go; DIR.cursor.json beside it notes how far was read')
      .option('-c, --collection <id>', 'id or title; without it all that may be read')
      .option('--added-after <time>', 'objects added after this time (RFC 3339), whatever was read before')
      .option('--limit <objects>', 'objects that the server is asked for at a time')
      .addHelpText(
        'after',
        '\n  virga taxii pull https://taxii.example/taxii2/ --user me --out feeds/example\n  virga hunt logs/ --intel feeds/example',
      );
  },
  run: async ([url], options, io) => {
    const { pullTaxii } = await import('../../pipeline/taxii.ts');
    const pulled = await pullTaxii({
      server: serverOf(url, options),
      collection: textOr(options.collection),
      out: String(options.out),
      addedAfter: options.addedAfter === undefined ? null : timeOf(String(options.addedAfter)),
      limit: options.limit === undefined ? null : readCount('--limit', String(options.limit)),
      progress: () => undefined,
    });
    io.stdout.write(`${JSON.stringify(pulled, null, 2)}\n`);
    return 0;
  },
} satisfies Command;

/** Other people's intelligence over TAXII. */
export const taxiiCommands: CommandGroup = {
  name: 'taxii',
  summary: 'read intelligence from TAXII 2.1 servers',
  commands: [list, pull],
};

const textOr = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const timeOf = (text: string): string => new Date(readTime('--added-after', text)).toISOString();

function serverOf(url: string | undefined, options: Record<string, unknown>): TaxiiServer {
  return {
    url: url ?? '',
    authorization: authorizationOf(options),
    policy: {
      seconds: readCount('--timeout', String(options.timeout)),
      proxy: textOr(options.proxy),
      inside: Array.isArray(options.inside) ? options.inside.map(String) : [],
    },
  };
}

function authorizationOf({ user, passwordEnv, tokenEnv }: Record<string, unknown>): string | null {
  if (typeof tokenEnv === 'string') return `Bearer ${secretIn(tokenEnv)}`;
  if (typeof user !== 'string') return null;
  return `Basic ${Buffer.from(`${user}:${secretIn(String(passwordEnv))}`).toString('base64')}`;
}

function secretIn(variable: string): string {
  const secret = process.env[variable];
  if (secret) return secret;
  throw new VirgaError('usage.wrong', `The environment variable ${JSON.stringify(variable)} is empty.`);
}
