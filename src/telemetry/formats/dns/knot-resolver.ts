import type { Format } from '../../format.ts';
import { text as textLayout } from '../../layouts/text.ts';
import { fromKeys } from '../../text/columns.ts';
import { IP, looksLike } from '../../text/expressions.ts';
import { syslogColumns, syslogCut, syslogSteps } from '../../text/syslog.ts';
import { noOthers, noPaths } from './blind.ts';

const KNOT =
  "\\[(?:plan|reqdbg|policy|iterat|resolv|prnrpl)\\s*\\].*'[^']+\\.' type '[A-Z0-9]+'|\\bkresd\\d*\\[[0-9]+\\]: .*'[^']+\\.' type '[A-Z0-9]+'";

/** Knot Resolver with query tracing: https://knot.pages.nic.cz/knot-resolver (Logging, Debugging requests, checked 2026-11-24). */
export const knotResolver = {
  id: 'knot-resolver.log',
  vendor: 'CZ.NIC',
  product: 'Knot Resolver',
  record: 'one step of resolving a name',
  class: 'dns',
  detect: looksLike(KNOT),
  line: KNOT,
  layout: textLayout('knot-resolver', {
    is: KNOT,
    cuts: [
      syslogCut,
      { groups: ['name', 'type'], regex: "'([^']+?)\\.' type '([A-Z0-9]+)'" },
      { groups: ['client', 'client port'], regex: `\\bfrom (${IP})(?:[#@]([0-9]+))?` },
    ],
  }),
  steps: syslogSteps,
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['client'],
      src_endpoint_port: ['client port'],
      query_hostname: ['name'],
      query_type: ['type'],
    }),
    ...syslogColumns,
    app_name: () => `'dns'`,
    activity_id: () => '1',
  },
  sees: ['dns.query'],
  blindTo: [
    'who asked: tracing tells the name, not the client',
    'the names and addresses of answers',
    noPaths,
    noOthers,
  ],
  sample: `Oct 14 08:00:36 ns4.example kresd[4711]: [plan  ][47110.00]   plan 'sync.example-team.workers.dev.' type 'A' uid [47110.00]
`,
} satisfies Format;
