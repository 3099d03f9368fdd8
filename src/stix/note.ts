/** What a person should read beside the objects: verdicts with their reasons, and limits. */
import type { Finding, HuntDocument } from '../model/finding.ts';
import { domainObject, type StixObject } from './object.ts';

/** Longer texts of many findings would make a bundle that nobody opens. */
const MAX_CONTENT = 20_000;

type Marked = { readonly created_by_ref: string; readonly object_marking_refs: readonly string[] };

/** The verdict on one internal host and endpoint: level, score, each piece of evidence, what could not be evaluated. */
export function findingNote(finding: Finding, refs: readonly string[], now: string, marked: Marked): StixObject {
  const { level, severity, score, internal, evidence, not_evaluable, would_change, attack } = finding;
  const content = [
    `${level}, severity ${severity}, score ${score}; internal host ${internal.host ?? internal.ip}.`,
    ...evidence.map(({ where, weight, summary, guard, rows_total }) =>
      [`- ${summary} (${where}, weight ${weight}, ${rows_total} rows)`, ...(guard === undefined ? [] : [guard])].join(
        ' ',
      ),
    ),
    ...not_evaluable.map((limit) => `- not evaluable: ${limit}`),
    ...would_change.map((change) => `- ${change}`),
  ].join('\n');
  return domainObject('note', refs, now, now, {
    ...marked,
    abstract: `Why this is a ${level}`,
    content: content.slice(0, MAX_CONTENT),
    object_refs: refs,
    ...(attack.length > 0 && {
      external_references: attack.map((external_id) => ({ source_name: 'mitre-attack', external_id })),
    }),
  });
}

/** What the hunt could see and what not: without it an empty bundle would read as innocence. */
export function limitsNote(
  { telemetry, coverage }: HuntDocument,
  about: StixObject,
  nameless: number,
  marked: Marked,
): StixObject {
  const { files, read, accepted, refused } = telemetry;
  const content = [
    `${files} files, ${read} records read, ${accepted} accepted, ${refused} refused.`,
    ...(nameless > 0
      ? [`${nameless} findings and leads are about nothing that STIX can name; they are in the report alone.`]
      : []),
    ...coverage.statement,
    ...coverage.detection_limits,
  ].join('\n');
  return domainObject('note', [about.id], String(about.created), String(about.created), {
    ...marked,
    abstract: 'What this hunt could see and what not',
    content: content.slice(0, MAX_CONTENT),
    object_refs: [about.id],
  });
}
