import type { Command } from '../../command.ts';
import { releaseOptions, sure, text, workspaceOption, write } from './options.ts';

/** An object with everything that it is connected with. */
export const showCommand = {
  name: 'show',
  summary: 'show an object with its resolved context, its citations and our notes apart',
  define: (command) => {
    command
      .argument('<id>', 'ATT&CK id such as AN1996, or STIX id')
      .option('-f, --format <format>', 'table, json, markdown or html; default: table, or what the name of --out says')
      .option('-o, --out <file>', 'write there instead of to standard output')
      .addHelpText('after', '\nExample: virga attack show AN1996 --workspace hunt --out an1996.html');
    releaseOptions(command);
    workspaceOption(command);
  },
  run: async ([id], options, io) => {
    const { showAttack } = await import('../../../pipeline/attack-page.ts');
    const { attackFormat, renderPage } = await import('../../../pipeline/attack-report.ts');
    const out = text(options.out);
    const format = attackFormat(text(options.format), out);
    const choice = { release: text(options.release), domain: text(options.domain) };
    const page = await showAttack({ id: sure(id), ...choice, workspace: sure(options.workspace) });
    write(io, out, renderPage(format, page, out === null ? io.stdout : null));
    return 0;
  },
} satisfies Command;
