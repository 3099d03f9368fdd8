import { traitKinds } from '../model/characteristic.ts';
import type { Evidence, Tie } from '../model/finding.ts';
import type { Attribute, Fit } from '../model/fit.ts';
import type { Support } from './entity.ts';
import { attributeWeight, FIT_CAP, TELLING } from './trait-weights.ts';
import { POPULAR_HOSTS, POPULAR_SHARE } from './weights.ts';

/** What the judgement of fits needs to know besides them. */
export type FitContext = {
  readonly internalHosts: number;
  /** True where the host is a tenant's endpoint on a known platform, or a name in front of one. */
  readonly onPlatform: (host: string) => boolean;
};

type WeighedFit = {
  readonly fit: Fit;
  readonly weight: number;
  readonly matched: readonly { readonly attribute: Attribute; readonly weight: number }[];
  /** Distinct attributes that tell something by themselves. */
  readonly telling: number;
  readonly rhythm: Rhythmic | null;
};

type Rhythmic = 'as-configured' | 'regular';

/** A fit that weighs less is not worth a look. */
const OPENS = 2;
/** Bound to a platform, one attribute is a composite of two. */
const OPENS_SCOPED = 1.2;
/** Off the platforms, where this program has no business of its own, only a nearly complete fit is. */
const OPENS_ELSEWHERE = 4;

/** The fits as evidence: the best of each internal host and endpoint, with the rhythm of its requests as evidence of its own. */
export function fitSupports(fits: readonly Fit[], context: FitContext): Support[] {
  const best = new Map<string, WeighedFit[]>();
  for (const fit of fits) {
    const weighed = weighFit(fit);
    const key = `${fit.src} ${fit.host}`;
    if (weighed.weight > 0) best.set(key, [...(best.get(key) ?? []), weighed]);
  }
  return [...best.values()].flatMap((of) => supportsOf(of.sort(byWeight), context));
}

const byWeight = (a: WeighedFit, b: WeighedFit): number =>
  b.weight - a.weight ||
  b.matched.length - a.matched.length ||
  (a.fit.characteristic.id < b.fit.characteristic.id ? -1 : 1);

function weighFit(fit: Fit): WeighedFit {
  const weights = new Map<string, { attribute: Attribute; weight: number }>();
  for (const attribute of fit.attributes) {
    const weight = attributeWeight(attribute);
    const key = `${attribute.trait.kind} ${attribute.state} ${attribute.value}`;
    // The same value in two roles (GET and POST to one URI) is one attribute.
    if (attribute.state === 'matched' || attribute.state === 'different') weights.set(key, { attribute, weight });
  }
  const all = [...weights.values()];
  const matched = all.filter((w) => w.attribute.state === 'matched').sort((a, b) => b.weight - a.weight);
  const sum = all.reduce((total, w) => total + w.weight, 0);
  return {
    fit,
    weight: Math.min(FIT_CAP, sum),
    matched,
    telling: matched.filter((w) => w.weight >= TELLING).length,
    rhythm: rhythmOf(fit),
  };
}

/** Fewer pauses say nothing of a rhythm. */
const MIN_PAUSES = 12;
/** Clocks of logs are told to the second, and requests take their time. */
const SLACK = 1000;
/** The middle four fifths of the pauses of software that sleeps with a jitter of 50 % lie within one median. */
const REGULAR = 1;

function rhythmOf({ characteristic: { rhythm }, pauses }: Fit): Rhythmic | null {
  if (pauses === null || pauses.count < MIN_PAUSES || pauses.median <= 0) return null;
  if (rhythm !== null && rhythm.interval > 0) {
    const slack = SLACK + 0.1 * rhythm.interval;
    const [low, high] = [1 - rhythm.jitter / 100, 1 + rhythm.jitter / 100].map((f) => f * rhythm.interval);
    const within = (x: number, share: number): boolean =>
      x >= (low ?? 0) * (1 - share) - slack && x <= (high ?? 0) * (1 + share) + slack;
    if (within(pauses.median, 0) && within(pauses.low, 0.3) && within(pauses.high, 0.3)) return 'as-configured';
  }
  return (pauses.high - pauses.low) / pauses.median <= REGULAR ? 'regular' : null;
}

function supportsOf(fits: readonly WeighedFit[], context: FitContext): Support[] {
  const [best] = fits;
  if (!best) return [];
  const { src, host } = best.fit;
  const guard = guardOf(best, context);
  const scoped = best.fit.characteristic.platforms.length > 0;
  const opens = context.onPlatform(host)
    ? (best.weight >= OPENS && (best.telling >= 2 || (best.telling === 1 && best.rhythm !== null))) ||
      (scoped && best.weight >= OPENS_SCOPED && best.telling >= 1)
    : best.weight >= OPENS_ELSEWHERE && best.telling >= 3 && guard === null;
  if (!opens && best.telling === 0) return [];
  return [
    { src, host, opens, evidence: evidenceOf(best, fits.slice(1), guard) },
    ...(best.rhythm !== null && best.telling > 0
      ? [{ src, host, opens: false, evidence: rhythmEvidence(best, best.rhythm) }]
      : []),
  ];
}

