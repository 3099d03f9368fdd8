import { VirgaError } from '../../../model/errors.ts';
import type { Command } from '../../command.ts';
import { readBytes, readCount } from '../../options.ts';
import { printLines } from '../../output.ts';

/** The events that fulfil a pattern. */
export const findCommand = {
  name: 'find',
  summary: 'print the events of logs or of a workspace that fulfil a STIX pattern (NDJSON)',
  define: (command) => {
    command
      .argument('<pattern>', 'a pattern that one event can fulfil')
      .argument('[path...]', 'log files or directories, read first; - is standard input')
      .option('-w, --workspace <dir>', 'keep events there, and ask those that are there')
      .option('--limit <events>', 'at most so many', '1000')
      .option('--memory <size>', 'memory that the engine may use before it spills to disk', '700MB')
      .addHelpText(
        'after',
        `
A line is {"file","line","format","event"}. The pattern becomes a query on the columns of the events: domain-name, url,
ipv4-addr, ipv6-addr, network-traffic, x509-certificate, file and user-account; what the events do not show is told on
standard error. Patterns that need several events (AND, FOLLOWEDBY, REPEATS) are for \`virga stix match\`.

  virga stix find "[domain-name:value LIKE '%.workers.dev'] START t'2026-01-01T00:00:00Z' STOP t'2026-02-01T00:00:00Z'" logs/
  virga stix find "[network-traffic:dst_port = 8443 AND network-traffic:src_byte_count > 1000000]" -w hunting`,
      );
  },
  run: async ([pattern = '', ...logs], options, io) => {
    const { findEvents } = await import('../../../pipeline/stix-find.ts');
    const workspace = typeof options.workspace === 'string' ? options.workspace : null;
    if (logs.length === 0 && workspace === null)
      throw new VirgaError('usage.wrong', 'Name log files, or a --workspace that holds events.');
    const events = findEvents({
      ...{ pattern, logs, workspace },
      memory: readBytes('--memory', String(options.memory)),
      limit: readCount('--limit', String(options.limit)),
      tell: (words) => {
        for (const word of words) io.stderr.write(`virga: ${word}.\n`);
      },
    });
    await printLines(io.stdout, events);
    return 0;
  },
} satisfies Command;
