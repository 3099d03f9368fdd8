import { constant, hostName, text } from '../../expression.ts';
import type { Format } from '../../format.ts';
import { has, json } from '../../layouts/json.ts';
import { table } from '../../layouts/table.ts';
import {
  addressOf,
  listOfMembers,
  outcomeOfResponse,
  portOf,
  protocolOf,
  recordTypeOf,
  responseCodeOf,
  timeOf,
} from '../../readings.ts';

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-query-logs-format.html (checked 2026-11-24) */
export const awsResolver = {
  id: 'aws.route53-resolver',
  vendor: 'AWS',
  product: 'Route 53 Resolver',
  record: 'one DNS query of a VPC with its answer',
  class: 'dns',
  detect: has('query_timestamp', 'query_name'),
  layout: json,
  columns: {
    time: timeOf('query_timestamp'),
    app_name: constant('dns'),
    // One record holds the query and its answer.
    activity_id: constant('6'),
    src_endpoint_ip: addressOf('srcaddr'),
    src_endpoint_port: portOf('srcport'),
    connection_info_protocol_name: protocolOf('transport'),
    query_hostname: hostName('query_name'),
    query_type: recordTypeOf('query_type'),
    query_class: text('query_class'),
    rcode: responseCodeOf('rcode'),
    status: outcomeOfResponse('rcode'),
    answers: listOfMembers('answers', 'Rdata'),
    proxy_action: text('firewall_rule_action'),
  },
  sees: ['dns.query', 'dns.answer'],
  blindTo: [
    'queries that an instance sends to another resolver',
    'answers from the resolver’s cache: only the first query within a record’s time to live is logged',
    'URL paths and flows',
  ],
  sample: `{"version":"1.100000","account_id":"123456789012","region":"eu-central-1","vpc_id":"vpc-0a1b2c3d","query_timestamp":"2025-10-14T08:00:00Z","query_name":"Sync.Example-Team.workers.dev.","query_type":"A","query_class":"IN","rcode":"NOERROR","answers":[{"Rdata":"203.0.113.7","Type":"A","Class":"IN"}],"srcaddr":"10.40.1.20","srcport":"51000","transport":"UDP","srcids":{"instance":"i-0a1b2c3d4e5f60718"}}
`,
} satisfies Format;

const publicLine = /^\d\.\d+ \d{4}-\d\d-\d\dT[\d:.]+Z [A-Z0-9]+ \S+ [A-Z0-9]+ [A-Z]+ (?:UDP|TCP) \S+ \S+ \S+$/;

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/query-logs.html (checked 2026-11-24) */
export const awsRoute53Public = {
  id: 'aws.route53-public',
  vendor: 'AWS',
  product: 'Route 53 public hosted zones',
  record: 'one query that an outside resolver asked of a hosted zone',
  class: 'dns',
  detect: (head) => head.lines.slice(0, 5).some((line) => publicLine.test(line)),
  layout: table(
    'aws-route53-public',
    () => ({
      separator: ' ',
      columns: ['version', 'time', 'zone', 'name', 'type', 'rcode', 'transport', 'edge', 'resolver', 'subnet'],
      header: null,
    }),
    10,
  ),
  columns: {
    time: timeOf('time'),
    app_name: constant('dns'),
    activity_id: constant('6'),
    src_endpoint_ip: addressOf('resolver'),
    connection_info_protocol_name: protocolOf('transport'),
    query_hostname: hostName('name'),
    query_type: recordTypeOf('type'),
    rcode: responseCodeOf('rcode'),
    status: outcomeOfResponse('rcode'),
  },
  sees: ['dns.query'],
  blindTo: [
    'the client behind the resolver',
    'what your own hosts ask: this log shows who asks for your zones',
    'answers',
  ],
  sample: `1.0 2025-10-14T08:00:00.500Z Z0123456789ABC www.example.com A NOERROR UDP FRA50-P1 203.0.113.53 -
1.0 2025-10-14T08:00:01.250Z Z0123456789ABC nothing.example.com AAAA NXDOMAIN TCP FRA50-P1 2001:db8::53 198.51.100.0/24
`,
} satisfies Format;
