/** Our own warning lists: names that everybody knows, written by hand from general knowledge. Few on purpose: bring MISP's for more. */
import { kindsFor } from './attributes.ts';
import type { ListType, WarningList } from './warning-list.ts';

/** The day on which the entries were written. */
const VERSION = '20261124';

const NAMES = ['domain', 'hostname', 'url'];
const HASHES = ['md5', 'sha1', 'sha256', 'sha512'];

/** A list of ours; what is on it is held. */
export function ours(
  name: string,
  type: ListType,
  attributes: readonly string[],
  description: string,
  entries: string,
): WarningList {
  const words = entries.trim().split(/\s+/);
  const kinds = kindsFor(attributes);
  return {
    name: `Virga: ${name}`,
    version: VERSION,
    description,
    type,
    effect: 'hold',
    attributes,
    kinds,
    entries: words,
  };
}

export const builtInLists: readonly WarningList[] = [
  ours(
    'connectivity checks',
    'string',
    NAMES,
    'Names that operating systems and browsers ask to see whether there is an internet; their makers document them.',
    `connectivitycheck.gstatic.com connectivitycheck.android.com clients3.google.com captive.apple.com
    www.msftconnecttest.com www.msftncsi.com dns.msftncsi.com ipv6.msftconnecttest.com detectportal.firefox.com
    nmcheck.gnome.org connectivity-check.ubuntu.com network-test.debian.org conncheck.opensuse.org
    fedoraproject.org ping.archlinux.org`,
  ),
  ours(
    'what is my address',
    'hostname',
    NAMES,
    'Services that tell a caller its public address: malware asks them, so feeds list them, and so do programs of all kinds.',
    `ipinfo.io icanhazip.com ifconfig.me ifconfig.co ipify.org checkip.amazonaws.com checkip.dyndns.org ip-api.com
    myexternalip.com wtfismyip.com ipecho.net whatismyip.com whatismyipaddress.com ident.me ipapi.co myip.com
    ip.sb my-ip.io seeip.org ipwho.is freegeoip.app`,
  ),
  ours(
    'certificate status',
    'string',
    NAMES,
    'Servers of certification authorities for OCSP and revocation lists; every TLS client asks them.',
    `ocsp.digicert.com crl3.digicert.com crl4.digicert.com cacerts.digicert.com ocsp.sectigo.com crl.sectigo.com
    ocsp.comodoca.com crl.comodoca.com ocsp.globalsign.com crl.globalsign.com ocsp2.globalsign.com ocsp.pki.goog
    c.pki.goog o.pki.goog i.pki.goog crl.pki.goog ocsp.entrust.net crl.entrust.net ocsp.godaddy.com crl.godaddy.com
    ocsp.usertrust.com crl.usertrust.com ocsp.verisign.com crl.verisign.com r3.o.lencr.org r10.o.lencr.org
    r11.o.lencr.org x1.c.lencr.org crl.microsoft.com ocsp.msocsp.com oneocsp.microsoft.com mscrl.microsoft.com
    ocsp.apple.com crl.apple.com ocsp.amazontrust.com crl.rootca1.amazontrust.com`,
  ),
  ours(
    'hashes of nothing',
    'string',
    HASHES,
    'MD5, SHA-1, SHA-256 and SHA-512 of the empty file and of files of one line feed: computed.',
    `d41d8cd98f00b204e9800998ecf8427e da39a3ee5e6b4b0d3255bfef95601890afd80709
    e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
    cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e
    68b329da9893e34099c7d8ad5cb9c940 adc83b19e793491b1c6ea0fd8b46cd9f32e592fc
    01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b`,
  ),
];
