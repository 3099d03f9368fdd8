import {
  authorityHost,
  type Expression,
  first,
  hostText,
  integer,
  outcomeOfStatus,
  small,
  targetOf,
  text,
} from '../../expression.ts';
import type { Format } from '../../format.ts';
import { has, hasSome, json } from '../../layouts/json.ts';
import { text as textLayout } from '../../layouts/text.ts';
import {
  addressOf,
  anyOf,
  decoded,
  known,
  outcomeOfAction,
  portOf,
  protocolOf,
  recordTypeOf,
  timeOf,
  writtenTime,
} from '../../readings.ts';

/** Zscaler's Nanolog feeds as JSON: https://help.zscaler.com/zia/nss-feed-output-formats (checked 2026-11-24). `None`, `NA` and `Unknown` mean nothing. */
const stamp = (...names: readonly string[]): Expression =>
  first(...names.flatMap((name) => [writtenTime(name, '%a %b %d %H:%M:%S %Y'), timeOf(name)]));

const unseen = 'devices and locations that do not send their traffic through Zscaler';
const device = (f: Parameters<Expression>[0]): string => hostText(known('devicehostname', 'deviceHostname')(f));
const url = targetOf('the url');
const WEB_TEXT = '(?:^|\\t)(?:urlsupercategory|pagerisk|transactionsize)=".*(?:^|\\t)(?:ClientIP|serverip|hostname)="';
const webText = new RegExp(WEB_TEXT);

/** Columns of the web feed, for its dialects. */
export const zscalerWebColumns = {
  time: stamp('datetime', 'time', 'epochtime'),
  activity_id: () => 'NULL',
  metadata_uid: anyOf('event_id', 'recordid'),
  app_name: (f) => `lower(${known('protocol', 'proto')(f)})`,
  connection_info_protocol_name: () => `'tcp'`,
  src_endpoint_ip: addressOf('ClientIP', 'clientip', 'cintip', 'cip', 'clientpublicIP'),
  dst_endpoint_ip: addressOf('serverip', 'sip'),
  device_hostname: device,
  actor_user_name: known('deviceowner', 'user', 'login'),
  http_request_url_text: text('the url'),
  http_request_http_method: (f) => `upper(${known('requestmethod', 'reqmethod')(f)})`,
  http_request_url_scheme: (f) =>
    `coalesce(${url.scheme(f)}, CASE lower(${f.text('protocol')}) WHEN 'http' THEN 'http' WHEN 'http_proxy' THEN 'http_proxy' WHEN 'https' THEN 'https' WHEN 'ssl' THEN 'https' END)`,
  http_request_url_hostname: (f) => `coalesce(${url.host(f)}, ${authorityHost(f.text('hostname'))})`,
  http_request_url_port: url.port,
  http_request_url_path: url.path,
  http_request_url_query: url.query,
  http_request_user_agent: (f) => `nullif(trim(${known('useragent', 'ua', 'eua', 'agent')(f)}, '"'), '')`,
  http_request_referrer: (f) => `nullif(trim(${known('refererURL', 'referer', 'ereferer')(f)}, '"'), '')`,
  http_response_code: (f) => `coalesce(${small('status')(f)}, ${small('respcode')(f)})`,
  http_response_content_type: known('contenttype'),
  traffic_bytes_out: first(integer('requestsize'), integer('reqsize')),
  traffic_bytes_in: first(integer('responsesize'), integer('respsize')),
  traffic_bytes: integer('transactionsize'),
  status: outcomeOfStatus('status'),
  proxy_action: text('action'),
  firewall_rule_name: decoded(known('urlfilterrulelabel', 'rulelabel', 'policyname')),
  finding_title: known('threatname'),
} satisfies Format['columns'];

