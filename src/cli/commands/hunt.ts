import type { Command } from '../command.ts';
import { readBytes, readTime } from '../options.ts';
import { writeReport } from '../output.ts';
import { readState } from './intel/options.ts';

const collect = (value: string, before: string[]): string[] => [...before, value];

/** The main job: logs and intelligence in, findings with their evidence and limits out. */
export const huntCommand = {
  name: 'hunt',
  summary: 'hunt through logs for contact with adversary endpoints on serverless platforms',
  define: (command) => {
    command
      .argument(
        '<path...>',
        'log files or directories; - is standard input; .gz and .zst as they are; the format is told from the content',
      )
      .option(
        '-i, --intel <path>',
        'indicators: plain list, CSV with header, STIX bundle, MISP event, Zeek .intel; file or directory; may be repeated',
        collect,
        [],
      )
      .option(
        '--warnings <path>',
        'warning lists in MISP format: what is on them may not convict; file or directory; may be repeated',
        collect,
        [],
      )
      .option(
        '--characteristics <path>',
        'what adversary software looks like: Malleable C2 profiles and more (see `virga characteristics import --help`); may be repeated',
        collect,
        [],
      )
      .option('--mapping <file>', 'a format of your own (see `virga formats --help`); may be repeated', collect, [])
      .option('--no-known-software', 'leave the built-in characteristics out (`virga characteristics list`)')
      .option('--as-of <time>', 'judge with what was known and had happened by then (RFC 3339); default: now')
      .option(
        '-w, --workspace <dir>',
        'keep events and ledgers there, and use the intelligence that is kept there too; without it nothing is left behind',
      )
      .option('--state <url>', "the workspace's facts are in PostgreSQL (postgres://…); default: VIRGA_STATE")
      .option('--internal <cidr>', 'a range of your own besides the private ones; may be repeated', collect, [])
      .option(
        '--own <name>',
        'a host name or platform:account of your own, with @YYYY-MM-DD where that ends; may be repeated',
        collect,
        [],
      )
      .option('--own-file <path>', 'the same, one a line, # begins a comment; may be repeated', collect, [])
      .option(
        '-f, --format <format>',
        'table, json, html, markdown or stix; default: table, or what the name of --out says',
      )
      .option('-o, --out <file>', 'write the report there; the table still goes to the terminal')
      .option('--memory <size>', 'memory that the engine may use before it spills to disk', '700MB')
      .option('--exit-code', 'exit with 3 when there is at least one finding');
  },
  run: async (args, options, io) => {
    const { hunt } = await import('../../pipeline/hunt.ts');
    const { readOwnTenants } = await import('../../pipeline/own.ts');
    const { renderReport, reportFormat } = await import('../../pipeline/report.ts');
    const { progressOn } = await import('../progress.ts');
    const now = new Date();
    const progress = progressOn(io.stderr);
    const out = typeof options.out === 'string' ? options.out : null;
    const format = reportFormat(typeof options.format === 'string' ? options.format : null, out);
    const document = await hunt({
      logs: args,
      mappings: texts(options.mapping),
      intel: texts(options.intel),
      warnings: texts(options.warnings),
      characteristics: texts(options.characteristics),
      knownSoftware: options.knownSoftware !== false,
      stdin: io.stdin,
      note: (text) => io.stderr.write(`virga: ${text}\n`),
      asOf: typeof options.asOf === 'string' ? readTime('--as-of', options.asOf) : now.getTime(),
      workspace: typeof options.workspace === 'string' ? options.workspace : null,
      stateUrl: readState(options),
      memory: readBytes('--memory', String(options.memory)),
      internal: texts(options.internal),
      own: readOwnTenants(texts(options.own), texts(options.ownFile)),
      now: () => new Date(),
      progress: progress.step,
    }).finally(progress.stop);
    if (out === null) io.stdout.write(renderReport(format, document, io.stdout));
    else {
      writeReport(out, renderReport(format, document, null));
      io.stdout.write(renderReport('table', document, io.stdout));
      io.stdout.write(`\nThe whole report: ${out}\n`);
    }
    return options.exitCode === true && document.findings.length > 0 ? 3 : 0;
  },
} satisfies Command;

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
