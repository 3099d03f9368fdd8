/** The hunt for the terminal: verdict and limits first, then what supports them. */
import { createColors } from 'picocolors';
import type { Finding, HuntDocument, Severity, TelemetryCoverage } from '../model/finding.ts';
import { groupLeads, type LeadGroup } from './lead-groups.ts';
import { operationShares, operationSize, operationsOf, operationWho } from './operations.ts';
import type { Renderer, RenderOptions } from './renderer.ts';
import { show, showDefanged, showSentence } from './safe-text.ts';
import { type Cell, cell, columns, wrap } from './terminal-text.ts';
import { ABSENCE, bySeverity, limits, verdict } from './verdict.ts';
import {
  count,
  endpointName,
  internalName,
  minute,
  number,
  originName,
  platformName,
  score,
  span,
  why,
} from './wording.ts';

const MOST_FINDINGS = 100;
const MOST_LEADS = 20;
const MOST_LINES = 10;
/** Narrower than this, columns do not help. */
const LEAST_TABLE = 76;

type Pen = ReturnType<typeof createColors>;
type Sheet = { readonly width: number; readonly pen: Pen };

function severityPaint(pen: Pen, severity: Severity): (text: string) => string {
  if (severity === 'critical') return (t) => pen.bold(pen.red(t));
  if (severity === 'high') return pen.red;
  if (severity === 'medium') return pen.yellow;
  return severity === 'low' ? pen.cyan : pen.dim;
}

const wrapped = (text: string, { width }: Sheet, indent = ''): string =>
  wrap(text, width - indent.length * 2)
    .map((line) => indent + line)
    .join('\n');

const bullet = (text: string, { width }: Sheet): string =>
  wrap(text, width - 4)
    .map((line, i) => `${i === 0 ? '  - ' : '    '}${line}`)
    .join('\n');

function section(title: string, sheet: Sheet, body: readonly string[]): readonly string[] {
  return ['', sheet.pen.bold(title), ...body.filter((line) => line !== '')];
}

const rest = (all: number, most: number, noun: string): string =>
  all > most ? `  ${count(all - most, `more ${noun}`)} not shown: see --format json or --format html.` : '';

/** Four lines a finding, for terminals that are too narrow for columns. */
function stacked(f: Finding, sheet: Sheet): string {
  const { pen } = sheet;
  return [
    `${severityPaint(pen, f.severity)(f.severity)} ${score(f.score)}`,
    wrapped(`${internalName(f.internal)} -> ${endpointName(f.endpoint)}`, sheet, '  '),
    wrapped(
      `${platformName(f.endpoint)}; ${count(f.contacts, 'contact')}, ${span(f.first_seen, f.last_seen)}`,
      sheet,
      '  ',
    ),
    wrapped(why(f), sheet, '  '),
  ].join('\n');
}

function findingRow(f: Finding, pen: Pen): readonly Cell[] {
  const paint = severityPaint(pen, f.severity);
  const host = f.internal.host === null ? [] : cell(show(f.internal.host), pen.dim);
  return [
    [...cell(f.severity, paint), ...cell(score(f.score), pen.dim)],
    [...cell(show(f.internal.ip), pen.bold), ...host],
    [...cell(endpointName(f.endpoint), pen.bold), ...cell(platformName(f.endpoint), pen.dim), ...cell(why(f))],
    [
      ...cell(count(f.contacts, 'contact')),
      ...cell(minute(f.first_seen), pen.dim),
      ...cell(minute(f.last_seen), pen.dim),
    ],
  ];
}

function findingsPart({ findings }: HuntDocument, sheet: Sheet): readonly string[] {
  if (findings.length === 0) return [];
  const shown = findings.slice(0, MOST_FINDINGS);
  const [severity, host, seen] = [13, 18, 16];
  const endpoint = sheet.width - 6 - severity - host - seen;
  const body =
    sheet.width < LEAST_TABLE
      ? shown.map((f) => `${stacked(f, sheet)}\n`)
      : [
          columns(
            ['Severity', 'Internal host', 'Endpoint, platform, why', 'Seen (UTC)'],
            [severity, host, endpoint, seen],
            shown.map((f) => findingRow(f, sheet.pen)),
            true,
          ),
        ];
  return section('Findings', sheet, [...body, rest(findings.length, MOST_FINDINGS, 'finding')]);
}

