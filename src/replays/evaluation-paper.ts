/** An evaluation as a paper: what was found, what was told wrongly, how soon, and what is out of sight. */
import type { EvaluationDocument, Rate, Recall } from '../model/evaluation.ts';
import type { Block, Line, Paper, Part, Section } from '../model/paper.ts';

export function evaluationPaper(e: EvaluationDocument): Paper {
  const { made } = e;
  return {
    title: 'How much of planted adversary use is told',
    about: `Virga ${e.virga}; ${made.network === 'made-up' ? `made-up networks of ${made.hosts} hosts over ${made.days} days, seeds ${made.seeds.join(', ')}` : `planted into ${made.network} (${made.hosts} hosts, ${made.days} days, seed ${made.seeds[0]})`}; ${made.plants} plants; a hunt every ${made.step_hours} h.`,
    sections: [telemetry(e), scenarios(e), rhythms(e), platforms(e), wrong(e), hidden(e)].filter((s) =>
      s.parts.some((p) => p.blocks.length > 0),
    ),
    sources: [],
    notice:
      'Intervals are of 95 %: Wilson’s for shares, Garwood’s exact one for rates. They speak of networks and plants like these: your own may be harder. A share of what was planted is no probability that an alarm is true.',
  };
}

const line = (text: string): Line => [{ is: 'text', text }];
const row = (...cells: readonly string[]): Line[] => cells.map(line);

const section = (id: string, title: string, ...blocks: readonly Block[]): Section => {
  const part: Part = { by: 'virga', credit: line('measured'), blocks };
  return { id, title, parts: [part] };
};

const table = (caption: string, head: readonly string[], rows: readonly (readonly Line[])[]): Block[] =>
  rows.length === 0 ? [] : [{ is: 'table', caption, head, rows }];

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;
const told = ({ found, asked }: Recall): string => `${found} of ${asked}`;
const shared = ({ recall }: Recall): string =>
  `${percent(recall.share)} (${percent(recall.low)} to ${percent(recall.high)})`;
const rate = (r: Rate): string => `${r.per_1000_hosts_per_day} (${r.low} to ${r.high})`;

const telemetry = (e: EvaluationDocument): Section =>
  section(
    'telemetry',
    'By what the logs show',
    ...table(
      'Recall and false alarms',
      ['logs', 'told', 'recall', 'false findings per 1,000 hosts and day', 'false leads', 'contested leads'],
      e.telemetry.map((t) =>
        row(
          `${t.telemetry}: ${t.says}`,
          told(t),
          shared(t),
          rate(t.false_findings),
          rate(t.false_leads),
          String(t.contested_leads),
        ),
      ),
    ),
    {
      is: 'text',
      line: line(
        'Asked for is what these logs can show at all. A contested lead is honest contact with what a list holds by mistake or out of date: shown on purpose, never as a finding.',
      ),
    },
  );

const scenarios = (e: EvaluationDocument): Section =>
  section(
    'scenarios',
    'By scenario',
    ...table(
      'Recall and delay',
      ['scenario', 'logs', 'asked', 'told', 'recall', 'hours from first contact: half, nine of ten'],
      e.scenarios.map((s) =>
        row(
          s.scenario,
          s.telemetry,
          s.level,
          told(s),
          shared(s),
          s.delay_hours === null ? '-' : `${s.delay_hours.median}, ${s.delay_hours.nine_of_ten}`,
        ),
      ),
    ),
    ...(e.scenarios.length === 0
      ? []
      : [
          {
            is: 'list' as const,
            title: 'What happens in each',
            lines: [...new Map(e.scenarios.map((s) => [s.scenario, s.says]))].map(([id, says]) =>
              line(`${id}: ${says}`),
            ),
          },
        ]),
  );

const rhythms = (e: EvaluationDocument): Section =>
  section(
    'rhythms',
    'Unlisted channels by rhythm',
    ...table(
      'At least 20 contacts',
      ['logs', 'every', 'jitter', 'told', 'recall'],
      e.rhythms.map((r) => row(r.telemetry, spoken(r.period), `${r.jitter} %`, told(r), shared(r))),
    ),
  );

const spoken = (seconds: number): string =>
  seconds < 3600 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 360) / 10} h`;

const platforms = (e: EvaluationDocument): Section =>
  section(
    'platforms',
    'By platform',
    ...table(
      'Recall',
      ['platform', 'logs', 'told', 'recall'],
      e.platforms.map((p) => row(p.platform, p.telemetry, told(p), shared(p))),
    ),
  );

const wrong = (e: EvaluationDocument): Section =>
  section(
    'honest',
    'Honest hosts that were told',
    ...table(
      'By kind of honest contact',
      ['logs', 'kind', 'findings', 'leads'],
      e.telemetry.flatMap((t) => t.by_twin.map((w) => row(t.telemetry, w.twin, String(w.findings), String(w.leads)))),
    ),
  );

const hidden = (e: EvaluationDocument): Section =>
  section(
    'hidden',
    'Out of sight',
    ...e.out_of_sight
      .filter((o) => o.scenarios.length > 0)
      .map((o): Block => ({ is: 'text', line: line(`${o.telemetry}: ${o.scenarios.join(', ')}.`) })),
  );
