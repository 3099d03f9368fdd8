import type { Command } from '../command.ts';
import { readBytes, readCount } from '../options.ts';
import { writeReport } from '../output.ts';

const collect = (value: string, before: string[]): string[] => [...before, value];
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Recall, false alarms and delay, measured on replays that anyone can make again. */
export const evaluateCommand = {
  name: 'evaluate',
  summary: 'measure what is told of planted adversary use: recall, false alarms, delay, with confidence intervals',
  define: (command) => {
    command
      .option(
        '--logs <path>',
        'plant into these logs of your own, not into a made-up network; may be repeated',
        collect,
        [],
      )
      .option('--mapping <file>', 'a format of your own in --logs; may be repeated', collect, [])
      .option('--internal <cidr>', 'a range of your own besides the private ones; may be repeated', collect, [])
      .option('--seed <n>', 'the same seed gives the same replay', '1')
      .option('--seeds <n>', 'so many replays, from --seed on', '2')
      .option('--hosts <n>', 'internal hosts of a made-up network', '200')
      .option('--days <n>', 'days of a made-up network', '3')
      .option('--each <n>', 'plants of each scenario in one network', '5')
      .option('--scenario <id>', 'only this scenario; may be repeated', collect, [])
      .option('--telemetry <id>', 'only this set of logs: dns, flow, tls, proxy or all; may be repeated', collect, [])
      .option('--step <hours>', 'hours from one hunt to the next: how fine the delay is measured', '24')
      .option('-f, --format <format>', 'table, json, markdown or html; default: table, or what the name of --out says')
      .option('-o, --out <file>', 'write the report there instead of to standard output')
      .option('--memory <size>', 'memory that the engine may use before it spills to disk', '700MB')
      .addHelpText(
        'after',
        `
Examples:
  virga evaluate                                   made-up networks, all sets of logs: a few minutes
  virga evaluate --telemetry dns --days 5          what DNS lookups alone allow
  virga evaluate --logs logs/ --out report.md      how a hunt does in your own network; your logs are only read
What is planted, and how it is counted: docs/guide/evaluate.md`,
      );
  },
  run: async (_args, options, io) => {
    const { chosenOf, evaluate } = await import('../../pipeline/evaluate/evaluate.ts');
    const { evaluationFormat, renderEvaluation } = await import('../../pipeline/evaluate/report.ts');
    const { stepsOn } = await import('../progress.ts');
    const out = typeof options.out === 'string' ? options.out : null;
    const format = evaluationFormat(typeof options.format === 'string' ? options.format : null, out);
    const number = (name: string): number => readCount(`--${name}`, String(options[name]));
    const first = number('seed');
    const progress = stepsOn(io.stderr, 'hunts');
    const document = await evaluate({
      logs: texts(options.logs),
      mappings: texts(options.mapping),
      internal: texts(options.internal),
      seeds: Array.from({ length: number('seeds') }, (_, n) => first + n),
      hosts: number('hosts'),
      days: number('days'),
      each: number('each'),
      ...chosenOf(texts(options.scenario), texts(options.telemetry)),
      stepHours: number('step'),
      memory: readBytes('--memory', String(options.memory)),
      now: () => new Date(),
      progress: (step) => {
        if (step.kind === 'total') progress.total(step.hunts);
        else progress.step(step.kind === 'hunted', step.says);
      },
    }).finally(progress.stop);
    if (out === null) io.stdout.write(renderEvaluation(format, document, io.stdout));
    else writeReport(out, renderEvaluation(format, document, null));
    return 0;
  },
} satisfies Command;