function operationsPart(document: HuntDocument, sheet: Sheet): readonly string[] {
  const { found, leads } = operationsOf(document);
  if (found.length + leads.length === 0) return [];
  const shown = found.slice(0, MOST_LINES).map((c) => {
    const paint = severityPaint(sheet.pen, c.severity);
    const [head, who, shares] = [
      `${c.severity} ${score(c.score)}: ${operationSize(c)}, ${span(c.first_seen, c.last_seen)}`,
      operationWho(c),
      operationShares(c),
    ];
    return [paint(wrapped(head, sheet)), wrapped(who, sheet, '  '), wrapped(shares, sheet, '  ')].join('\n');
  });
  return section('Operations: findings and leads that hang together', sheet, [
    ...shown,
    rest(found.length, MOST_LINES, 'operation'),
    leads.length > 0 ? `  ${count(leads.length, 'group')} of leads alone: see --format json or --format html.` : '',
  ]);
}

/** `10.1.2.3 +34`: the host with the best lead, and how many others there are. */
const hostsOf = ({ lead, others }: LeadGroup): string =>
  others === 0 ? internalName(lead.internal) : `${internalName(lead.internal)} +${number(others)}`;

function leadsPart({ leads }: HuntDocument, sheet: Sheet): readonly string[] {
  if (leads.length === 0) return [];
  const groups = groupLeads(leads);
  const shown = groups.slice(0, MOST_LEADS);
  const body =
    sheet.width < LEAST_TABLE
      ? shown.map((g) => bullet(`${score(g.lead.score)} ${hostsOf(g)} -> ${endpointName(g.lead.endpoint)}`, sheet))
      : [
          columns(
            ['Score', 'Internal hosts', 'Endpoint', 'Contacts', 'Last (UTC)'],
            [5, 18, sheet.width - 55, 8, 16],
            shown.map((g) => [
              cell(score(g.lead.score)),
              cell(hostsOf(g)),
              cell(endpointName(g.lead.endpoint)),
              cell(number(g.contacts)),
              cell(minute(g.last), sheet.pen.dim),
            ]),
            false,
          ),
        ];
  return section('Leads: reasons to look, not conclusions', sheet, [
    ...body,
    rest(groups.length, MOST_LEADS, 'endpoint'),
  ]);
}

function intelPart({ intel }: HuntDocument, sheet: Sheet): readonly string[] {
  const stand = `${count(intel.indicators, 'indicator')} from ${count(intel.files, 'file')}: ${number(intel.active)} active, ${number(intel.expired)} expired, ${number(intel.not_yet_valid)} not yet valid, ${number(intel.not_for_detection)} not for detection; ${count(intel.refused, 'row')} refused.`;
  const sources = intel.sources
    .slice(0, MOST_LINES)
    .map((s) =>
      bullet(
        `${show(s.name)} (${originName(s.from)}): ${number(s.indicators)}, licence ${show(s.licence ?? 'not given')}`,
        sheet,
      ),
    );
  const guarded = intel.guarded
    .slice(0, MOST_LINES)
    .map((g) => bullet(`${showDefanged(g.value)} (${show(g.source)}): ${showSentence(g.why, [g.value])}`, sheet));
  const may = guarded.length === 0 ? '' : `${count(intel.guarded.length, 'indicator')} may not convict:`;
  return section('Intelligence', sheet, [
    wrapped(stand, sheet),
    ...sources,
    rest(intel.sources.length, MOST_LINES, 'source'),
    may,
    ...guarded,
    rest(intel.guarded.length, MOST_LINES, 'guarded indicator'),
  ]);
}

