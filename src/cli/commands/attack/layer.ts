import { VirgaError } from '../../../model/errors.ts';
import type { Command } from '../../command.ts';
import { readBytes } from '../../options.ts';
import { oneOf, releaseOptions, sure, text, texts, workspaceOption, write } from './options.ts';

const collect = (value: string, before: string[]): string[] => [...before, value];

/** Coverage against ATT&CK, or a release's changes, as a Navigator layer or a report. */
export const layerCommand = {
  name: 'layer',
  summary: 'coverage against ATT&CK from your own telemetry: a Navigator layer (4.5), or a report',
  define: (command) => {
    command
      .option(
        '--hunt <file>',
        'telemetry of a hunt document (virga hunt --format json); default: events stored in the workspace',
      )
      .option('--changes <from>', 'instead: techniques that changed since this release, as a layer')
      .option('--internal <cidr>', 'a range of your own besides the private ones; may be repeated', collect, [])
      .option('--memory <size>', 'memory that the engine may use before it spills to disk', '700MB')
      .option('-f, --format <format>', 'layer (Navigator JSON), or coverage as json, table, markdown or html', 'layer')
      .option('-o, --out <file>', 'write there instead of to standard output')
      .addHelpText('after', '\nExample: virga attack layer --workspace hunt --out coverage-layer.json');
    releaseOptions(command);
    workspaceOption(command);
  },
  run: async (_args, options, io) => {
    const { coverAttack, coverageLayerOf, diffLayerOf } = await import('../../../pipeline/attack-coverage.ts');
    const { renderCoverage } = await import('../../../pipeline/attack-report.ts');
    const format = oneOf('--format', options.format, ['layer', 'json', 'table', 'markdown', 'html']);
    const [out, workspace, changes] = [text(options.out), sure(options.workspace), text(options.changes)];
    if (changes !== null) {
      const release = text(options.release);
      if (format !== 'layer' || release === null)
        throw new VirgaError('usage.wrong', '--changes FROM needs --release TO, and gives a layer only.');
      const layer = await diffLayerOf(changes, release, text(options.domain) ?? 'enterprise-attack', workspace);
      write(io, out, `${JSON.stringify(layer, null, 2)}\n`);
      return 0;
    }
    const chosen = {
      ...{ workspace, release: text(options.release), domain: text(options.domain), hunt: text(options.hunt) },
      ...{
        internal: texts(options.internal),
        memory: readBytes('--memory', sure(options.memory)),
        now: () => new Date(),
      },
    };
    if (format === 'layer') write(io, out, `${JSON.stringify(await coverageLayerOf(chosen), null, 2)}\n`);
    else write(io, out, renderCoverage(format, await coverAttack(chosen), out === null ? io.stdout : null));
    return 0;
  },
} satisfies Command;
