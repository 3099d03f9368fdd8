import { createHash } from 'node:crypto';
import type { Finding, Level, Severity } from '../model/finding.ts';
import type { Entity } from './entity.ts';
import { fittedFactors } from './fitted-factors.ts';
import { isPopular, type Weighed, weigh } from './weigh.ts';
import { sigmoid } from './weights.ts';
import { nextSteps, notEvaluable, wouldChange } from './words.ts';

/** Both techniques: what is seen is the contact, not whether the function was bought or broken into. */
export const FINDING_TECHNIQUES = ['T1584.007', 'T1583.007'];

/**
 * The rule of evidence. A convicting link makes a finding, unless half the company uses the endpoint; otherwise a finding
 * needs two independent classes, one of them an intelligence link or a software characteristic; what is left is a lead.
 * The platform never counts.
 */
export function judge(entity: Entity): Finding {
  const weighed = weigh(entity);
  const level = levelOf(entity, weighed);
  const evidence = weighed.map((w) => w.evidence);
  const raw = sigmoid(fittedFactors.prior + evidence.reduce((sum, e) => sum + e.weight, 0));
  const score = Math.round((level === 'lead' ? Math.min(raw, 0.499) : raw) * 1000) / 1000;
  const days = byDay(entity);
  const { endpoint } = entity;
  return {
    id: idOf(entity),
    level,
    severity: severityOf(entity, level, score),
    score,
    internal: entity.internal,
    endpoint: {
      host: entity.named ? entity.host : null,
      url: entity.url,
      ip: entity.named ? null : entity.host,
      platform: endpoint.platform,
      provider: endpoint.provider,
      kind: endpoint.kind,
      tenant: endpoint.tenant,
      function: endpoint.function,
      region: endpoint.region,
      granularity: endpoint.granularity,
      blockable: endpoint.blockable,
    },
    first_seen: entity.sightings.map((s) => s.first).sort()[0] ?? entity.contacts.first,
    last_seen:
      entity.sightings
        .map((s) => s.last)
        .sort()
        .at(-1) ?? entity.contacts.last,
    contacts: days.reduce((sum, d) => sum + d.contacts, 0),
    by_day: days,
    bytes_out: entity.bytesOut,
    bytes_in: entity.bytesIn,
    evidence,
    attack: FINDING_TECHNIQUES,
    not_evaluable: notEvaluable(entity),
    would_change: wouldChange(entity, level, isPopular(entity)),
    next_steps: nextSteps(entity, level),
  };
}

function levelOf(entity: Entity, weighed: readonly Weighed[]): Level {
  const url = weighed.some((w) => w.convicts && w.evidence.indicator?.match === 'url');
  if (weighed.some((w) => w.convicts) && (url || !isPopular(entity))) return 'finding';
  const classes = new Set(
    weighed.filter((w) => w.evidence.weight > 0 && w.evidence.guard === undefined).map((w) => w.evidence.class),
  );
  return classes.size >= 2 && (classes.has('intelligence') || classes.has('characteristic')) ? 'finding' : 'lead';
}

/** Megabytes sent to an endpoint that make an upload worth a higher severity. */
const LARGE_UPLOAD = 10_000_000;

function severityOf(entity: Entity, level: Level, score: number): Severity {
  if (level === 'lead') return score >= 0.3 ? 'low' : 'informational';
  if ((entity.bytesOut ?? 0) >= LARGE_UPLOAD) return 'critical';
  return score >= 0.85 ? 'high' : 'medium';
}

/** Contacts by day: the place with most events of that day, since one contact shows at several places. */
function byDay(entity: Entity): { day: string; contacts: number }[] {
  if (entity.sightings.length === 0) return entity.contacts.days.map(({ day, events }) => ({ day, contacts: events }));
  const days = new Map<string, Map<string, number>>();
  for (const s of entity.sightings) {
    const view = `${s.indicator.id} ${s.how} ${s.place}`;
    for (const { day, events } of s.days) {
      const views = days.get(day) ?? new Map<string, number>();
      days.set(day, views.set(view, (views.get(view) ?? 0) + events));
    }
  }
  return [...days]
    .sort(([a], [b]) => compare(a, b))
    .map(([day, views]) => ({ day, contacts: Math.max(...views.values()) }));
}

/** The same internal host and endpoint have the same id in every run. */
const idOf = (entity: Entity): string =>
  `finding--${createHash('sha256')
    .update(`${entity.src}\n${entity.host}\n${entity.url ?? ''}`)
    .digest('hex')
    .slice(0, 24)}`;

/** Highest score first; equal ones by internal host and endpoint, so that two runs give the same order. */
export const byScore = (a: Finding, b: Finding): number =>
  b.score - a.score ||
  compare(a.internal.ip, b.internal.ip) ||
  compare(a.endpoint.host ?? '', b.endpoint.host ?? '') ||
  compare(a.id, b.id);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
