import { first, hostText, text } from '../expression.ts';
import type { Format } from '../format.ts';
import { hasSome, json } from '../layouts/json.ts';
import { timeOf } from '../readings.ts';
import { suricataEve } from './suricata.ts';

/** GateWatcher's sensors write EVE, and alerts of their own engines with the same names: https://docs.gatewatcher.com (AIonIQ, checked 2026-11-24) */
export const gatewatcher = {
  ...suricataEve,
  id: 'gatewatcher.aioniq',
  vendor: 'Gatewatcher',
  product: 'AIonIQ',
  record: 'one event or alert of an engine: signatures, malware, shellcode, generated names, retrospective hunts',
  detect: hasSome(2, 'timestamp_detected', 'timestamp_analyzed', 'gcenter', 'gcap'),
  layout: json,
  columns: {
    ...suricataEve.columns,
    time: timeOf('timestamp_detected', 'timestamp', '@timestamp', 'timestamp_analyzed'),
    http_request_url_hostname: first(suricataEve.columns.http_request_url_hostname, (f) =>
      hostText(f.text('domain_name')),
    ),
    query_hostname: first(
      suricataEve.columns.query_hostname,
      (f) => `CASE WHEN ${f.text('event_type')} = 'dga' THEN ${hostText(f.text('domain_name'))} END`,
    ),
    finding_title: first(text('alert.signature'), text('signature')),
    device_hostname: (f) => hostText(first(text('gcap'), text('host'))(f)),
  },
  sample: `{"event_type":"dga","domain_name":"pgoadcmgqfacj.example","timestamp_detected":"2025-10-14T08:00:00.500Z","uuid":"u1","severity":1,"type":"machine_learning","dest_port":53,"gcap":"gcap.example.com","dest_ip":"10.40.0.53","flow_id":729,"src_ip":"10.40.1.20","@timestamp":"2025-10-14T08:10:00.500Z","gcenter":"gcenter.example.com","src_port":1294}
`,
} satisfies Format;
