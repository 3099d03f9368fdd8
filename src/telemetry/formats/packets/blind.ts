/** What a log of single packets does not show. */
export const blind = [
  'host names: an address of a serverless platform serves many tenants',
  'bytes of a connection: a line tells of one packet',
  'what no rule logs',
];
