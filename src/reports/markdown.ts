/** The hunt for a ticket or a wiki: GitHub-flavoured Markdown, every value escaped, endpoints defanged. */
import type { Evidence, Finding, HuntDocument } from '../model/finding.ts';
import { technique } from './attack-names.ts';
import { escapeMarkdown as e, markdownTable } from './markdown-text.ts';
import { MOST_OPERATIONS, operationShares, operationSize, operationsOf, operationWho } from './operations.ts';
import type { Renderer } from './renderer.ts';
import { show, showDefanged, showSentence } from './safe-text.ts';
import { ABSENCE, limits, verdict } from './verdict.ts';
import {
  count,
  endpointName,
  internalName,
  knownNames,
  minute,
  number,
  originName,
  platformName,
  score,
  second,
  span,
  standingWords,
  validity,
  weight,
  whereabouts,
  why,
} from './wording.ts';

const MOST_FINDINGS = 100;
const MOST_LEADS = 200;
const MOST_ROWS = 100;

const rest = (all: number, most: number, noun: string): string =>
  all > most ? `\n${count(all - most, `more ${noun}`)} not shown here: see the JSON.\n` : '';

const bullets = (title: string, items: readonly string[]): string =>
  items.length === 0 ? '' : `\n**${title}**\n\n${items.map((i) => `- ${i}`).join('\n')}\n`;

function evidenceLine(evidence: Evidence, known: readonly string[]): string {
  const { indicator: i, events, guard } = evidence;
  const cited =
    i === undefined
      ? ''
      : ` Indicator ${e(showDefanged(i.value))} of ${e(show(i.source))}, ${i.confidence === null ? 'no confidence given' : `confidence ${number(i.confidence)}`}, valid ${e(validity(i))}, ${standingWords[i.standing]}, licence ${i.licence === null ? 'not given' : e(show(i.licence))}.`;
  const rows = events
    .slice(0, 3)
    .map((r) => `${e(show(r.file))}:${number(r.line).replaceAll(',', '')} (${e(second(r.time))})`);
  const seen = rows.length === 0 ? '' : ` Rows: ${rows.join(', ')}; ${number(evidence.rows_total)} in all.`;
  const held = guard === undefined ? '' : ` Does not convict: ${e(showSentence(guard, known))}.`;
  return `- ${evidence.class} (${e(show(evidence.where, 60))}, ${weight(evidence.weight)}): ${e(showSentence(evidence.summary, known))}${held}${cited}${seen}`;
}

/** The addresses of a host that moved. */
function wandered({ internal }: Finding): string {
  const where = whereabouts(internal);
  return where === null ? '' : ` Its addresses: ${e(where)}.`;
}

function findingPart(finding: Finding, n: number): string {
  const known = knownNames(finding);
  const sentences = (list: readonly string[]) => list.slice(0, 20).map((s) => e(showSentence(s, known)));
  const attack = finding.attack.slice(0, 20).map((id) => {
    const { name } = technique(id);
    return e(name === null ? show(id, 40) : `${id} ${name}`);
  });
  return `
### ${n}. ${e(internalName(finding.internal))} and ${e(endpointName(finding.endpoint))}

${finding.severity}, score ${score(finding.score)}. ${count(finding.contacts, 'contact')}, ${e(span(finding.first_seen, finding.last_seen))}. ${e(platformName(finding.endpoint))}.${wandered(finding)}

${finding.evidence
  .slice(0, 20)
  .map((ev) => evidenceLine(ev, known))
  .join('\n')}
${bullets('What to do next', sentences(finding.next_steps))}${bullets('What would change this', sentences(finding.would_change))}${bullets('What could not be checked', sentences(finding.not_evaluable))}${bullets('MITRE ATT&CK', attack)}`;
}

function operationsPart(document: HuntDocument): string {
  const { found, leads } = operationsOf(document);
  const clusters = [...found, ...leads];
  if (clusters.length === 0) return '';
  const lines = clusters
    .slice(0, MOST_OPERATIONS)
    .map(
      (c) =>
        `- **${c.severity}, ${score(c.score)}**: ${e(operationSize(c))}, ${e(span(c.first_seen, c.last_seen))}. ${e(operationWho(c))}. ${e(operationShares(c))}`,
    );
  return `\n## Operations\n\nFindings and leads that hang together: each of these is one thing to read.\n\n${lines.join('\n')}\n${rest(clusters.length, MOST_OPERATIONS, 'operation')}`;
}

function leadsPart({ leads }: HuntDocument): string {
  const rows = leads
    .slice(0, MOST_LEADS)
    .map((f) => [
      f.severity,
      score(f.score),
      e(internalName(f.internal)),
      e(endpointName(f.endpoint)),
      number(f.contacts),
      e(span(f.first_seen, f.last_seen)),
      e(why(f)),
    ]);
  const head = ['Severity', 'Score', 'Internal host', 'Endpoint', 'Contacts', 'Seen', 'Why'];
  return `\n## Leads\n\n${markdownTable(head, rows) || 'None.\n'}${rest(leads.length, MOST_LEADS, 'lead')}`;
}

