/** Addresses that name nobody: reserved ranges and public DNS resolvers. Facts with source and date. */

type ReservedRange = { readonly range: string; readonly what: string; readonly source: string };

/**
 * IANA special-purpose registries (RFC 6890), checked 2026-11-24. The documentation ranges are left out: nothing real is
 * there, and examples live in them.
 */
export const reservedRanges: readonly ReservedRange[] = [
  { range: '0.0.0.0/8', what: '"this network"', source: 'RFC 791' },
  { range: '10.0.0.0/8', what: 'private network', source: 'RFC 1918' },
  { range: '100.64.0.0/10', what: 'shared address space of providers', source: 'RFC 6598' },
  { range: '127.0.0.0/8', what: 'the host itself', source: 'RFC 1122' },
  { range: '169.254.0.0/16', what: 'link-local', source: 'RFC 3927' },
  { range: '172.16.0.0/12', what: 'private network', source: 'RFC 1918' },
  { range: '192.0.0.0/24', what: 'IETF protocol assignments', source: 'RFC 6890' },
  { range: '192.88.99.0/24', what: 'former 6to4 relay', source: 'RFC 7526' },
  { range: '192.168.0.0/16', what: 'private network', source: 'RFC 1918' },
  { range: '198.18.0.0/15', what: 'benchmarking', source: 'RFC 2544' },
  { range: '224.0.0.0/4', what: 'multicast', source: 'RFC 5771' },
  { range: '240.0.0.0/4', what: 'reserved, with broadcast', source: 'RFC 1112' },
  { range: '::/127', what: 'unspecified or the host itself', source: 'RFC 4291' },
  { range: '64:ff9b:1::/48', what: 'local translation', source: 'RFC 8215' },
  { range: '100::/64', what: 'discard only', source: 'RFC 6666' },
  { range: 'fc00::/7', what: 'unique local', source: 'RFC 4193' },
  { range: 'fe80::/10', what: 'link-local', source: 'RFC 4291' },
  { range: 'fec0::/10', what: 'former site-local', source: 'RFC 3879' },
  { range: 'ff00::/8', what: 'multicast', source: 'RFC 4291' },
];

type Resolver = { readonly operator: string; readonly addresses: string; readonly source: string };

/** Public resolvers, as their operators publish them; checked 2026-11-24. Canonical text, separated by spaces. */
export const publicResolvers: readonly Resolver[] = [
  {
    operator: 'Google Public DNS',
    addresses: '8.8.8.8 8.8.4.4 2001:4860:4860::8888 2001:4860:4860::8844',
    source: 'https://developers.google.com/speed/public-dns/docs/using',
  },
  {
    operator: 'Cloudflare 1.1.1.1',
    addresses:
      '1.1.1.1 1.0.0.1 1.1.1.2 1.0.0.2 1.1.1.3 1.0.0.3 2606:4700:4700::1111 2606:4700:4700::1001 2606:4700:4700::1112 2606:4700:4700::1002 2606:4700:4700::1113 2606:4700:4700::1003',
    source: 'https://developers.cloudflare.com/1.1.1.1/ip-addresses/',
  },
  {
    operator: 'Quad9',
    addresses:
      '9.9.9.9 149.112.112.112 9.9.9.10 149.112.112.10 9.9.9.11 149.112.112.11 2620:fe::fe 2620:fe::9 2620:fe::10 2620:fe::fe:10 2620:fe::11 2620:fe::fe:11',
    source: 'https://quad9.net/service/service-addresses-and-features/',
  },
  {
    operator: 'OpenDNS (Cisco)',
    addresses:
      '208.67.222.222 208.67.220.220 208.67.222.123 208.67.220.123 2620:119:35::35 2620:119:53::53 2620:119:35::123 2620:119:53::123',
    source: 'https://www.opendns.com/setupguide/',
  },
  {
    operator: 'AdGuard DNS',
    addresses: '94.140.14.14 94.140.15.15 94.140.14.15 94.140.15.16 2a10:50c0::ad1:ff 2a10:50c0::ad2:ff',
    source: 'https://adguard-dns.io/en/public-dns.html',
  },
  {
    operator: 'CleanBrowsing',
    addresses: '185.228.168.9 185.228.169.9 185.228.168.10 185.228.169.11 185.228.168.168 185.228.169.168',
    source: 'https://cleanbrowsing.org/filters/',
  },
  { operator: 'Control D', addresses: '76.76.2.0 76.76.10.0', source: 'https://controld.com/free-dns' },
  {
    operator: 'Level 3 (Lumen)',
    addresses: '4.2.2.1 4.2.2.2 4.2.2.3 4.2.2.4 4.2.2.5 4.2.2.6',
    source: 'in use since the 1990s, not published by the operator',
  },
  {
    operator: 'Verisign / Vercara UltraDNS Public',
    addresses: '64.6.64.6 64.6.65.6',
    source: 'https://vercara.digicert.com/ultradns-public',
  },
  { operator: 'DNS.Watch', addresses: '84.200.69.80 84.200.70.40', source: 'https://dns.watch/' },
  { operator: 'Hurricane Electric', addresses: '74.82.42.42', source: 'https://dns.he.net/' },
  { operator: 'Yandex DNS', addresses: '77.88.8.8 77.88.8.1 77.88.8.88 77.88.8.2', source: 'https://dns.yandex.com/' },
  {
    operator: 'Alibaba DNS',
    addresses: '223.5.5.5 223.6.6.6 2400:3200::1 2400:3200:baba::1',
    source: 'https://www.alidns.com/',
  },
  { operator: 'DNSPod (Tencent)', addresses: '119.29.29.29', source: 'https://www.dnspod.com/products/public.dns' },
  { operator: '114DNS', addresses: '114.114.114.114 114.114.115.115', source: 'https://www.114dns.com/' },
  { operator: 'Baidu DNS', addresses: '180.76.76.76', source: 'https://dudns.baidu.com/' },
  {
    operator: 'Azure platform resolver',
    addresses: '168.63.129.16',
    source: 'https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16',
  },
];