function telemetryPart({ coverage, observations }: HuntDocument, sheet: Sheet): readonly string[] {
  const shown = coverage.telemetry.slice(0, MOST_LINES * 3);
  const gaps = (hours: number) => (hours > 0 ? `, ${count(hours, 'hour')} without events` : '');
  const period = (t: TelemetryCoverage) =>
    t.start === null ? 'no time' : `${span(t.start, t.end)}${gaps(t.gaps_hours)}`;
  const formats = columns(
    ['Format', 'Events', 'Hosts', 'Period'],
    [18, 11, 6, sheet.width - 41],
    shown.map((t) => [
      cell(show(t.format, 80)),
      cell(number(t.events)),
      cell(number(t.internal_hosts)),
      cell(period(t), sheet.pen.dim),
    ]),
    false,
  );
  const used = observations.platforms
    .slice(0, MOST_LINES)
    .map((p) => `${show(p.platform, 80)} (${count(p.tenants, 'tenant')}, ${count(p.internal_hosts, 'host')})`);
  const more =
    observations.platforms.length > MOST_LINES ? ` and ${observations.platforms.length - MOST_LINES} more` : '';
  const platforms =
    used.length === 0 ? '' : wrapped(`Platforms in use, no evidence by themselves: ${used.join(', ')}${more}.`, sheet);
  const own = observations.own_candidates
    .slice(0, MOST_LINES)
    .map((c) => bullet(`looks like your own: --own ${show(c.name, 200)} (${showSentence(c.why, [c.name])})`, sheet));
  return section('Telemetry', sheet, [
    formats,
    rest(coverage.telemetry.length, MOST_LINES * 3, 'format'),
    platforms,
    ...own,
  ]);
}

function refusedPart({ refused }: HuntDocument, sheet: Sheet): readonly string[] {
  if (refused.total === 0) return [];
  const reasons = Object.entries(refused.reasons)
    .slice(0, MOST_LINES * 3)
    .map(([reason, n]) => bullet(`${show(reason, 80)}: ${number(n)}`, sheet));
  const examples = refused.examples
    .slice(0, MOST_LINES)
    .map((x) => bullet(`${show(x.file)}:${x.line}: ${show(x.reason, 80)}: ${show(x.detail, 200)}`, sheet));
  return section(`Refused lines: ${number(refused.total)}`, sheet, [
    ...reasons,
    ...(examples.length === 0 ? [] : ['For example:', ...examples]),
    rest(refused.examples.length, MOST_LINES, 'example'),
  ]);
}

function coveragePart({ coverage }: HuntDocument, sheet: Sheet): readonly string[] {
  const statement = coverage.statement.length > 0 ? coverage.statement : [ABSENCE];
  const blind = coverage.platforms.filter((p) => p.visible === 'no').map((p) => show(p.platform, 80));
  const named = blind.slice(0, MOST_LINES * 2).join(', ');
  const more = blind.length > MOST_LINES * 2 ? ` and ${blind.length - MOST_LINES * 2} more` : '';
  const cannot = blind.length === 0 ? '' : bullet(`These logs cannot name the tenant on: ${named}${more}.`, sheet);
  const bounds = coverage.detection_limits.slice(0, MOST_LINES * 3).map((s) => bullet(showSentence(s), sheet));
  return section('Coverage', sheet, [cannot, ...bounds, ...statement.map((s) => bullet(showSentence(s), sheet))]);
}

function top(document: HuntDocument, sheet: Sheet): readonly string[] {
  const v = verdict(document);
  const worst = bySeverity(document.findings)[0]?.severity;
  const paint = worst === undefined ? sheet.pen.bold : severityPaint(sheet.pen, worst);
  const leads = v.tone === 'finding' && document.leads.length > 0 ? `; ${count(document.leads.length, 'lead')}` : '';
  return [paint(`${v.headline}${leads}.`), ...limits(document).map((l) => wrapped(l, sheet))];
}

function render(document: HuntDocument, options: RenderOptions): string {
  const sheet = { width: Math.min(200, Math.max(60, options.width)), pen: createColors(options.colour) };
  const parts = [top, operationsPart, findingsPart, leadsPart, intelPart, telemetryPart, refusedPart, coveragePart];
  return `${parts.flatMap((part) => part(document, sheet)).join('\n')}\n`;
}

/** Plain text in columns; colours only where the options allow them. */
export const table: Renderer = {
  id: 'table',
  says: 'text for the terminal',
  extensions: ['txt'],
  render,
};
