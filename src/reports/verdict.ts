/** The first lines of every report: what was found, and what that is worth. */
import type { Finding, HuntDocument, Severity } from '../model/finding.ts';
import { count, endpointName, internalKey, internalName, number, severities, span, why } from './wording.ts';

export type Verdict = {
  /** `void`: nothing was read, so nothing can be said. */
  readonly tone: 'finding' | 'lead' | 'none' | 'void';
  /** One sentence without its full stop. */
  readonly headline: string;
  /** One or two plain sentences for a reader who stops here. */
  readonly explanation: string;
  /** The finding that the explanation is about; null where there is none. */
  readonly strongest: Finding | null;
};

/** Said in every report, whatever the hunt found. */
export const ABSENCE = 'No hit is no proof of absence.';

/** How many findings there are of each severity, worst first; severities without one are left out. */
export function bySeverity(findings: readonly Finding[]): readonly { severity: Severity; findings: number }[] {
  return severities
    .map((severity) => ({ severity, findings: findings.filter((f) => f.severity === severity).length }))
    .filter((s) => s.findings > 0);
}

/** How many internal hosts the findings are about. */
export function hostsConcerned(findings: readonly Finding[]): number {
  return new Set(findings.map((f) => internalKey(f.internal))).size;
}

function foundVerdict(document: HuntDocument, top: Finding): Verdict {
  const { findings } = document;
  const severities = bySeverity(findings).map((s) => s.severity);
  const worst = severities[0] ?? top.severity;
  const how = findings.length === 1 ? worst : severities.length === 1 ? `all ${worst}` : `the worst ${worst}`;
  const hosts = count(hostsConcerned(findings), 'internal host');
  const contacts = `${count(top.contacts, 'contact')}, ${span(top.first_seen, top.last_seen)}`;
  return {
    tone: 'finding',
    headline: `${count(findings.length, 'finding')} on ${hosts}, ${how}`,
    strongest: top,
    explanation: `Strongest: ${internalName(top.internal)} and ${endpointName(top.endpoint)}, ${contacts}. ${why(top)}`,
  };
}

function emptyVerdict(document: HuntDocument): Verdict {
  const leads = document.leads.length;
  if (leads > 0)
    return {
      tone: 'lead',
      headline: `No finding, ${count(leads, 'lead')}`,
      strongest: null,
      explanation: 'A lead is a reason to look, not a conclusion: no lead has enough independent evidence.',
    };
  return {
    tone: 'none',
    headline: 'No finding and no lead in what was read',
    strongest: null,
    explanation: 'Nothing in these logs met the active intelligence or the known characteristics.',
  };
}

/** The verdict of a document. Findings come sorted by score, so the first is the strongest. */
export function verdict(document: HuntDocument): Verdict {
  const top = document.findings[0];
  if (top !== undefined) return foundVerdict(document, top);
  if (document.telemetry.accepted === 0)
    return {
      tone: 'void',
      headline: 'Nothing was hunted: no record could be read',
      strongest: null,
      explanation: 'This result says nothing about the network. See the refused lines for the reasons.',
    };
  return emptyVerdict(document);
}

function lookedAt({ telemetry, intel }: HuntDocument): string {
  const records = `${number(telemetry.accepted)} of ${count(telemetry.read, 'record')}`;
  const refused = telemetry.refused > 0 ? ` (${number(telemetry.refused)} refused)` : '';
  const when = telemetry.start === null ? '' : `, ${span(telemetry.start, telemetry.end)}`;
  const against = intel.active === 0 ? 'no active indicator' : count(intel.active, 'active indicator');
  return `Looked at ${records}${refused} from ${count(telemetry.files, 'file')}${when}, against ${against}.`;
}

function couldNotSee({ coverage }: HuntDocument): string {
  if (coverage.platforms.length === 0) return ABSENCE;
  const seen = (visible: string) => coverage.platforms.filter((p) => p.visible === visible).length;
  const [all, yes, partly, no] = [coverage.platforms.length, seen('yes'), seen('partly'), seen('no')];
  const platforms = count(all, 'serverless platform');
  if (yes === all)
    return `These logs can show whose function it is on all ${platforms} that were looked at. ${ABSENCE}`;
  const less = [partly > 0 ? `only partly on ${number(partly)}` : '', no > 0 ? `not at all on ${number(no)}` : ''];
  return `Of ${platforms}, these logs can show whose function it is on ${[number(yes), ...less.filter((l) => l !== '')].join(', ')}. ${ABSENCE}`;
}

/** The limits in two sentences or so each: what was looked at, and what could not be seen. */
export function limits(document: HuntDocument): readonly [string, string] {
  return [lookedAt(document), couldNotSee(document)];
}
