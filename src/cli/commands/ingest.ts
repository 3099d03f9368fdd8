import { VirgaError } from '../../model/errors.ts';
import type { IngestDocument } from '../../pipeline/ingest-files.ts';
import type { IntakeEvent, IntakeSummary } from '../../pipeline/intake.ts';
import type { Command, Io } from '../command.ts';
import { readBytes } from '../options.ts';
import { readState } from './intel/options.ts';

const collect = (value: string, before: string[]): string[] => [...before, value];

/** Logs into the workspace: files that are there, and what comes while it runs. */
export const ingestCommand = {
  name: 'ingest',
  summary: 'bring logs into a workspace, once or as they come, and match them as they come',
  define: (command) => {
    command
      .argument('[path...]', 'log files or directories to bring in once; - is standard input to its end')
      .requiredOption('-w, --workspace <dir>', 'keeps events and ledgers; one process at a time')
      .option(
        '--follow <path>',
        'follow a file, every file under a directory, or - for standard input; may be repeated',
        collect,
        [],
      )
      .option(
        '--listen <address>',
        'syslog+udp://, syslog+tcp://, syslog+tls://, http:// or https:// [host]:port; without a host this machine alone; may be repeated',
        collect,
        [],
      )
      .option('--objects <dir>', 'a directory of whole objects, as a synchronised bucket; may be repeated', collect, [])
      .option(
        '--kafka <url>',
        'kafka://broker:9092/topic?group=name: a worker of that group; may be repeated',
        collect,
        [],
      )
      .option('--config <file>', 'the same in YAML, see docs/guide/live.md')
      .option('--tls-cert <file>', 'certificate (PEM) for syslog+tls and https')
      .option('--tls-key <file>', 'its key')
      .option('--tls-ca <file>', 'senders must show a certificate of this authority')
      .option('--token-file <file>', 'senders over HTTP must show one of these tokens, one a line')
      .option(
        '-i, --intel <path>',
        'indicators beside those that the workspace keeps: each batch is matched as it comes in; may be repeated',
        collect,
        [],
      )
      .option('--mapping <file>', 'a format of your own (see `virga formats --help`); may be repeated', collect, [])
      .option('--state <url>', "the workspace's facts are in PostgreSQL (postgres://…); default: VIRGA_STATE")
      .option('--leads', 'print leads, too, not only findings')
      .option('--internal <cidr>', 'a range of your own besides the private ones; may be repeated', collect, [])
      .option('-f, --format <format>', 'of the account of files: table or json', 'table')
      .option('--spool <size>', 'batches that wait may take this much; then senders wait', '1GB')
      .option('--idle-exit <seconds>', 'stop when nothing came for so long')
      .option('--status-every <seconds>', 'say on standard error how far behind each source is', '30')
      .option('--memory <size>', 'memory that the engine may use before it spills to disk', '700MB')
      .addHelpText('after', examples);
  },
  run: async (args, options, io) => {
    const { parseKafka, readConfig, receiversOf } = await import('../../pipeline/intake-config.ts');
    const workspace = String(options.workspace);
    const memory = readBytes('--memory', String(options.memory));
    const format = formatOf(options.format);
    const spool = spoolBytes(String(options.spool));
    const config = typeof options.config === 'string' ? readConfig(options.config) : null;
    const receivers = receiversOf(
      {
        follow: [...(config?.follow ?? []), ...texts(options.follow)],
        objects: [...(config?.objects ?? []), ...texts(options.objects)],
        kafka: [...(config?.kafka ?? []), ...texts(options.kafka).map(parseKafka)],
        listen: [...(config?.listen ?? []), ...texts(options.listen)],
        tls: tlsOf(options) ?? config?.tls,
        tokens: typeof options.tokenFile === 'string' ? options.tokenFile : config?.tokens,
      },
      io.stdin,
    );
    if (args.length === 0 && receivers.length === 0)
      throw new VirgaError('usage.wrong', 'Name log files, or what to listen to with --follow, --listen or --objects.');
    if (args.length > 0) {
      const { ingestFiles } = await import('../../pipeline/ingest-files.ts');
      const document = await ingestFiles({
        paths: args,
        workspace,
        memory,
        mappings: texts(options.mapping),
        stdin: io.stdin,
      });
      const out = receivers.length > 0 ? io.stderr : io.stdout;
      out.write(format === 'json' ? `${JSON.stringify(document)}\n` : tableOf(document));
    }
    if (receivers.length === 0) return 0;
    const { runIntake } = await import('../../pipeline/intake.ts');
    const stop = new AbortController();
    const onSignal = (): void => stop.abort();
    process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
    try {
      const summary = await runIntake({
        workspace,
        memory,
        receivers,
        mappings: texts(options.mapping),
        live: {
          intel: texts(options.intel),
          stateUrl: readState(options),
          internal: texts(options.internal),
          now: () => new Date(),
          leads: options.leads === true,
        },
        spoolBytes: spool,
        idle: options.idleExit === undefined ? null : seconds('--idle-exit', options.idleExit),
        statusEvery: seconds('--status-every', options.statusEvery),
        signal: stop.signal,
        now: () => new Date(),
        told: (event) => tell(event, io),
      });
      io.stderr.write(summaryOf(summary));
    } finally {
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    }
    return 0;
  },
} satisfies Command;

