import { VirgaError } from '../../../model/errors.ts';
import type { Command } from '../../command.ts';
import { readTime } from '../../options.ts';
import { printLines } from '../../output.ts';
import { deskOptions, oneOf, readDesk, textOption } from './options.ts';

/** What was seen, cleared or over; each prolongs or weighs on an indicator. */
export const sightingsCommand = {
  name: 'sightings',
  summary: 'list when and where indicators were seen, or add a sighting',
  define: (command) => {
    deskOptions(command.argument('[value]', 'an observable: then a sighting of it is added'))
      .option('--kind <kind>', 'seen, false-positive or expired', 'seen')
      .option('--at <time>', 'when (RFC 3339); default: now')
      .option('--where <text>', 'where, such as a sensor or a case', '')
      .option('--by <name>', 'who saw it, as claimed; default: the account of the system')
      .addHelpText(
        'after',
        '\nA look back adds what it finds by itself. A sighting prolongs an indicator whose source gave no end.\n\nExamples:\n  virga intel sightings -w hunting\n  virga intel sightings evil.example -w hunting --kind false-positive --where "ticket 4711"',
      );
  },
  run: async ([value], options, io) => {
    const kind = oneOf('--kind', options.kind, ['seen', 'false-positive', 'expired']);
    const { addSighting, listSightings } = await import('../../../pipeline/intel/sightings.ts');
    const desk = readDesk(options);
    if (value === undefined) {
      await printLines(io.stdout, listSightings(desk));
      return 0;
    }
    if (kind === undefined) throw new VirgaError('usage.wrong', '--kind is needed.');
    const at = textOption(options.at);
    const added = await addSighting(
      { ...desk, by: textOption(options.by), now: () => new Date() },
      { value, kind, at: at === null ? Date.now() : readTime('--at', at), where: textOption(options.where) ?? '' },
    );
    io.stdout.write(`${JSON.stringify(added)}\n`);
    return 0;
  },
} satisfies Command;
