/** Made-up records, always the same: 4,000 internal hosts, 20,000 names, a few hundred of them on platforms. */
const host = (i: number): string => `10.${20 + (i % 4)}.${(i * 7) % 250}.${1 + ((i * 13) % 250)}`;
const name = (i: number): string => {
  const n = (i * 2654435761) % 20_000;
  return n % 40 === 0 ? `fn-${n}.acct-${n % 300}.workers.dev` : `www${n % 7}.site-${n}.example`;
};
const address = (i: number): string => `203.0.${(i * 31) % 250}.${1 + ((i * 17) % 250)}`;
const time = (i: number): string => (1_760_428_800 + i * 0.05).toFixed(6);
const clock = (i: number): string => new Date((1_760_428_800 + i * 0.05) * 1000).toISOString().slice(11, 19);
const zeekHead = (path: string, fields: string, types: string): string =>
  `#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\t${path}\n#fields\t${fields.replaceAll(' ', '\t')}\n#types\t${types.replaceAll(' ', '\t')}\n`;

/** A log's head and its record number i. */
export const logs: Readonly<Record<string, { readonly head: string; readonly line: (i: number) => string }>> = {
  'zeek-conn-tsv': {
    head: zeekHead(
      'conn',
      'ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto service duration orig_bytes resp_bytes conn_state orig_pkts resp_pkts',
      'time string addr port addr port enum string interval count count string count count',
    ),
    line: (i) =>
      `${time(i)}\tC${i}abcdefgh\t${host(i)}\t${40_000 + (i % 20_000)}\t${address(i)}\t443\ttcp\tssl\t0.350000\t${1200 + (i % 900)}\t5400\tSF\t10\t12`,
  },
  'zeek-dns-tsv': {
    head: zeekHead(
      'dns',
      'ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto trans_id query qclass_name qtype_name rcode_name answers TTLs',
      'time string addr port addr port enum count string string string string vector[string] vector[interval]',
    ),
    line: (i) =>
      `${time(i)}\tC${i}abcdefgh\t${host(i)}\t${40_000 + (i % 20_000)}\t10.20.0.53\t53\tudp\t${i % 65_536}\t${name(i)}\tC_INTERNET\tA\tNOERROR\t${address(i)}\t300.000000`,
  },
  'zeek-dns-json': {
    head: '',
    line: (i) =>
      `{"ts":${time(i)},"uid":"C${i}abcdefgh","id.orig_h":"${host(i)}","id.orig_p":${40_000 + (i % 20_000)},"id.resp_h":"10.20.0.53","id.resp_p":53,"proto":"udp","trans_id":${i % 65_536},"query":"${name(i)}","qclass_name":"C_INTERNET","qtype_name":"A","rcode_name":"NOERROR","answers":["${address(i)}"],"TTLs":[300.0]}`,
  },
  'suricata-eve': {
    head: '',
    line: (i) =>
      `{"timestamp":"2025-10-14T${clock(i)}.000000+0000","flow_id":${i},"event_type":"tls","src_ip":"${host(i)}","src_port":${40_000 + (i % 20_000)},"dest_ip":"${address(i)}","dest_port":443,"proto":"TCP","tls":{"sni":"${name(i)}","version":"TLS 1.3","ja4":"t13d1516h2_aaaaaaaaaaaa_bbbbbbbbbbbb"}}`,
  },
  'squid-native': {
    head: '',
    line: (i) =>
      `${Number(time(i)).toFixed(3)}    350 ${host(i)} TCP_MISS/200 ${800 + (i % 900)} GET https://${name(i)}/a/${i % 50}?x=${i % 9} - ORIGINAL_DST/${address(i)} text/html`,
  },
  'squid-combined': {
    head: '',
    line: (i) =>
      `${host(i)} - - [14/Oct/2025:${clock(i)} +0000] "GET https://${name(i)}/a/${i % 50}?x=${i % 9} HTTP/1.1" 200 ${800 + (i % 900)} "-" "ExampleBrowser/1.0 (made up)" TCP_MISS:ORIGINAL_DST`,
  },
};
