import type { Support } from '../findings/entity.ts';
import { fitSupports } from '../findings/traits.ts';
import type { Seen } from '../hunt/seen.ts';
import { fitsOf } from '../hunt/traits/fits.ts';
import type { Lake } from '../lake/lake.ts';
import { placesOf } from '../lake/ledger.ts';
import type { Characteristic } from '../model/characteristic.ts';
import { classifyHost } from '../platforms/matcher.ts';
import { formatById } from '../telemetry/detect.ts';

export type TraitInput = {
  readonly lake: Lake;
  readonly seen: Seen;
  readonly characteristics: readonly Characteristic[];
  readonly internalHosts: number;
  readonly asOf: number;
};

/** Meets what is known of adversary software with the requests in the logs: evidence by internal host and endpoint. */
export async function traitSupports(input: TraitInput): Promise<Support[]> {
  const { lake, seen, characteristics, asOf } = input;
  const platformOf = platformsOf(seen);
  const fits = await fitsOf({
    lake,
    characteristics,
    asOf,
    sees: (format) => new Set(formatById(format)?.sees ?? []),
    platformOf,
    places: await placesOf(lake),
  });
  return fitSupports(fits, { internalHosts: input.internalHosts, onPlatform: (host) => platformOf(host) !== null });
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