function guardOf({ fit, telling }: WeighedFit, { internalHosts }: FitContext): string | null {
  if (fit.sources >= POPULAR_HOSTS && fit.sources >= POPULAR_SHARE * internalHosts)
    return `${fit.sources} of ${internalHosts} internal hosts show it: more likely an honest program than an adversary's`;
  if (telling < 2) return 'one attribute alone never decides';
  return null;
}

function evidenceOf(best: WeighedFit, others: readonly WeighedFit[], guard: string | null): Evidence {
  const { fit } = best;
  const { characteristic, attributes } = fit;
  const observable = attributes.filter((a) => a.state !== 'hidden');
  const matched = attributes.filter((a) => a.state === 'matched');
  const also = [...new Set(others.filter((o) => o.telling >= 2).map((o) => o.fit.characteristic.name))].slice(0, 3);
  return {
    class: 'characteristic',
    where: best.matched[0]?.attribute.place ?? 'http.url',
    weight: round(best.weight),
    summary: `fits ${characteristic.software} (${characteristic.name}): ${matched.length} of ${observable.length} observable attributes matched; ${attributes.length - observable.length} not observable here. ${best.matched.map((m) => said(m.attribute, m.weight)).join('; ')}${differs(attributes)}${also.length > 0 ? `. Fits too: ${also.join(', ')}` : ''}`,
    characteristic: {
      id: characteristic.id,
      name: characteristic.name,
      software: characteristic.software,
      source: characteristic.source.name,
      url: characteristic.source.url,
      date: characteristic.source.date,
      matched: matched.length,
      observable: observable.length,
      hidden: attributes.length - observable.length,
      attributes: attributes.map((a) => ({
        kind: a.trait.kind,
        role: a.trait.role,
        state: a.state,
        value: a.value ?? (a.trait.values.length === 1 ? (a.trait.values[0] ?? null) : null),
        others: a.spread?.others ?? null,
        of: a.spread?.of ?? null,
        weight: round(attributeWeight(a)),
      })),
    },
    events: fit.examples,
    rows_total: fit.requests,
    ...(guard === null ? {} : { guard }),
    ...(best.telling > 0 ? { ties: [tieOf(best)] } : {}),
  };
}

/** One configuration is one operation; of a rule that is bound to a platform, one template. */
const tieOf = ({ fit: { characteristic } }: WeighedFit): Tie =>
  characteristic.platforms.length > 0
    ? { by: 'template', value: characteristic.id }
    : { by: 'software', value: `${characteristic.software} (${characteristic.name})` };

const said = ({ trait, value, spread }: Attribute, weight: number): string =>
  `${traitKinds[trait.kind].says}${trait.kind === 'uri-pattern' ? '' : ` ${value}`}${spread === null ? '' : ` (on ${spread.others} of ${spread.of} other endpoints)`} ${weight.toFixed(1)}`;

const differs = (attributes: readonly Attribute[]): string => {
  const other = attributes.find((a) => a.state === 'different');
  return other ? `; but ${traitKinds[other.trait.kind].says} is ${other.value}` : '';
};

/** A profile's own rhythm is rarer than any regular one. */
const RHYTHM_WEIGHTS: Readonly<Record<Rhythmic, number>> = { 'as-configured': 1.2, regular: 0.8 };

function rhythmEvidence({ fit }: WeighedFit, rhythm: Rhythmic): Evidence {
  const { pauses, characteristic } = fit;
  const told = pauses
    ? `${pauses.count} pauses of ${seconds(pauses.low)} to ${seconds(pauses.high)}, median ${seconds(pauses.median)}`
    : '';
  const own = characteristic.rhythm;
  return {
    class: 'behaviour',
    where: 'http.url',
    weight: RHYTHM_WEIGHTS[rhythm],
    summary:
      rhythm === 'as-configured' && own
        ? `the requests keep the rhythm that the configuration sets (${seconds(own.interval)}, jitter ${own.jitter} %): ${told}`
        : `the requests are regular: ${told}`,
    events: fit.examples,
    rows_total: fit.requests,
  };
}

const seconds = (ms: number): string => `${ms < 10_000 ? (ms / 1000).toFixed(1) : Math.round(ms / 1000)} s`;
const round = (x: number): number => Math.round(x * 100) / 100;
