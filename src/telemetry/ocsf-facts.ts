import { eventClass } from '../model/event.ts';

/** Names and numbers of OCSF 1.7.0 (https://schema.ocsf.io/1.7.0), checked 2026-11-24. */

type ClassFacts = {
  readonly name: string;
  readonly category: number;
  readonly categoryName: string;
  readonly activities: Readonly<Record<number, string>>;
};

const network = { category: 4, categoryName: 'Network Activity' } as const;
const common = { 0: 'Unknown', 99: 'Other' } as const;

const http = {
  1: 'Connect',
  2: 'Delete',
  3: 'Get',
  4: 'Head',
  5: 'Options',
  6: 'Post',
  7: 'Put',
  8: 'Trace',
  9: 'Patch',
} as const;

const dhcp = {
  1: 'Discover',
  2: 'Offer',
  3: 'Request',
  4: 'Decline',
  5: 'Ack',
  6: 'Nak',
  7: 'Release',
  8: 'Inform',
  9: 'Expire',
} as const;

export const classFacts: Readonly<Record<number, ClassFacts>> = {
  [eventClass.base]: { name: 'Base Event', category: 0, categoryName: 'Uncategorized', activities: common },
  [eventClass.network]: {
    name: 'Network Activity',
    ...network,
    activities: { ...common, 1: 'Open', 2: 'Close', 3: 'Reset', 4: 'Fail', 5: 'Refuse', 6: 'Traffic', 7: 'Listen' },
  },
  [eventClass.http]: { name: 'HTTP Activity', ...network, activities: { ...common, ...http } },
  [eventClass.dns]: {
    name: 'DNS Activity',
    ...network,
    activities: { ...common, 1: 'Query', 2: 'Response', 6: 'Traffic' },
  },
  [eventClass.dhcp]: { name: 'DHCP Activity', ...network, activities: { ...common, ...dhcp } },
  [eventClass.detection]: {
    name: 'Detection Finding',
    category: 2,
    categoryName: 'Findings',
    activities: { ...common, 1: 'Create', 2: 'Update', 3: 'Close' },
  },
};

/** `activity_id` of an HTTP method; 99 for one that OCSF does not name. */
export const methodActivity = (method: string): number => methodIds.get(method.toLowerCase()) ?? 99;
const methodIds = new Map(Object.entries(http).map(([id, name]) => [name.toLowerCase(), Number(id)]));

/** Protocol numbers (https://www.iana.org/assignments/protocol-numbers) under the names that sensors write. */
export const protocolNumbers: ReadonlyMap<string, number> = new Map(
  Object.entries({
    icmp: 1,
    igmp: 2,
    tcp: 6,
    udp: 17,
    ipv6: 41,
    gre: 47,
    esp: 50,
    ah: 51,
    icmp6: 58,
    icmpv6: 58,
    'ipv6-icmp': 58,
    ospf: 89,
    pim: 103,
    sctp: 132,
  }),
);

/** DNS response codes (https://www.iana.org/assignments/dns-parameters) in capitals. */
export const responseCodes: ReadonlyMap<string, number> = new Map(
  Object.entries({
    NOERROR: 0,
    FORMERR: 1,
    FORMERROR: 1,
    SERVFAIL: 2,
    SERVERROR: 2,
    NXDOMAIN: 3,
    NOTIMP: 4,
    REFUSED: 5,
    YXDOMAIN: 6,
    YXRRSET: 7,
    NXRRSET: 8,
    NOTAUTH: 9,
    NOTZONE: 10,
    DSOTYPENI: 11,
    BADVERS: 16,
    BADSIG: 16,
    BADKEY: 17,
    BADTIME: 18,
    BADMODE: 19,
    BADNAME: 20,
    BADALG: 21,
    BADTRUNC: 22,
    BADCOOKIE: 23,
  }),
);

/** Hash algorithms by the length of the value in hexadecimal digits. */
export const algorithms: Readonly<Record<number, { readonly algorithm: string; readonly algorithm_id: number }>> = {
  32: { algorithm: 'MD5', algorithm_id: 1 },
  40: { algorithm: 'SHA-1', algorithm_id: 2 },
  64: { algorithm: 'SHA-256', algorithm_id: 3 },
  128: { algorithm: 'SHA-512', algorithm_id: 4 },
};
