import type { IdentityFacts } from '../hunt/hosts.ts';
import type { HuntDocument } from '../model/finding.ts';

/** So many conflicts and addresses are listed in the document; the numbers in the statement are of all. */
const MOST_LISTED = 1000;
/** So many are named in a sentence. */
const NAMED = 5;

/** Who the addresses were, for the document. */
export function identityCoverage(facts: IdentityFacts): Pick<HuntDocument['coverage'], 'identity'> {
  if (!facts.leases) return {};
  return {
    identity: {
      hosts: facts.hosts,
      addresses: facts.addresses,
      hosts_moved: facts.moved,
      addresses_shared: facts.shared,
      conflicts: facts.conflicts
        .slice(0, MOST_LISTED)
        .map((c) => ({ ip: c.address, host: c.host, other: c.other, at: c.at })),
      without: facts.nameless
        .slice(0, MOST_LISTED)
        .map((n) => ({ ip: n.address, events: n.events, first: n.first, last: n.last })),
    },
  };
}

/** The same in sentences. */
export function identityStatement(facts: IdentityFacts): string[] {
  if (!facts.leases) return ['No DHCP log was read: each internal address is taken for one host for the whole time.'];
  const said = [
    `Leases name ${facts.hosts} ${facts.hosts === 1 ? 'host' : 'hosts'} at ${facts.addresses} ${facts.addresses === 1 ? 'address' : 'addresses'}: ${facts.moved} had more than one address, ${facts.shared} of the addresses had more than one host; contacts are counted for the host that had the address at the time.`,
  ];
  if (facts.conflicts.length > 0) {
    const some = [...new Set(facts.conflicts.map((c) => c.address))];
    said.push(
      `Leases contradict each other ${facts.conflicts.length} ${facts.conflicts.length === 1 ? 'time' : 'times'} (${listed(some)}): an address was given to another host before the lease of the first had run out; the later lease counts.`,
    );
  }
  if (facts.nameless.length > 0)
    said.push(
      `Of ${facts.nameless.length} internal ${facts.nameless.length === 1 ? 'address' : 'addresses'} no lease says whose ${facts.nameless.length === 1 ? 'it was' : 'they were'} for all of the time with contacts (${listed(facts.nameless.map((n) => n.address))}): there the address stands for the host.`,
    );
  return said;
}

const listed = (names: readonly string[]): string =>
  `${names.slice(0, NAMED).join(', ')}${names.length > NAMED ? '…' : ''}`;