export const zscalerWeb = {
  id: 'zscaler.web',
  vendor: 'Zscaler',
  product: 'Internet Access, web',
  record: 'one request through the gateway',
  class: 'http',
  detect: (head) =>
    hasSome(
      3,
      'ClientIP',
      'clientpublicIP',
      'serverip',
      'requestmethod',
      'urlsupercategory',
      'pagerisk',
      'transactionsize',
      'refererURL',
    )(head) || hasSome(3, 'reqmethod', 'urlsupercat', 'respsize', 'reqsize', 'cintip', 'urlcat')(head),
  layout: json,
  steps: { 'the url': anyOf('url', 'eurl'), ...url.steps },
  columns: zscalerWebColumns,
  sees: [
    'http.host',
    'http.url',
    'http.method',
    'http.status',
    'http.user_agent',
    'http.referrer',
    'http.mime',
    'flow.bytes',
    'user.name',
  ],
  blindTo: [unseen, 'URL paths of HTTPS where the gateway does not inspect TLS'],
  sample: `{"datetime":"Tue Oct 14 08:00:00 2025","event_id":"1111","protocol":"HTTPS","action":"Allowed","transactionsize":"5610","responsesize":"5400","requestsize":"210","serverip":"203.0.113.7","requestmethod":"POST","refererURL":"None","useragent":"ExampleBrowser/1.0","ClientIP":"10.40.1.20","status":"200","user":"alice@example.com","url":"sync.example-team.workers.dev/poll?id=1","hostname":"sync.example-team.workers.dev","clientpublicIP":"198.51.100.20","pagerisk":"0","contenttype":"application/json","devicehostname":"laptop-7","deviceowner":"alice"}
`,
} satisfies Format;

/** The feed as `key="value"`, divided by tabs; the text of a value is not escaped. */
export const zscalerWebText = {
  ...zscalerWeb,
  id: 'zscaler.web-pairs',
  detect: (head) => head.lines.slice(0, 5).some((line) => webText.test(line)),
  layout: textLayout('zscaler-web-pairs', {
    is: WEB_TEXT,
    pairs: {
      by: 'values',
      pattern: '([A-Za-z_]\\w*)=("[^\\t]*")(?:\\t|$)',
      clean: (v) => `trim(${v}, '"')`,
      tidy: (v) => v.replace(/^"+|"+$/g, ''),
    },
    unset: ['None', 'NA', 'N/A'],
  }),
  sample: `datetime="Tue Oct 14 08:00:00 2025"\treason="Allowed"\tevent_id="1111"\tprotocol="HTTPS"\taction="Allowed"\ttransactionsize="5610"\tresponsesize="5400"\trequestsize="210"\tserverip="203.0.113.7"\trequestmethod="POST"\tuseragent=""ExampleBrowser/1.0 (x; y)""\tClientIP="10.40.1.20"\tstatus="200"\tuser="alice@example.com"\turl="sync.example-team.workers.dev/poll?id=1"\thostname="sync.example-team.workers.dev"\tpagerisk="0"\tdeviceowner="NA"
`,
} satisfies Format;

export const zscalerDns = {
  id: 'zscaler.dns',
  vendor: 'Zscaler',
  product: 'Internet Access, DNS',
  record: 'one query with its answer and the decision on it',
  class: 'dns',
  detect: has('dns_req', 'dns_reqtype'),
  layout: json,
  columns: {
    time: stamp('datetime', 'time'),
    activity_id: () => '6',
    app_name: () => `'dns'`,
    src_endpoint_ip: addressOf('clt_sip'),
    dst_endpoint_ip: addressOf('srv_dip'),
    dst_endpoint_port: portOf('srv_dport'),
    device_hostname: device,
    actor_user_name: known('deviceowner', 'user'),
    query_hostname: (f) => hostText(f.text('dns_req')),
    query_type: recordTypeOf('dns_reqtype'),
    // The answer is an address or name, or the code where there is none.
    answers: (f) =>
      `CASE WHEN contains(${f.text('dns_resp')}, '.') OR contains(${f.text('dns_resp')}, ':') THEN list_transform(string_split(${f.text('dns_resp')}, ','), x -> trim(x)) END`,
    rcode: (f) =>
      `coalesce(upper(${known('error', 'respcode')(f)}), CASE WHEN contains(${f.text('dns_resp')}, '.') OR contains(${f.text('dns_resp')}, ':') THEN 'NOERROR' ELSE upper(${f.text('dns_resp')}) END)`,
    duration: integer('durationms'),
    proxy_action: anyOf('reqaction', 'resaction'),
    firewall_rule_name: decoded(known('reqrulelabel', 'resrulelabel')),
  },
  sees: ['dns.query', 'dns.answer', 'user.name'],
  blindTo: [unseen, 'URL paths and flows'],
  sample: `{"datetime":"Tue Oct 14 08:00:00 2025","user":"alice@example.com","reqaction":"Allow","resaction":"Allow","reqrulelabel":"DNS_1","dns_reqtype":"A","dns_req":"sync.example-team.workers.dev","dns_resp":"203.0.113.7","srv_dport":"53","durationms":"2","clt_sip":"10.40.1.20","srv_dip":"10.40.0.53","deviceowner":"alice","devicehostname":"laptop-7"}
`,
} satisfies Format;

