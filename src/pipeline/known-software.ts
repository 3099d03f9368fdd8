import { builtIn } from '../characteristics/builtin/index.ts';
import { traitKinds } from '../model/characteristic.ts';
import { type Listing, listing } from '../reports/listing.ts';

/** The built-in characteristics as rows for people and as data. */
export const knownSoftware = (): Listing =>
  listing(
    builtIn.map((c) => ({
      software: c.software,
      name: c.name,
      compared: [
        ...new Set(c.traits.filter((t) => traitKinds[t.kind].place !== null && t.kind !== 'method').map((t) => t.kind)),
      ],
      not_in_logs: [...new Set(c.traits.filter((t) => traitKinds[t.kind].place === null).map((t) => t.kind))],
      rhythm: c.rhythm === null ? '' : `${c.rhythm.interval / 1000} s, ${c.rhythm.jitter} %`,
      platforms: c.platforms,
      source: `${c.source.name} ${c.source.url} (${c.source.date})`,
      caution: c.caution ?? '',
      id: c.id,
      traits: c.traits.map((t) => `${t.role === null ? '' : `${t.role} `}${t.kind}: ${t.values.join(' ')}`),
    })),
    ['software', 'name', 'compared', 'not_in_logs', 'rhythm', 'platforms', 'source', 'caution'],
  );
