/** Records in the shapes that vendors document, written by us: each goes to its format and shows who met whom. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { normalize } from '../src/pipeline/normalize.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-shapes-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

const NAME = 'sync.example-team.workers.dev';
const dns = (answers?: string): object => ({
  class_uid: 4003,
  src_endpoint: { ip: '10.40.1.20' },
  query: { hostname: NAME, type: 'A' },
  ...(answers === undefined ? {} : { answers: [{ rdata: answers }] }),
});
const web = { class_uid: 4002, http_request: { url: { hostname: NAME, path: '/poll' } } };
const flow = {
  class_uid: 4001,
  src_endpoint: { ip: '10.40.1.20', port: 51544 },
  dst_endpoint: { ip: '203.0.113.9', port: 443 },
};

const shapes: readonly (readonly [format: string, record: string, event: object])[] = [
  [
    'crowdstrike.fdr',
    '{"ConnectionDirection":"0","ContextBaseFileName":"updater.exe","ContextTimeStamp":"1760428800.212","LocalAddressIP4":"10.40.1.20","LocalPort":"51544","Protocol":"6","RemoteAddressIP4":"203.0.113.9","RemotePort":"443","aid":"4d92","aip":"198.51.100.34","event_platform":"Win","event_simpleName":"NetworkConnectIP4","name":"NetworkConnectIP4V5","timestamp":"1760428800341"}',
    flow,
  ],
  [
    'crowdstrike.fdr',
    `{"event_simpleName":"DnsRequest","ContextTimeStamp":"1760428800.100","DomainName":"${NAME}","RequestType":"1","IP4Records":"203.0.113.9;","ContextBaseFileName":"updater.exe","aip":"198.51.100.34","LocalAddressIP4":"10.40.1.20","timestamp":"1760428800188"}`,
    dns('203.0.113.9'),
  ],
  [
    'cef',
    `<134>Oct 14 08:00:00 cdc CEF:0|Infoblox|Data Connector|2.1.3|DNS Response|DNS Response IN A NOERROR|1|rt=Oct 14 2025 08:00:00 src=10.40.1.20 spt=51000 dst=10.40.0.53 app=DNS proto=UDP destinationDnsDomain=${NAME}. InfobloxDNSQType=A InfobloxDNSQClass=IN InfobloxDNSRCode=NOERROR InfobloxDNSView=default`,
    { ...dns(), rcode: 'NOERROR' },
  ],
  [
    'infoblox.bloxone',
    `{"timestamp":"2025-10-14T08:00:00.000Z","qname":"${NAME}.","qtype":"A","qip":"10.40.1.20","rcode":"NOERROR","response":"203.0.113.9","rip":"","device":"10.40.1.20","network":"HQ","policy_action":"PassThru","event_time":"2025-10-14T08:00:00.000Z"}`,
    dns('203.0.113.9'),
  ],
  [
    'azure.firewall',
    `{"time":"2025-10-14T08:00:00.0000000Z","resourceId":"/SUBSCRIPTIONS/X/PROVIDERS/MICROSOFT.NETWORK/AZUREFIREWALLS/FW1","category":"AzureFirewallDnsProxy","operationName":"AzureFirewallDnsProxyLog","properties":{"msg":"DNS Request: 10.40.1.20:48197 - 15676 A IN ${NAME}. udp 55 false 512 NOERROR qr,rd,ra 105 0.000301s"}}`,
    dns(),
  ],
  [
    'azure.dns',
    `{"time":"2025-10-14T08:00:00.123Z","resourceId":"/SUBSCRIPTIONS/X/PROVIDERS/MICROSOFT.NETWORK/DNSRESOLVERPOLICIES/P","category":"DnsResponse","properties":{"QueryName":"${NAME}.","QueryType":"A","QueryClass":"IN","SourceIpAddress":"10.40.1.20","SourcePort":"51000","Transport":"UDP","ResponseCode":0,"Answer":[{"Type":"A","Class":"IN","TTL":300,"RData":"203.0.113.9"}]}}`,
    dns('203.0.113.9'),
  ],
  [
    'dnstap.json',
    JSON.stringify({
      type: 'MESSAGE',
      identity: 'ns1',
      message: {
        type: 'CLIENT_RESPONSE',
        response_time: '2025-10-14T08:00:00.120Z',
        socket_family: 'INET',
        socket_protocol: 'UDP',
        query_address: '10.40.1.20',
        response_address: '10.40.0.53',
        response_message: `;; opcode: QUERY, status: NOERROR, id: 4711\n\n;; QUESTION SECTION:\n;${NAME}.\tIN\t A\n\n;; ANSWER SECTION:\n${NAME}.\t300\tIN\tA\t203.0.113.9\n`,
      },
    }),
    dns('203.0.113.9'),
  ],
  [
    'google.firewall',
    '{"insertId":"x1","jsonPayload":{"connection":{"dest_ip":"203.0.113.9","dest_port":443,"protocol":6,"src_ip":"10.40.1.20","src_port":51544},"disposition":"ALLOWED","instance":{"vm_name":"vm-1"},"rule_details":{"action":"ALLOW","direction":"EGRESS","reference":"network:default/firewall:allow-out"}},"logName":"projects/p/logs/compute.googleapis.com%2Ffirewall","timestamp":"2025-10-14T08:00:00.123456789Z"}',
    flow,
  ],
  [
    'netflow.json',
    '{"type":"FLOW","sampled":0,"first":"2025-10-14T08:00:00.500","last":"2025-10-14T08:00:04.500","in_packets":12,"in_bytes":1200,"proto":6,"src_port":51544,"dst_port":443,"src4_addr":"10.40.1.20","dst4_addr":"203.0.113.9"}',
    flow,
  ],
  [
    'nfdump.text',
    '2025-10-14 08:00:00.500     4.000 TCP         10.40.1.20:51544 ->      203.0.113.9:443   ...AP.SF   0       12    1.2 M       3      300     100     1',
    { ...flow, traffic: { bytes_out: 1_200_000, packets_out: 12 } },
  ],
  [
    'haproxy.log',
    `<134>Oct 14 08:00:49 lb haproxy[4711]: 10.40.1.20:51544 [14/Oct/2025:08:00:49.125] fe~ be/srv1 0/0/1/20/21 200 812 - - ---- 2/2/0/0/0 0/0 {${NAME}|ExampleAgent/1.0} {} "GET /poll?id=1 HTTP/1.1"`,
    web,
  ],
  [
    'asim.event',
    `{"TimeGenerated":"2025-10-14T08:00:00.000Z","EventSchema":"Dns","EventSchemaVersion":"0.1.7","EventType":"Query","EventVendor":"Microsoft","EventProduct":"DNS Server","SrcIpAddr":"10.40.1.20","SrcPortNumber":51000,"DnsQuery":"${NAME}","DnsQueryTypeName":"A","DnsResponseName":"203.0.113.9","DnsResponseCodeName":"NOERROR","EventResult":"Success"}`,
    dns('203.0.113.9'),
  ],
  [
    'suricata.eve',
    `{"firewall_name":"fw","availability_zone":"eu-central-1a","event_timestamp":"1760428800","event":{"timestamp":"2025-10-14T08:00:00.123456+0000","flow_id":1,"event_type":"tls","src_ip":"10.40.1.20","src_port":51544,"dest_ip":"203.0.113.9","dest_port":443,"proto":"TCP","tls":{"sni":"${NAME}","version":"TLS 1.3"}}}`,
    { ...flow, tls: { sni: NAME } },
  ],
  [
    'fortinet.log',
    '<190>date=2025-10-14 time=08:00:00 devname="FG1" devid="FG100" tz="+0000" logid="0100026001" type="event" subtype="system" logdesc="DHCP Ack log" interface="lan" dhcp_msg="Ack" mac="02:00:00:00:00:01" ip=10.40.1.20 lease=432000 hostname="laptop-20" msg="DHCP server sends a DHCPACK"',
    { src_endpoint: { ip: '10.40.1.20', hostname: 'laptop-20', mac: '02:00:00:00:00:01' } },
  ],
];

it.each(shapes)('%s: %s', async (format, record, event) => {
  const file = path.join(temp, 'shape.log');
  writeFileSync(file, `${record}\n`);
  const records = [];
  for await (const one of normalize([file], { schema: 'ocsf', as: null })) records.push(one);
  expect(records).toMatchObject([{ format, event }]);
});