export const zscalerFirewall = {
  id: 'zscaler.firewall',
  vendor: 'Zscaler',
  product: 'Internet Access, firewall',
  record: 'one or more sessions that a rule decided',
  class: 'network',
  detect: hasSome(4, 'csip', 'cdip', 'ssip', 'sdip', 'csport', 'sdport', 'nwapp', 'nwsvc'),
  layout: json,
  columns: {
    time: stamp('datetime', 'time'),
    duration: integer('durationms'),
    app_name: (f) => `lower(${anyOf('nwsvc', 'nwapp')(f)})`,
    connection_info_protocol_name: protocolOf('proto'),
    src_endpoint_ip: addressOf('csip'),
    src_endpoint_port: portOf('csport'),
    dst_endpoint_ip: addressOf('sdip', 'cdip'),
    dst_endpoint_port: portOf('sdport', 'cdport'),
    device_hostname: device,
    actor_user_name: known('deviceowner', 'user'),
    traffic_bytes_out: integer('outbytes'),
    traffic_bytes_in: integer('inbytes'),
    proxy_action: text('action'),
    status: outcomeOfAction('action'),
    firewall_rule_name: decoded(text('rulelabel')),
    finding_title: known('threatname'),
  },
  sees: ['flow.ip', 'flow.bytes', 'flow.time', 'user.name'],
  blindTo: [unseen, 'names and URLs'],
  sample: `{"datetime":"Tue Oct 14 08:00:00 2025","user":"alice@example.com","cdport":443,"csport":51544,"sdport":443,"ssport":0,"csip":"10.40.1.20","cdip":"203.0.113.9","ssip":"198.51.100.20","sdip":"203.0.113.9","action":"Allow","nwsvc":"HTTPS","nwapp":"ssl","proto":"TCP","rulelabel":"Web%20out","inbytes":5400,"outbytes":1200,"durationms":4861,"deviceowner":"alice","devicehostname":"laptop-7"}
`,
} satisfies Format;

export const zscalerTunnel = {
  id: 'zscaler.tunnel',
  vendor: 'Zscaler',
  product: 'Internet Access, tunnels',
  record: 'one state of a tunnel between a location and the cloud',
  class: 'network',
  detect: has('tunneltype', 'sourceip'),
  layout: json,
  columns: {
    time: stamp('datetime', 'time'),
    connection_info_protocol_name: (f) => `lower(${f.text('tunneltype')})`,
    src_endpoint_ip: addressOf('sourceip'),
    src_endpoint_port: portOf('sourceport'),
    dst_endpoint_ip: addressOf('destinationip'),
    dst_endpoint_port: portOf('destinationport'),
    actor_user_name: text('user'),
    traffic_bytes_out: integer('txbytes'),
    traffic_bytes_in: integer('rxbytes'),
    metadata_log_name: anyOf('Recordtype', 'recordtype'),
  },
  sees: ['flow.ip', 'flow.bytes', 'flow.time'],
  blindTo: [unseen, 'what goes through the tunnel'],
  sample: `{"datetime":"Tue Oct 14 08:00:00 2025","Recordtype":"Tunnel Samples","tunneltype":"GRE","user":"branch","location":"Branch","sourceip":"198.51.100.20","destinationip":"203.0.113.200","sourceport":"0","txbytes":"1200","rxbytes":"5400"}
`,
} satisfies Format;

const shared = targetOf('fullurl');

