import type { Characteristic } from '../../model/characteristic.ts';
import type { Indicator } from '../../model/indicator.ts';
import { parseUrl } from '../../observables/url.ts';
import { classifyHost } from '../../platforms/matcher.ts';

/**
 * Paths that listed URLs on several hosts of one platform share: the template outlives the hosts (domain note: fixed
 * paths across rotating tunnels).
 */
export type ListedPaths = {
  readonly add: (indicator: Indicator) => void;
  readonly characteristics: () => Characteristic[];
};

/** Listed on fewer hosts, a path is one endpoint's own. */
const MIN_HOSTS = 2;
/** The most widely listed come first; more would ask every request for everything. */
const MAX_PATHS = 200;
/** Paths held in memory while intelligence is read. */
const MAX_HELD = 200_000;
/** A shorter path, or one with a usual word, stands on many sites. */
const SPECIFIC = /^\/[^/?#]{6,}/;
const USUAL =
  /^\/(?:index|login|logout|search|home|main|status|health|api|static|assets|images?|favicon|robots|sitemap|wp-|admin|update|upload|config|account|secure|verify|office|download)/i;

export function createListedPaths(): ListedPaths {
  const held = new Map<string, { platform: string; path: string; hosts: Set<string>; indicator: Indicator }>();
  return {
    add: (indicator) => {
      if (
        indicator.kind !== 'url' ||
        indicator.value === null ||
        !indicator.detect ||
        indicator.endpoint === 'compromised'
      )
        return;
      const url = parseUrl(indicator.value);
      if (!url.ok || url.host === null || !SPECIFIC.test(url.path) || USUAL.test(url.path)) return;
      const { platform, pathScoped } = classifyHost(url.host);
      if (platform === null || pathScoped) return;
      const key = `${platform} ${url.path}`;
      const known = held.get(key);
      if (known) known.hosts.add(url.host);
      else if (held.size < MAX_HELD) held.set(key, { platform, path: url.path, hosts: new Set([url.host]), indicator });
    },
    characteristics: () =>
      [...held.values()]
        .filter((p) => p.hosts.size >= MIN_HOSTS)
        .sort((a, b) => b.hosts.size - a.hosts.size || (a.path < b.path ? -1 : 1))
        .slice(0, MAX_PATHS)
        .map(({ platform, path, hosts, indicator }) => ({
          id: `characteristic--listed-path:${platform}:${path}`,
          name: `the path of ${hosts.size} listed URLs on ${platform}`,
          software: indicator.description ?? 'listed infrastructure',
          source: {
            name: indicator.source.name,
            file: indicator.source.file,
            url: null,
            licence: indicator.source.licence,
            date: null,
          },
          traits: [{ kind: 'uri', role: null, values: [path] }],
          rhythm: null,
          platforms: [platform],
          caution: null,
        })),
  };
}
