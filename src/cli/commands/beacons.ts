import type { Command } from '../command.ts';
import { readBytes, readTime } from '../options.ts';
import { printLines } from '../output.ts';

const collect = (value: string, before: string[]): string[] => [...before, value];
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Who contacts whom with a rhythm, and why that may be honest. */
export const beaconsCommand = {
  name: 'beacons',
  summary: 'rank contacts by how regular they are, with what speaks against it (NDJSON)',
  define: (command) => {
    command
      .argument('<path...>', 'log files or directories; - is standard input; .gz and .zst as they are')
      .option(
        '--own <name>',
        'a host name or platform:account of your own, with @YYYY-MM-DD where that ends; may be repeated',
        collect,
        [],
      )
      .option('--own-file <path>', 'the same, one a line, # begins a comment; may be repeated', collect, [])
      .option('--as-of <time>', 'leave out what happened later (RFC 3339); default: now')
      .option('-w, --workspace <dir>', 'keep events and ledgers there; without it nothing is left behind')
      .option('--memory <size>', 'memory that the engine may use before it spills to disk', '700MB')
      .addHelpText(
        'after',
        `
Examples:
  virga beacons logs/                                  every pair with at least 8 contacts, highest score first
  virga beacons conn.log ssl.log | head -20            the 20 most suspicious
  virga beacons logs/ --own cloudflare-workers:acme    your own account is discounted
How a score is made, by hand: docs/guide/behaviours.md`,
      );
  },
  run: async (args, options, io) => {
    const { readOwnTenants } = await import('../../pipeline/own.ts');
    const { beacons } = await import('../../pipeline/beacons.ts');
    await printLines(
      io.stdout,
      beacons({
        logs: args,
        workspace: typeof options.workspace === 'string' ? options.workspace : null,
        memory: readBytes('--memory', String(options.memory)),
        own: readOwnTenants(texts(options.own), texts(options.ownFile)),
        asOf: typeof options.asOf === 'string' ? readTime('--as-of', options.asOf) : Date.now(),
      }),
    );
    return 0;
  },
} satisfies Command;
