import type { Expression } from '../../expression.ts';

/**
 * What all DHCP logs have in common: a lease tells which host had an address, and when. The source of the event is the
 * host that holds the address; `activity_id` is the message as OCSF numbers it (DHCP Activity, 4004).
 */
export const activities = {
  discover: 1,
  offer: 2,
  request: 3,
  decline: 4,
  ack: 5,
  nak: 6,
  release: 7,
  inform: 8,
  expire: 9,
} as const;

/** The activity of the first pattern that the text meets; SQL. */
export const activityOf =
  (
    text: (f: Parameters<Expression>[0]) => string,
    cases: readonly (readonly [regex: string, activity: keyof typeof activities])[],
  ): Expression =>
  (f) =>
    `CASE ${cases.map(([regex, activity]) => `WHEN regexp_matches(${text(f)}, '${regex}') THEN ${activities[activity]}`).join(' ')} END`;

/** Without groups. A DHCPv6 client names itself by an id of more bytes than a hardware address has. */
export const MAC = '(?:[0-9a-fA-F]{1,2}[:-]){5,63}[0-9a-fA-F]{1,2}';

export const leaseBlindTo = [
  'where the host went: a lease only tells who had an address',
  'hosts with a fixed address',
];
