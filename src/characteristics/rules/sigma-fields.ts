import type { Rule, RuleField } from '../../model/rule.ts';

/**
 * Sigma's names of fields (taxonomy appendix of the specification 2.1, github.com/SigmaHQ/sigma-specification, checked
 * 2026-11-24) and those of Zeek and Sysmon that its rules use, lower case. What is not here is in no column.
 */
const http: Readonly<Record<string, RuleField>> = {
  'c-uri': 'url',
  'cs-uri': 'url',
  url: 'url',
  'c-uri-stem': 'http_request_url_path',
  'cs-uri-stem': 'http_request_url_path',
  'c-uri-query': 'target',
  'cs-uri-query': 'target',
  'c-uri-path': 'http_request_url_path',
  uri: 'target',
  'c-uri-extension': 'extension',
  'c-useragent': 'http_request_user_agent',
  'cs-user-agent': 'http_request_user_agent',
  'cs(user-agent)': 'http_request_user_agent',
  useragent: 'http_request_user_agent',
  user_agent: 'http_request_user_agent',
  'cs-host': 'http_request_url_hostname',
  'r-dns': 'http_request_url_hostname',
  host: 'http_request_url_hostname',
  'cs-method': 'http_request_http_method',
  method: 'http_request_http_method',
  'cs-referrer': 'http_request_referrer',
  'cs-referer': 'http_request_referrer',
  'cs(referer)': 'http_request_referrer',
  referrer: 'http_request_referrer',
  'cs-version': 'http_request_version',
  'sc-status': 'http_response_code',
  status_code: 'http_response_code',
  'cs-bytes': 'http_request_length',
  'sc-bytes': 'http_response_length',
  'rs-content-type': 'http_response_content_type',
  'sc-content-type': 'http_response_content_type',
  resp_mime_types: 'http_response_content_type',
  'cs-username': 'actor_user_name',
};
const dns: Readonly<Record<string, RuleField>> = {
  query: 'query_hostname',
  queryname: 'query_hostname',
  query_name: 'query_hostname',
  record_type: 'query_type',
  qtype_name: 'query_type',
  answer: 'answers',
  answers: 'answers',
  queryresults: 'answers',
  rcode_name: 'rcode',
  rcode: 'rcode',
};
const tls: Readonly<Record<string, RuleField>> = {
  server_name: 'tls_sni',
  sni: 'tls_sni',
  'tls.sni': 'tls_sni',
  ja3: 'tls_ja3',
  ja3s: 'tls_ja3s',
  ja4: 'tls_ja4',
  subject: 'tls_certificate_subject',
  issuer: 'tls_certificate_issuer',
  version: 'tls_version',
  cipher: 'tls_cipher',
};
const network: Readonly<Record<string, RuleField>> = {
  destinationhostname: 'peer',
  dst_host: 'peer',
  protocol: 'connection_info_protocol_name',
  proto: 'connection_info_protocol_name',
  service: 'app_name',
  action: 'proxy_action',
};
const shared: Readonly<Record<string, RuleField>> = {
  src_ip: 'src_endpoint_ip',
  'c-ip': 'src_endpoint_ip',
  sourceip: 'src_endpoint_ip',
  'id.orig_h': 'src_endpoint_ip',
  dst_ip: 'dst_endpoint_ip',
  'r-ip': 'dst_endpoint_ip',
  destinationip: 'dst_endpoint_ip',
  'id.resp_h': 'dst_endpoint_ip',
  src_port: 'src_endpoint_port',
  sourceport: 'src_endpoint_port',
  'id.orig_p': 'src_endpoint_port',
  dst_port: 'dst_endpoint_port',
  'r-port': 'dst_endpoint_port',
  destinationport: 'dst_endpoint_port',
  'id.resp_p': 'dst_endpoint_port',
  image: 'actor_process_file_path',
  user: 'actor_user_name',
};

const own: Readonly<Record<Rule['about'], Readonly<Record<string, RuleField>>>> = { http, dns, tls, network };

/** The column of a field of a kind of event, or null. */
export const sigmaField = (about: Rule['about'], name: string): RuleField | null =>
  own[about][name.toLowerCase()] ?? shared[name.toLowerCase()] ?? null;

/** Text fields that a keyword is searched in. */
export const keywordFields: Readonly<Record<Rule['about'], readonly RuleField[]>> = {
  http: ['url', 'http_request_user_agent', 'http_request_referrer'],
  dns: ['query_hostname'],
  tls: ['tls_sni', 'tls_certificate_subject'],
  network: ['peer', 'dst_endpoint_ip'],
};

/** The kind of event that a log source names, or null where it is no network log. */
export function aboutOf(source: {
  readonly category?: string | undefined;
  readonly product?: string | undefined;
  readonly service?: string | undefined;
}): Rule['about'] | null {
  const category = source.category?.toLowerCase();
  if (category === 'proxy' || category === 'webserver') return 'http';
  if (category === 'dns' || category === 'dns_query') return 'dns';
  if (category === 'network_connection' || category === 'firewall') return 'network';
  const service = source.service?.toLowerCase();
  if (source.product?.toLowerCase() !== 'zeek' || service === undefined) return null;
  return ({ http: 'http', dns: 'dns', ssl: 'tls', tls: 'tls', x509: 'tls', conn: 'network' } as const)[service] ?? null;
}
