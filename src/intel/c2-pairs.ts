/** Carbon Black's lists of Cobalt Strike servers: https://github.com/carbonblack/active_c2_ioc_public (checked 2026-11-24). */
import type { Indicator } from '../model/indicator.ts';
import { observe } from './observe.ts';
import type { Cell } from './record.ts';

const MAX_NAMES = 20;

/**
 * The names of the servers beside their address: `domains` holds `host,/uri,…`; where `host_header` names others, the
 * domains are only fronts (somebody else's names on the same edge) and the header names the real ones.
 */
export function namesBeside(made: Indicator, cell: Cell): readonly Indicator[] {
  const behind = hostsIn(cell('behind'));
  const names = behind.length > 0 ? behind : hostsIn(cell('fronts'));
  return names.map((value, i) => ({ ...made, id: `${made.id}#${i + 1}`, kind: 'domain', value }));
}

function hostsIn(cell: string): readonly string[] {
  const hosts = cell.split(',', MAX_NAMES * 2).flatMap((word) => {
    const seen = word.startsWith('/') || !word.includes('.') ? null : observe(word, 'domain');
    return seen?.ok && seen.kind === 'domain' ? [seen.value] : [];
  });
  return [...new Set(hosts)].slice(0, MAX_NAMES);
}
