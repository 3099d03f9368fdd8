import { VirgaError } from '../../../model/errors.ts';
import { credibilities, reliabilities, verdicts } from '../../../model/fact.ts';
import type { Command } from '../../command.ts';
import { readTime } from '../../options.ts';
import { filterOptions, readFilter } from './list.ts';
import { deskOptions, oneOf, readDesk, textOption } from './options.ts';

/** A named person decides about indicators, with a reason. */
export const reviewCommand = {
  name: 'review',
  summary: 'decide about indicators: approve, reject, monitor only, allow to block, prolong',
  define: (command) => {
    filterOptions(deskOptions(command))
      .option('--set <verdict>', 'approved, rejected, monitor-only, candidate or quarantined')
      .option('--block', 'these may be blocked: takes two people, so run it by another name again')
      .option('--until <time>', 'valid until then, whatever the source says (RFC 3339)')
      .option('--admiralty <code>', 'source reliability A to F and information credibility 1 to 6, such as B2')
      .option('--reason <text>', 'why; needed')
      .option('--by <name>', 'who decides, as claimed (not authenticated); default: the account of the system')
      .option('--all', 'every indicator, where no filter is given')
      .addHelpText(
        'after',
        '\nNames are not authenticated: a name that is not your account is recorded as claimed from it, and --block by two names of one account is marked (`one_account`).\n\nExamples:\n  virga intel review -w hunting --value evil.example --set approved --admiralty B2 --reason "seen in our own sandbox" --by ana\n  virga intel review -w hunting --source "Noisy list" --set monitor-only --reason "too many false positives" --by ana\n  virga intel review -w hunting --value evil.example --block --reason "no business there" --by bo',
      );
  },
  run: async (_args, options, io) => {
    const filter = await readFilter(options);
    if (Object.keys(filter).length === 0 && options.all !== true)
      throw new VirgaError('usage.wrong', 'Name the indicators by a filter such as --value, or give --all.');
    const verdict = oneOf('--set', options.set, verdicts) ?? null;
    const until = textOption(options.until);
    const admiralty = readAdmiralty(textOption(options.admiralty));
    if (verdict === null && options.block !== true && until === null && admiralty.reliability === null)
      throw new VirgaError('usage.wrong', 'Say what is decided: --set, --block, --until or --admiralty.');
    const { reviewIntel } = await import('../../../pipeline/intel/review.ts');
    const report = await reviewIntel({
      ...readDesk(options),
      filter,
      verdicts: {
        verdict,
        block: options.block === true,
        reason: textOption(options.reason) ?? '',
        until: until === null ? null : readTime('--until', until),
        ...admiralty,
      },
      by: textOption(options.by),
      now: () => new Date(),
    });
    io.stdout.write(`${JSON.stringify(report)}\n`);
    return 0;
  },
} satisfies Command;

type Admiralty = {
  readonly reliability: (typeof reliabilities)[number] | null;
  readonly credibility: (typeof credibilities)[number] | null;
};

function readAdmiralty(code: string | null): Admiralty {
  const reliability = reliabilities.find((r) => r === code?.[0]?.toUpperCase()) ?? null;
  const credibility = credibilities.find((c) => c === code?.[1]) ?? null;
  if (code !== null && (code.length !== 2 || reliability === null || credibility === null))
    throw new VirgaError('usage.wrong', `--admiralty takes a code such as B2, not ${JSON.stringify(code)}.`);
  return { reliability, credibility };
}
