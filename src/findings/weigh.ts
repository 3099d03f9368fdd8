import type { Evidence, IndicatorCitation } from '../model/finding.ts';
import type { Indicator } from '../model/indicator.ts';
import type { Entity, Sighting } from './entity.ts';
import { fittedFactors } from './fitted-factors.ts';
import {
  AGAIN,
  CONTEXT_SHARE,
  confidenceShare,
  convicting,
  linkWeights,
  MIN_CONFIDENCE,
  POPULAR_HOSTS,
  POPULAR_SHARE,
  POPULAR_WEIGHT,
  standingShare,
} from './weights.ts';

/** A piece of evidence and whether it may convict alone. */
export type Weighed = { readonly evidence: Evidence; readonly convicts: boolean };

/** Every sighting and support as evidence, strongest first; what speaks against comes last. */
export function weigh(entity: Entity): Weighed[] {
  const links = entity.sightings.map((s) => weighLink(s));
  const supports = entity.supports.map((evidence) => ({ evidence, convicts: false }));
  return [...thin([...links, ...supports]), ...popularity(entity)].map(fitted);
}

/** The weight as it was set, times what labelled replays made of its class. */
const fitted = ({ evidence, convicts }: Weighed): Weighed => ({
  convicts,
  evidence: { ...evidence, weight: round(evidence.weight * fittedFactors.of[evidence.class]) },
});

/** Strongest first. Evidence of one class says much the same: what supports the strongest of it counts little. */
function thin(weighed: readonly Weighed[]): Weighed[] {
  const seen = new Set<string>();
  return [...weighed]
    .sort((a, b) => b.evidence.weight - a.evidence.weight)
    .map((w) => {
      const again = seen.has(w.evidence.class) && w.evidence.weight > 0;
      seen.add(w.evidence.class);
      return again ? { ...w, evidence: { ...w.evidence, weight: round(Math.min(w.evidence.weight, AGAIN)) } } : w;
    });
}

function weighLink(s: Sighting): Weighed {
  const guard = guardOf(s);
  const share =
    standingShare[s.standing] *
    confidenceShare(s.indicator.confidence) *
    (s.indicator.detect ? 1 : CONTEXT_SHARE) *
    (s.guard === null ? 1 : CONTEXT_SHARE);
  return {
    evidence: {
      class: 'intelligence',
      where: s.place,
      weight: round(linkWeights[s.how] * share),
      summary: summaryOf(s),
      indicator: cite(s.indicator, s),
      events: s.examples,
      rows_total: s.events,
      ...(guard === null ? {} : { guard }),
    },
    convicts: guard === null && convicting.has(s.how),
  };
}

/** Why a link may not convict, or null. */
function guardOf(s: Sighting): string | null {
  if (s.guard !== null) return s.guard;
  if (!s.indicator.detect) return 'the source gives it as context, not for detection';
  if (s.standing === 'expired') return 'the indicator had expired before the contact';
  if (s.standing === 'not-yet-valid') return 'the contact was before the indicator began to be valid';
  if ((s.indicator.confidence ?? MIN_CONFIDENCE) < MIN_CONFIDENCE)
    return `the source gives it a confidence of ${s.indicator.confidence} of 100 only`;
  if (s.how === 'address' && s.standing === 'undated') return 'an address without dates: addresses change hands';
  if (!convicting.has(s.how)) return weakWords[s.how] ?? null;
  return null;
}

const weakWords: Partial<Record<IndicatorCitation['match'], string>> = {
  'same-account': 'another function of the listed account: related, not listed itself',
  'url-host': 'only the host of the listed URL is in sight, not the path',
  certificate: 'a certificate of a platform is shared by its tenants',
  network: 'an address range holds many endpoints',
  fingerprint: 'a fingerprint names a client library, not an actor',
};

const howWords: Readonly<Record<IndicatorCitation['match'], string>> = {
  exact: 'is the listed name',
  parent: 'lies under the listed name, inside one tenant',
  pattern: 'fits the listed pattern',
  url: 'is the listed URL',
  'url-host': 'is the host of a listed URL',
  address: 'is the listed address',
  network: 'lies in the listed range',
  'same-account': 'belongs to the account of a listed function',
  fingerprint: 'is the listed fingerprint',
  certificate: 'is the listed certificate',
};

const standingWords = {
  'known-then': 'valid and known at the time',
  'learned-later': 'valid at the time, recorded later',
  expired: 'expired at the time',
  'not-yet-valid': 'not yet valid at the time',
  undated: 'without dates',
} as const;

const summaryOf = (s: Sighting): string =>
  `${s.place}: ${howWords[s.how]} ${s.indicator.value ?? ''} (${s.indicator.source.name}${s.indicator.description ? `: ${s.indicator.description}` : ''}), ${standingWords[s.standing]}; ${s.events} ${s.events === 1 ? 'event' : 'events'}${s.remark === undefined ? '' : `. ${s.remark}`}`;

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

const cite = (indicator: Indicator, s: Sighting): IndicatorCitation => ({
  id: indicator.id,
  value: indicator.value ?? indicator.pattern ?? '',
  kind: indicator.kind,
  source: indicator.source.name,
  from: indicator.source.from ?? 'given',
  licence: indicator.source.licence,
  confidence: indicator.confidence,
  valid_from: iso(indicator.validFrom),
  valid_until: iso(indicator.validUntil),
  recorded: iso(indicator.recorded),
  match: s.how,
  standing: s.standing,
  description: indicator.description,
});

/** True where so many internal hosts use the endpoint that a listing is more likely a mistake. */
export const isPopular = ({ prevalence }: Entity): boolean =>
  prevalence.hosts >= POPULAR_HOSTS && prevalence.hosts >= POPULAR_SHARE * prevalence.of;

function popularity(entity: Entity): Weighed[] {
  if (!isPopular(entity) || entity.sightings.every((s) => s.how === 'url')) return [];
  const { hosts, of } = entity.prevalence;
  return [
    {
      convicts: false,
      evidence: {
        class: 'benign',
        where: 'prevalence',
        weight: POPULAR_WEIGHT,
        summary: `${hosts} of ${of} internal hosts contact this endpoint: a mass-market service, or a listing by mistake; contested, to be reviewed`,
        events: [],
        rows_total: 0,
      },
    },
  ];
}

const round = (x: number): number => Math.round(x * 100) / 100;
