/** Name resolution that gives open addresses only, at the moment of connecting: a name cannot be one thing when it is
 * looked at and another when it is asked (DNS rebinding). */
import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** The name leads to closed addresses only. */
export class ClosedAddress extends Error {
  constructor(host: string) {
    super(`${host} leads to a private or reserved address`);
  }
}

type Resolve = (
  host: string,
  options: LookupOptions & { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** As `dns.lookup`, without the addresses that may not be asked. `resolve` is the system's resolver. */
export function openLookup(isOpen: (address: string) => boolean, resolve: Resolve = lookup): LookupFunction {
  return (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      const open = error === null ? addresses.filter(({ address }) => isOpen(address)) : [];
      const [first] = open;
      if (error !== null) done(error, []);
      else if (first === undefined) done(new ClosedAddress(host), []);
      else if (options.all === true) done(null, open);
      else done(null, first.address, first.family);
    });
  };
}