const examples = `
Examples:
  virga ingest /var/log/zeek --workspace ./lake
  virga ingest --workspace ./lake --follow /var/log/zeek --intel ./indicators
  virga ingest --workspace ./lake --listen syslog+udp://0.0.0.0:514 --listen http://127.0.0.1:8088
  tail -F query.log | virga ingest --workspace ./lake --follow - --intel ./indicators`;

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

function formatOf(value: unknown): 'table' | 'json' {
  if (value === 'table' || value === 'json') return value;
  throw new VirgaError('usage.wrong', `--format takes table or json, not ${JSON.stringify(value)}.`);
}

function tlsOf(options: Record<string, unknown>): { cert: string; key: string; ca?: string } | undefined {
  const { tlsCert: cert, tlsKey: key, tlsCa: ca } = options;
  if (cert === undefined && key === undefined) return undefined;
  if (typeof cert !== 'string' || typeof key !== 'string')
    throw new VirgaError('usage.wrong', '--tls-cert and --tls-key belong together.');
  return { cert, key, ...(typeof ca === 'string' ? { ca } : {}) };
}

function seconds(option: string, value: unknown): number {
  const number = Number(value);
  if (!(number > 0 && number <= 86400 * 365))
    throw new VirgaError('usage.wrong', `${option} takes a number of seconds, not ${JSON.stringify(value)}.`);
  return number * 1000;
}

function spoolBytes(text: string): number {
  const size = readBytes('--spool', text);
  const number = Number.parseInt(size, 10);
  return number * (size.includes('G') ? 1_000_000_000 : 1_000_000);
}

/** Findings are the answer; everything else is told on the side. */
async function tell(event: IntakeEvent, io: Io): Promise<void> {
  if (event.kind === 'finding') {
    const line = `${JSON.stringify(event.finding)}\n`;
    if (!io.stdout.write(line)) await new Promise<void>((resolve) => io.stdout.once('drain', () => resolve()));
  } else if (event.kind === 'note') io.stderr.write(`virga: ${printable(event.says)}\n`);
  else if (event.kind === 'ready')
    io.stderr.write(
      `virga: listening to ${event.sources.map(printable).join(', ')}${event.indicators === null || event.indicators === 0 ? '' : `, matching ${event.indicators} indicators`}\n`,
    );
  else if (event.kind === 'status') io.stderr.write(statusLine(event));
}

function statusLine({ sources, waiting }: Extract<IntakeEvent, { kind: 'status' }>): string {
  const behind = sources.map(
    (s) => `${printable(s.source)} ${s.amount} ${s.unit} behind${s.lost > 0 ? `, ${s.lost} lost` : ''}`,
  );
  return `virga: ${behind.join('; ')}; ${waiting.batches} batches wait${waiting.batches > 0 ? ` (${waiting.seconds} s)` : ''}\n`;
}

const printable = (text: string): string => text.replace(/[^\x20-\x7e\u00a0-\uffff]/g, '?');

const summaryOf = (s: IntakeSummary): string =>
  `virga: ${s.batches} batches, read ${s.read} = accepted ${s.accepted} + refused ${s.refused}; ${s.findings} findings\n`;

function tableOf(document: IngestDocument): string {
  const rows = document.batches.map(
    (b) =>
      `${printable(b.file)}: ${b.already ? 'there already' : `${b.accepted} accepted, ${b.refused} refused${b.grown ? ', in place of what it held before it grew' : ''}`}${b.formats.length > 0 ? ` (${b.formats.join(', ')})` : ''}`,
  );
  const reasons = Object.entries(document.reasons).map(([reason, n]) => `${n} ${reason}`);
  return `${rows.join('\n')}\n${document.files} files, read ${document.read} = accepted ${document.accepted} + refused ${document.refused}${reasons.length > 0 ? ` (${reasons.join(', ')})` : ''}${document.already > 0 ? `; ${document.already} there already` : ''}\n`;
}
