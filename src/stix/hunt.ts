/** A hunt as STIX: what was seen, what it means, and what could not be seen. */
import type { Finding, HuntDocument, IndicatorCitation } from '../model/finding.ts';
import { indicatorKinds } from '../model/indicator.ts';
import { indicatorObjects, isWritable, type Statement } from './indicator.ts';
import { ourIdentity, tlpMarking } from './marking.ts';
import { findingNote, limitsNote } from './note.ts';
import { bundle, domainObject, type StixObject } from './object.ts';
import { hostObject, urlObject } from './pattern.ts';

/** A hunt names hosts of one's own, so it is for one's own organisation. */
const TLP = 'amber+strict';
/** The most that STIX counts (2.1, 4.14 and 5.2). */
const MAX_COUNT = 999_999_999;

/**
 * The findings and leads as infrastructure, indicators, sightings, observed data and notes, and one grouping of all of
 * them with the limits of the hunt. Pure: the same document gives the same bundle.
 */
export function huntBundle(document: HuntDocument): StixObject {
  const base = [ourIdentity, tlpMarking(TLP)];
  const marked = { created_by_ref: ourIdentity.id, object_marking_refs: [tlpMarking(TLP).id] };
  const all = [...document.findings, ...document.leads];
  const nameless = all.filter((finding) => targetOf(finding) === null).length;
  const found = all.flatMap((finding) => findingObjects(finding, instant(document.run.finished), marked));
  const refs = [...new Set([ourIdentity, ...found].filter(isGrouped).map(({ id }) => id))];
  const { as_of, id } = document.run;
  const finished = instant(document.run.finished);
  const grouping = domainObject('grouping', [id], finished, finished, {
    ...marked,
    name: `Hunt as of ${as_of}`,
    context: 'suspicious-activity',
    object_refs: refs,
  });
  return bundle([...base, ...found, grouping, limitsNote(document, grouping, nameless, marked)]);
}

const isGrouped = ({ type }: StixObject): boolean => type !== 'marking-definition';

type Marked = { readonly created_by_ref: string; readonly object_marking_refs: readonly string[] };

function findingObjects(finding: Finding, now: string, marked: Marked): readonly StixObject[] {
  const target = targetOf(finding);
  if (target === null) return [];
  const about = [finding.internal.ip, target.id];
  const first = instant(finding.first_seen);
  const source = hostObject(finding.internal.ip);
  const seen = source === null ? [target] : [source, target];
  const observed = domainObject('observed-data', about, first, now, {
    ...marked,
    first_observed: first,
    last_observed: instant(finding.last_seen),
    number_observed: Math.min(Math.max(finding.contacts, 1), MAX_COUNT),
    object_refs: seen.map(({ id }) => id),
  });
  const infrastructure = infrastructureOf(finding, target, now, marked);
  const link = relationship('consists-of', infrastructure, target, marked);
  const indicators = citedIndicators(finding, now);
  const sightings = (indicators.length > 0 ? indicators : [infrastructure]).map((what) =>
    sightingOf(finding, what, observed, now, marked),
  );
  const indicates = indicators.map((indicator) => relationship('indicates', indicator, infrastructure, marked));
  const note = findingNote(finding, [infrastructure.id, ...sightings.map(({ id }) => id)], now, marked);
  const cited = finding.evidence.flatMap(({ indicator }) =>
    indicator === undefined ? [] : citedObjects(indicator, now),
  );
  return [...seen, ...cited, infrastructure, link, observed, ...indicates, ...sightings, note];
}

/** What the finding is about, as an observable; null where the logs named nothing that STIX can hold. */
function targetOf({ endpoint }: Finding): StixObject | null {
  const { url, host, ip } = endpoint;
  return (
    (url === null ? null : urlObject(url)) ?? (host === null ? null : hostObject(host)) ?? (ip ? hostObject(ip) : null)
  );
}

function infrastructureOf(
  { endpoint, first_seen, last_seen }: Finding,
  target: StixObject,
  now: string,
  marked: Marked,
) {
  const { platform, provider, tenant, function: name } = endpoint;
  const parts = [
    ['platform', platform],
    ['provider', provider],
    ['tenant', tenant],
    ['function', name],
  ];
  return domainObject('infrastructure', [target.id], instant(first_seen), now, {
    ...marked,
    name: String(target.value).slice(0, 500),
    description:
      parts.flatMap(([word, value]) => (value ? [`${word}: ${value}`] : [])).join(', ') || 'no known platform',
    infrastructure_types: ['unknown'],
    first_seen: instant(first_seen),
    last_seen: instant(last_seen),
  });
}

function relationship(type: string, from: StixObject, to: StixObject, marked: Marked): StixObject {
  const created = String(from.created);
  return domainObject('relationship', [type, from.id, to.id], created, created, {
    ...marked,
    relationship_type: type,
    source_ref: from.id,
    target_ref: to.id,
  });
}

function sightingOf(finding: Finding, what: StixObject, observed: StixObject, now: string, marked: Marked): StixObject {
  const first = instant(finding.first_seen);
  return domainObject('sighting', [what.id, observed.id], first, now, {
    ...marked,
    sighting_of_ref: what.id,
    observed_data_refs: [observed.id],
    where_sighted_refs: [ourIdentity.id],
    first_seen: first,
    last_seen: instant(finding.last_seen),
    count: Math.min(Math.max(finding.contacts, 1), MAX_COUNT),
    summary: false,
  });
}

const citedIndicators = (finding: Finding, now: string): readonly StixObject[] => {
  const cited = finding.evidence.flatMap(({ indicator }) =>
    indicator === undefined ? [] : citedObjects(indicator, now),
  );
  const all = new Map(cited.filter(({ type }) => type === 'indicator').map((object) => [object.id, object]));
  return [...all.values()];
};

function citedObjects(citation: IndicatorCitation, now: string): readonly StixObject[] {
  const kind = indicatorKinds.find((known) => known === citation.kind);
  if (kind === undefined || kind === 'pattern') return [];
  const { id, value, source, licence, confidence, description } = citation;
  const statement: Statement = {
    ...{
      id,
      kind,
      value,
      pattern: null,
      match: citation.match === 'pattern' ? 'like' : 'equals',
      confidence,
      description,
      labels: [],
    },
    source: { name: source, licence },
    validFrom: millis(citation.valid_from),
    validUntil: millis(citation.valid_until),
    recorded: millis(citation.recorded),
  };
  return isWritable(statement) ? indicatorObjects(statement, TLP, readTime(now)) : [];
}

const millis = (time: string | null): number | null => (time === null ? null : readTime(time));
/** Times of the document as STIX writes them: three digits of a second, UTC. */
const instant = (time: string): string => new Date(readTime(time)).toISOString();
/** What is no time counts as the beginning of all times, rather than to lose the finding. */
const readTime = (time: string): number => Date.parse(time) || 0;