function intelPart({ intel }: HuntDocument): string {
  const sources = intel.sources
    .slice(0, MOST_ROWS)
    .map((s) => [
      e(show(s.name)),
      e(originName(s.from)),
      number(s.indicators),
      s.licence === null ? 'not given' : e(show(s.licence)),
      s.newest === null ? 'not dated' : `${e(minute(s.newest))} UTC`,
    ]);
  const guarded = intel.guarded
    .slice(0, MOST_ROWS)
    .map((g) => [e(showDefanged(g.value)), e(show(g.source)), e(showSentence(g.why, [g.value]))]);
  const may = guarded.length === 0 ? '' : '\nThese may not convict:\n\n';
  return `
## Intelligence

${count(intel.indicators, 'indicator')} from ${count(intel.files, 'file')}: ${number(intel.active)} active, ${number(intel.expired)} expired, ${number(intel.not_yet_valid)} not yet valid, ${number(intel.not_for_detection)} not for detection; ${count(intel.refused, 'row')} refused.

${markdownTable(['Source', 'From', 'Indicators', 'Licence', 'Newest'], sources)}${rest(intel.sources.length, MOST_ROWS, 'source')}${may}${markdownTable(['Indicator', 'Source', 'Why'], guarded)}${rest(intel.guarded.length, MOST_ROWS, 'guarded indicator')}`;
}

function coveragePart({ coverage, observations }: HuntDocument): string {
  const statement = coverage.statement.length > 0 ? coverage.statement : [ABSENCE];
  const telemetry = coverage.telemetry
    .slice(0, MOST_ROWS)
    .map((t) => [
      e(show(t.format, 80)),
      number(t.events),
      t.start === null ? 'no time' : e(span(t.start, t.end)),
      number(t.gaps_hours),
      e(show(t.sees.join(', '))),
      e(show(t.blind_to.join(', '))),
    ]);
  const platforms = coverage.platforms
    .filter((p) => p.visible !== 'yes')
    .slice(0, MOST_ROWS)
    .map((p) => [e(show(p.platform, 80)), p.visible, e(showSentence(p.why))]);
  const used = observations.platforms
    .slice(0, MOST_ROWS)
    .map((p) => [e(show(p.platform, 80)), number(p.tenants), number(p.internal_hosts), number(p.events)]);
  const blind =
    platforms.length === 0 ? '' : '\nPlatforms whose tenants these logs show only partly or not at all:\n\n';
  const own = observations.own_candidates
    .slice(0, MOST_ROWS)
    .map((c) => `${e(showDefanged(c.name))}: ${e(showSentence(c.why, [c.name]))}`);
  const seen = used.length === 0 ? '' : '\nPlatforms in use (context only, no evidence):\n\n';
  return `
## Coverage and limits

${statement.map((s) => `- ${e(showSentence(s))}`).join('\n')}

${markdownTable(['Format', 'Events', 'Period', 'Hours without events', 'Sees', 'Blind to'], telemetry)}${blind}${markdownTable(['Platform', 'Visible', 'Why'], platforms)}${bullets(
  'Detection limits',
  coverage.detection_limits.slice(0, MOST_ROWS).map((s) => e(showSentence(s))),
)}${seen}${markdownTable(['Platform', 'Tenants', 'Internal hosts', 'Events'], used)}${bullets('These look like your own: confirm what is, with --own', own)}`;
}

function refusedPart({ refused }: HuntDocument): string {
  if (refused.total === 0) return '\n## Refused lines\n\nNone.\n';
  const reasons = Object.entries(refused.reasons)
    .slice(0, MOST_ROWS)
    .map(([reason, n]) => `${e(show(reason, 80))}: ${number(n)}`);
  const examples = refused.examples
    .slice(0, 20)
    .map((x) => `${e(show(x.file))}:${x.line}: ${e(show(x.reason, 80))}: ${e(show(x.detail, 200))}`);
  return `\n## Refused lines\n\n${count(refused.total, 'line')}.\n${bullets('Reasons', reasons)}${bullets('Examples', examples)}`;
}

/** Markdown for people; at most 100 findings in full and 200 leads, and it says how many are left out. */
export const markdown: Renderer = {
  id: 'markdown',
  says: 'text for a ticket or a wiki',
  extensions: ['md', 'markdown'],
  render(document) {
    const v = verdict(document);
    const [lookedAt, notSeen] = limits(document);
    const findings = document.findings.slice(0, MOST_FINDINGS).map((f, i) => findingPart(f, i + 1));
    return `# ${e(v.headline)}

${e(v.explanation)}

${e(lookedAt)}
${e(notSeen)}

Virga ${e(show(document.virga, 40))}, run ${e(show(document.run.id, 80))}, as of ${e(minute(document.run.as_of))} UTC. Endpoints are defanged.
${operationsPart(document)}
## Findings
${findings.join('') || '\nNone.\n'}${rest(document.findings.length, MOST_FINDINGS, 'finding')}${leadsPart(document)}${intelPart(document)}${coveragePart(document)}${refusedPart(document)}`;
  },
};
