import type { Evidence } from '../model/finding.ts';
import { type RuleLevel, type RuleMatch, testsOf } from '../model/rule.ts';
import type { Support } from './entity.ts';
import { POPULAR_HOSTS, POPULAR_SHARE } from './weights.ts';

export type RuleContext = {
  readonly internalHosts: number;
  /** Endpoints in the logs, to see how common a match is. */
  readonly endpoints: number;
  readonly onPlatform: (host: string) => boolean;
};

/** The most that a rule says, by the level that its author gives: a rule is one attribute, however long it is. */
const LEVEL_WEIGHT: Readonly<Record<RuleLevel, number>> = {
  informational: 0.2,
  low: 0.5,
  medium: 1,
  high: 1.6,
  critical: 2,
};

/** Levels whose authors mean that somebody should look. */
const OPENING: ReadonlySet<RuleLevel> = new Set(['high', 'critical']);

/** Share of honest endpoints that meet such a rule, before anything of this network is known; it counts like 100 endpoints. */
const PRIOR = 0.02;
const PRIOR_ENDPOINTS = 100;
const AS_MEANT = 0.8;

/** Fields that name the other side: a rule of these alone is a list of names. */
const NAMING: ReadonlySet<string> = new Set([
  'query_hostname',
  'http_request_url_hostname',
  'tls_sni',
  'peer',
  'dst_endpoint_ip',
  'dst_endpoint_port',
  'answers',
]);

/** Matches of rules as evidence. */
export const ruleSupports = (matches: readonly RuleMatch[], context: RuleContext): Support[] =>
  matches.map((match) => {
    const guard = guardOf(match, context);
    return {
      src: match.src,
      host: match.host,
      opens: guard === null && OPENING.has(match.rule.level) && context.onPlatform(match.host),
      evidence: evidenceOf(match, context, guard),
    };
  });

function guardOf({ rule, sources }: RuleMatch, { internalHosts }: RuleContext): string | null {
  if (sources >= POPULAR_HOSTS && sources >= POPULAR_SHARE * internalHosts)
    return `${sources} of ${internalHosts} internal hosts meet the rule: common here`;
  if (testsOf(rule.condition).every((t) => NAMING.has(t.field)))
    return 'the rule asks for names or addresses alone, such as those of a whole platform';
  return null;
}

function evidenceOf(match: RuleMatch, { endpoints }: RuleContext, guard: string | null): Evidence {
  const { rule } = match;
  const p =
    (Math.max(match.endpoints - 1, 0) + PRIOR_ENDPOINTS * PRIOR) / (Math.max(endpoints - 1, 0) + PRIOR_ENDPOINTS);
  const weight = Math.max(0, Math.min(LEVEL_WEIGHT[rule.level], Math.log(AS_MEANT / p)));
  const techniques = rule.techniques.length === 0 ? '' : `, ${rule.techniques.join(', ')}`;
  return {
    class: rule.stage,
    where: match.place,
    weight: Math.round(weight * 100) / 100,
    summary: `meets the ${rule.kind === 'sigma' ? 'Sigma' : 'Suricata'} rule "${rule.title}" (${rule.id}, ${rule.level}${techniques}; ${rule.source.name}); ${match.endpoints} of ${endpoints} endpoints meet it`,
    events: match.examples,
    rows_total: match.events,
    ...(guard === null ? {} : { guard }),
  };
}
