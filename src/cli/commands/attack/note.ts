import { VirgaError } from '../../../model/errors.ts';
import type { Command } from '../../command.ts';
import { sure, text, workspaceOption } from './options.ts';

/** Our analyst notes, and the user's own in their place. */
export const noteCommand = {
  name: 'note',
  summary: 'print the analyst note about an object, or write your own revision of it',
  define: (command) => {
    command
      .argument('<id>', 'ATT&CK id such as AN1996')
      .option('--from <file>', 'a JSON file in the form that this command prints; becomes the next revision')
      .option('--author <name>', 'who writes or withdraws it')
      .option('--withdraw', 'take your note back; the one that comes with Virga is in force again, all revisions stay')
      .option('--history', 'print every revision, oldest first')
      .addHelpText(
        'after',
        '\nExample: virga attack note AN1996 -w hunt > note.json   (edit it)   virga attack note AN1996 -w hunt --from note.json --author "R. Analyst"',
      );
    workspaceOption(command);
  },
  run: async ([id], options, io) => {
    const { noteFileOf, noteHistory, showNote, withdrawNote, writeNote } = await import(
      '../../../pipeline/attack-note.ts'
    );
    const about = { id: sure(id), workspace: sure(options.workspace) };
    const file = text(options.from);
    if (options.history === true) {
      for (const note of noteHistory(about)) io.stdout.write(`${JSON.stringify(note)}\n`);
      return 0;
    }
    if (file === null && options.withdraw !== true) {
      io.stdout.write(noteFileOf(showNote(about)));
      return 0;
    }
    const author = text(options.author)?.trim() ?? '';
    if (author === '') throw new VirgaError('usage.wrong', 'A revision needs its author: --author NAME.');
    const by = { ...about, author, now: () => new Date() };
    const note = file === null ? withdrawNote(by) : writeNote({ ...by, file });
    io.stdout.write(`${JSON.stringify(note)}\n`);
    return 0;
  },
} satisfies Command;
