/** Where on a shared platform one customer's name begins: what is above it belongs to nobody, and clears nobody. */
import type { Endpoint } from '../../model/endpoint.ts';
import type { Classify } from '../guards.ts';

/**
 * Whether an entry of a list (`covering`: a host, or a parent of it) says something about `host` itself. It does not
 * where the entry is a shared suffix and the host one customer's name below it: `amazonaws.com` clears no tenant.
 */
export function speaksFor(covering: string, host: string, classify: Classify): boolean {
  return covering === host || covering.length >= borderOf(classify(host)).length;
}

/** The shortest name that still belongs to the owner of the host; of a provider's own names, any parent. */
function borderOf({ boundary, registrable, granularity, providerOwned, host }: Endpoint): string {
  if (providerOwned || granularity === 'shared-apex') return '';
  return boundary ?? registrable ?? host;
}

/** Whether a name is shared by all customers of a platform. */
export const isShared = (name: string, classify: Classify): boolean => classify(name).granularity === 'shared-apex';

/** A name that no customer has: what matches it too matches the platform and not the customer. */
const STRANGER = 'virga-probe-7d1f';

/** The same host with another customer in it; null where no label names one. */
export function strangerOf(host: string, classify: Classify): string | null {
  const { platform, boundary } = classify(host);
  if (platform === null || boundary === null) return null;
  const rest = boundary.slice(boundary.indexOf('.'));
  return host === boundary ? `${STRANGER}${rest}` : `${host.slice(0, -boundary.length)}${STRANGER}${rest}`;
}
