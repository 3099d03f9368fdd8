/** Coverage against ATT&CK as a report: what each technique needs, what of it is there, how good it is. */
import type { AttackCoverage, DataQuality, TechniqueCoverage } from '../model/attack-coverage.ts';
import type { Block, Line, Paper, Part, Section } from '../model/paper.ts';
import { LICENCE } from './licence.ts';
import { line } from './paper-parts.ts';

export function coveragePaper(coverage: AttackCoverage): Paper {
  const span =
    coverage.start === null
      ? 'No telemetry was read.'
      : `Telemetry from ${coverage.start} to ${coverage.end}, ${coverage.internal_hosts} internal hosts.`;
  const rows = coverage.techniques.map((t) =>
    [
      `${t.attack_id} ${t.name ?? ''}`,
      String(t.score),
      t.evidence.seen.join(', ') || 'nothing',
      missing(t) || 'nothing',
      `${t.log_sources_had} of ${t.log_sources}, ${t.log_sources_partly} partly`,
    ].map(line),
  );
  const lines = [...coverage.limits, ...coverage.missing.map((id) => `${id} is not in this release.`)].map(line);
  return {
    title: `Coverage against ATT&CK ${coverage.domain} ${coverage.release}`,
    about: `Worked out from ${coverage.telemetry}. ${span}`,
    sections: [
      {
        id: 'techniques',
        title: 'Techniques that Virga evidences',
        parts: [
          told(
            {
              is: 'table',
              caption: 'Techniques',
              head: ['technique', 'score', 'in sight', 'not in sight', 'log sources of MITRE’s'],
              rows,
            },
            { is: 'list', title: 'Limits', lines },
          ),
        ],
      },
      ...coverage.techniques.map(techniqueSection),
    ],
    ...{ sources: [], notice: LICENCE },
  };
}

const told = (...blocks: readonly Block[]): Part => ({
  by: 'virga',
  credit: line('worked out from the release and your telemetry'),
  blocks,
});
const missing = ({ evidence }: TechniqueCoverage): string =>
  evidence.wanted.filter((p) => !evidence.seen.includes(p)).join(', ');

function techniqueSection(t: TechniqueCoverage): Section {
  const rows = t.analytics.flatMap((a) =>
    a.log_sources.map((l) =>
      [
        a.attack_id ?? '',
        a.platforms.join(', '),
        l.name,
        `${l.component ?? ''} ${l.component_name ?? ''}`.trim(),
        l.have,
        l.why,
      ].map(line),
    ),
  );
  const table: Block[] =
    rows.length === 0
      ? []
      : [
          {
            is: 'table',
            caption: 'Log sources',
            head: ['analytic', 'platforms', 'log source', 'data component', 'there', 'why'],
            rows,
          },
        ];
  const lines: Line[] = [
    line(`Virga evidences it by ${t.evidence.by}.`),
    ...(t.evidence.quality ? [line(qualityWords(t.evidence.quality))] : []),
  ];
  return {
    id: t.attack_id,
    title: `${t.attack_id} ${t.name ?? ''}`.trim(),
    parts: [told({ is: 'list', title: null, lines }, ...table)],
  };
}

const qualityWords = (q: DataQuality): string =>
  `Data quality ${q.score} of 5: devices ${q.device_completeness}, fields ${q.data_field_completeness}, retention ${q.retention}, timeliness ${q.timeliness}, consistency ${q.consistency}.`;
