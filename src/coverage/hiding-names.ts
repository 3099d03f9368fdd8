/**
 * Names whose contact tells that something else is hidden. Public resolvers that answer over HTTPS or TLS, as their
 * operators publish them, and the names that Encrypted Client Hello shows in place of the real one. Checked 2026-11-24
 * against the operators' pages and RFC 9849; a resolver of one's own under another name is not known here.
 */
export const encryptedResolvers: ReadonlySet<string> = new Set([
  'dns.google', // https://developers.google.com/speed/public-dns/docs/doh
  'cloudflare-dns.com', // https://developers.cloudflare.com/1.1.1.1/encryption/dns-over-https/
  'one.one.one.one',
  'security.cloudflare-dns.com',
  'family.cloudflare-dns.com',
  'mozilla.cloudflare-dns.com',
  'chrome.cloudflare-dns.com',
  'dns.quad9.net', // https://www.quad9.net/service/service-addresses-and-features/
  'dns9.quad9.net',
  'dns10.quad9.net',
  'dns11.quad9.net',
  'doh.opendns.com', // https://support.opendns.com/hc/en-us/articles/360038086532
  'doh.familyshield.opendns.com',
  'dns.nextdns.io', // https://help.nextdns.io
  'dns.adguard-dns.com', // https://adguard-dns.io/en/public-dns.html
  'unfiltered.adguard-dns.com',
  'dns.mullvad.net', // https://mullvad.net/en/help/dns-over-https-and-dns-over-tls
  'freedns.controld.com', // https://controld.com/free-dns
  'doh.cleanbrowsing.org', // https://cleanbrowsing.org/guides/dnsoverhttps
  'dns.alidns.com', // https://www.alidns.com
  'doh.pub', // https://www.dnspod.cn/products/publicdns
]);

/** Cloudflare's shared outer name: https://developers.cloudflare.com/ssl/edge-certificates/ech/ */
export const coverNames: ReadonlySet<string> = new Set(['cloudflare-ech.com']);
