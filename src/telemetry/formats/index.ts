import type { Format } from '../format.ts';
import { aws } from './aws/index.ts';
import { azure } from './azure/index.ts';
import { cef } from './cef.ts';
import { checkPoint, checkPointExport } from './check-point.ts';
import { ciscoFirewall } from './cisco-firewall.ts';
import { cloudflare } from './cloudflare/index.ts';
import { devices } from './devices/index.ts';
import { dnsServers } from './dns/index.ts';
import { crowdStrike } from './endpoint/crowdstrike.ts';
import { defenderNetwork } from './endpoint/defender.ts';
import { windowsJson, windowsXml } from './endpoint/windows.ts';
import { envoyJson } from './envoy-json.ts';
import { barracudaJson, checkPointJson, paloAltoJson } from './firewalls/json.ts';
import { flowJson, nfdumpCsv } from './flows/flow-records.ts';
import { nfdumpText } from './flows/nfdump-text.ts';
import { fortinet } from './fortinet.ts';
import { gatewatcher } from './gatewatcher.ts';
import { gateways } from './gateways/index.ts';
import { google } from './google/index.ts';
import { juniperSrx } from './juniper.ts';
import { keyValue } from './key-value.ts';
import { leases } from './leases/index.ts';
import { leef } from './leef.ts';
import { ciscoIos } from './packets/cisco-ios.ts';
import { filterlog } from './packets/filterlog.ts';
import { netfilter } from './packets/netfilter.ts';
import { snortCsv, snortFast, snortFull } from './packets/snort.ts';
import { paloAlto } from './palo-alto.ts';
import { bloxOne, dnstapJson } from './resolvers/exports.ts';
import { snortJson } from './snort-json.ts';
import { sonicwall } from './sonicwall.ts';
import { sophosFirewall, sophosUtm } from './sophos.ts';
import { squidCombined, squidNative, squidRelayed } from './squid.ts';
import { asimEvent } from './standards/asim.ts';
import { ecsDocument } from './standards/ecs.ts';
import { genericCsv, genericJson } from './standards/generic.ts';
import { ocsfEvent } from './standards/ocsf.ts';
import { suricataEve } from './suricata.ts';
import { umbrella } from './umbrella/index.ts';
import { w3cExtended } from './w3c.ts';
import { accessLog, envoy, haproxy } from './web-servers.ts';
import { zeekConn, zeekDns, zeekHttp, zeekQuic, zeekSsl, zeekX509 } from './zeek.ts';
import { zeekOther } from './zeek-other.ts';

/** Every format, in the order in which detection asks: the narrow ones before the wide. */
export const formats: readonly Format[] = [
  zeekConn,
  zeekDns,
  zeekHttp,
  zeekSsl,
  zeekX509,
  zeekQuic,
  gatewatcher,
  suricataEve,
  snortJson,
  cef,
  leef,
  ciscoFirewall,
  paloAlto,
  checkPoint,
  checkPointExport,
  fortinet,
  sophosFirewall,
  sonicwall,
  juniperSrx,
  sophosUtm,
  ...devices,
  filterlog,
  netfilter,
  snortFast,
  snortCsv,
  snortFull,
  ciscoIos,
  ...dnsServers,
  ...leases,
  envoy,
  haproxy,
  squidNative,
  squidRelayed,
  squidCombined,
  windowsXml,
  windowsJson,
  ocsfEvent,
  asimEvent,
  defenderNetwork,
  crowdStrike,
  zeekOther,
  ...aws,
  ...google,
  ...azure,
  ...cloudflare,
  ...umbrella,
  ...gateways,
  paloAltoJson,
  checkPointJson,
  barracudaJson,
  bloxOne,
  dnstapJson,
  envoyJson,
  nfdumpCsv,
  nfdumpText,
  flowJson,
  ecsDocument,
  w3cExtended,
  accessLog,
  keyValue,
  genericJson,
  genericCsv,
];
