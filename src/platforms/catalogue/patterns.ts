/** The two shapes that nearly every platform has: the bare suffix, and labels under it that are the provider's. */
import type { HostPattern } from '../platform.ts';

const escapeDots = (name: string) => name.replaceAll('.', '\\.');

/** A suffix that all tenants share: exactly this name. */
export function apex(suffix: string): HostPattern {
  return { regex: new RegExp(`^${escapeDots(suffix)}$`), granularity: 'shared-apex', example: suffix };
}

/** Names under the suffix that the provider keeps for itself, given from our own list only. */
export function reserved(suffix: string, ...labels: readonly string[]): HostPattern {
  return {
    regex: new RegExp(`^(?:${labels.map(escapeDots).join('|')})\\.${escapeDots(suffix)}$`),
    granularity: 'shared-apex',
    example: `${labels[0]}.${suffix}`,
    providerOwned: true,
  };
}
