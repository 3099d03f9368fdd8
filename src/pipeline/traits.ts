import type { Support } from '../findings/entity.ts';
import { ruleSupports } from '../findings/rules.ts';
import { fitSupports } from '../findings/traits.ts';
import type { Seen } from '../hunt/seen.ts';
import { fitsOf } from '../hunt/traits/fits.ts';
import type { Lake } from '../lake/lake.ts';
import { type Places, placesOf } from '../lake/ledger.ts';
import { meetRules, type RuledAll } from '../lake/rules.ts';
import type { Characteristic } from '../model/characteristic.ts';
import type { Rule, RuleMatch } from '../model/rule.ts';
import { classifyHost } from '../platforms/matcher.ts';
import { formatById } from '../telemetry/detect.ts';

export type TraitInput = {
  readonly lake: Lake;
  readonly seen: Seen;
  readonly characteristics: readonly Characteristic[];
  readonly rules: readonly Rule[];
  readonly internalHosts: number;
  readonly asOf: number;
};

/** Meets what is known of adversary software with the requests in the logs: evidence by internal host and endpoint. */
export async function traitSupports(input: TraitInput): Promise<TraitsFound> {
  const { lake, seen, characteristics, asOf } = input;
  const platformOf = platformsOf(seen);
  const place = await placesOf(lake);
  const context = { internalHosts: input.internalHosts, onPlatform: (host: string) => platformOf(host) !== null };
  const fits = await fitsOf({
    lake,
    characteristics,
    asOf,
    sees: (format) => new Set(formatById(format)?.sees ?? []),
    platformOf,
    places: await placesOf(lake),
  });
  const ruled = await meetRules(lake, input.rules, asOf);
  const matches = matchesOf(input.rules, ruled, place);
  return {
    supports: [...fitSupports(fits, context), ...ruleSupports(matches, { ...context, endpoints: seen.names.size })],
    rules: {
      given: input.rules.length,
      silent: ruled.silent.size,
      failed: [...ruled.failed].map(([i, why]) => `${input.rules[i]?.title ?? ''}: ${why}`),
    },
  };
}

/** What was found, and which rules could not be asked. */
export type TraitsFound = {
  readonly supports: readonly Support[];
  readonly rules: { readonly given: number; readonly silent: number; readonly failed: readonly string[] };
};

const placeOf: Readonly<Record<Rule['about'], RuleMatch['place']>> = {
  dns: 'dns.query',
  http: 'http.url',
  tls: 'tls.sni',
  network: 'flow.ip',
};

function matchesOf(rules: readonly Rule[], ruled: RuledAll, place: Places): RuleMatch[] {
  const spread = new Map(ruled.spread.map((s) => [s.rule, s]));
  return ruled.matches.flatMap((m) => {
    const rule = rules[m.rule];
    if (!rule) return [];
    const examples = m.examples.map((e) => ({ ...place(e.seq, e.line), time: e.time }));
    const { sources = 1, endpoints = 1 } = spread.get(m.rule) ?? {};
    return [{ ...m, rule, place: placeOf[rule.about], sources, endpoints, examples }];
  });
}

/** The platform on which a host is a tenant's endpoint: by its name, or by the name that its lookups led to. */
function platformsOf(seen: Seen): (host: string) => string | null {
  const own = (host: string): string | null => {
    const e = classifyHost(host);
    return e.providerOwned || e.pathScoped || e.granularity === 'shared-apex' ? null : e.platform;
  };
  const behind = new Map<string, string>();
  for (const [target, names] of seen.chains) {
    const platform = own(target);
    if (platform !== null) for (const name of names) behind.set(name, platform);
  }
  return (host) => own(host) ?? behind.get(host) ?? null;
}