/** Files at rest in cloud applications: https://help.zscaler.com/zia/nss-feed-output-format-saas-security-logs (checked 2026-11-24) */
export const zscalerSaas = {
  id: 'zscaler.saas-security',
  vendor: 'Zscaler',
  product: 'Internet Access, SaaS Security',
  record: 'one file in a cloud application that a policy decided',
  class: 'http',
  detect: has('applicationname', 'fullurl'),
  layout: json,
  steps: shared.steps,
  columns: {
    time: stamp('datetime', 'time'),
    activity_id: () => '0',
    metadata_uid: text('recordid'),
    actor_user_name: known('login', 'user'),
    http_request_url_scheme: shared.scheme,
    http_request_url_hostname: shared.host,
    http_request_url_path: shared.path,
    http_request_url_query: shared.query,
    file_name: text('filename'),
    file_hashes: (f) => `CASE WHEN ${f.text('filemd5')} IS NOT NULL THEN [lower(${f.text('filemd5')})] END`,
    firewall_rule_name: known('policy'),
    finding_title: known('threatname'),
  },
  sees: ['http.host', 'http.url', 'user.name'],
  blindTo: ['connections: the file lies in the application', unseen],
  sample: `{"datetime":"Tue Oct 14 08:00:00 2025","recordid":"7132","login":"alice@example.com","applicationname":"SHAREPOINT","filename":"plan.pdf","filemd5":"00000000000000000000000000000001","threatname":"None","policy":"Quarantine Malware","fullurl":"https://example.com/sites/"}
`,
} satisfies Format;

const page = targetOf('URL');

/** Private Access, user activity and browser access: https://help.zscaler.com/zpa/about-user-activity-log-fields (checked 2026-11-24) */
export const zscalerPrivate = {
  id: 'zscaler.private-access',
  vendor: 'Zscaler',
  product: 'Private Access',
  record: 'one connection or request of a user to an inside application',
  class: (f) => `CASE WHEN ${f.text('Method')} IS NOT NULL THEN 4002 ELSE 4001 END`,
  detect: (head) =>
    has('LogTimestamp', 'Host')(head) ||
    has('LogTimestamp', 'ServerIP')(head) ||
    has('LogTimestamp', 'SessionID')(head),
  layout: json,
  steps: page.steps,
  columns: {
    time: stamp('LogTimestamp', 'TimestampConnectionStart'),
    metadata_uid: anyOf('ConnectionID', 'SessionID'),
    app_name: (f) => `lower(${known('Protocol')(f)})`,
    connection_info_protocol_name: (f) =>
      `CASE WHEN ${f.text('Method')} IS NOT NULL THEN 'tcp' ELSE ${protocolOf('IPProtocol')(f)} END`,
    src_endpoint_ip: addressOf(
      'ClientPublicIP',
      'ClientPublicIp',
      'ClientPrivateIP',
      'ClientPrivateIp',
      'PublicIP',
      'PrivateIP',
    ),
    src_endpoint_port: portOf('ClientPublicPort'),
    dst_endpoint_ip: addressOf('ServerIP'),
    dst_endpoint_port: portOf('ServerPort', 'ServicePort', 'ApplicationPort'),
    dst_endpoint_hostname: (f) => hostText(known('Host')(f)),
    actor_user_name: known('Username', 'NameID'),
    http_request_http_method: text('Method'),
    http_request_url_hostname: (f) => `CASE WHEN ${f.text('Method')} IS NOT NULL THEN ${hostText(f.text('Host'))} END`,
    http_request_url_scheme: (f) => `lower(CASE WHEN ${f.text('Method')} IS NOT NULL THEN ${f.text('Protocol')} END)`,
    http_request_url_path: page.path,
    http_request_url_query: page.query,
    http_request_user_agent: text('UserAgent'),
    http_response_code: small('StatusCode'),
    traffic_bytes_out: first(integer('ZENTotalBytesRxClient'), integer('RequestSize')),
    traffic_bytes_in: first(integer('ZENTotalBytesTxClient'), integer('ResponseSize')),
    proxy_action: known('ConnectionStatus', 'PolicyProcessingStatus'),
    firewall_rule_name: known('Policy'),
  },
  sees: ['http.host', 'http.url', 'http.method', 'flow.ip', 'flow.bytes', 'user.name'],
  blindTo: ['what goes to the internet: this log shows inside applications'],
  sample: `{"LogTimestamp":"Tue Oct 14 08:00:00 2025","Customer":"Example","SessionID":"s1","ConnectionID":"c1","Username":"alice@example.com","ServicePort":443,"ClientPublicIP":"198.51.100.20","Host":"intranet.example.com","ServerIP":"10.40.1.5","ServerPort":443,"IPProtocol":6,"ConnectionStatus":"active","ZENTotalBytesRxClient":1200,"ZENTotalBytesTxClient":5400}
`,
} satisfies Format;
