/** The names that feeds give to their columns and types: tables of facts, gathered from public feeds' headers. */
import type { Hint } from './observe.ts';

/** What a column is for. `value:…` holds the value itself, and says of what kind it is. */
export type Role =
  | `value:${Hint}`
  | 'pattern'
  | 'fronts'
  | 'behind'
  | 'type'
  | 'path'
  | 'confidence'
  | 'valid_from'
  | 'valid_until'
  | 'recorded'
  | 'source'
  | 'description'
  | 'labels'
  | 'detect'
  | 'revoked'
  | 'compromised'
  | 'tlp'
  | 'licence'
  | 'id';

/** Role → names, lower case with `_` between words. Within a role the earlier name wins; of values, the earlier role. */
const names: Readonly<Record<Role, string>> = {
  'value:any':
    'value indicator indicator_value ioc ioc_value observable observable_value artifact data pattern_value trail',
  'value:url': 'url url_full url_original uri malware_url phishing_url c2_url full_url',
  'value:domain':
    'domain url_domain domain_name hostname host host_name fqdn dns_name c2_domain malicious_domain domains_and_subdomains',
  'value:address':
    'ip ip_address ipaddress ip_addr ipv4 ipv6 address dst_ip dest_ip destination_ip c2_ip dstip srcip src_ip source_ip cidr network subnet netblock ip_range',
  'value:ja4': 'ja4 ja4_fingerprint ja4_hash',
  'value:ja3': 'ja3 ja3_md5 ja3_fingerprint ja3_hash ja3_digest',
  'value:certificate':
    'certificate x509_hash_sha256 x509_hash_sha1 certificate_sha1 certificate_sha256 cert_sha1 cert_sha256 cert_hash ssl_sha1',
  'value:hash':
    'file_hash_sha256 file_hash_sha1 file_hash_md5 sha256 sha256_hash sha1 sha1_hash md5 md5_hash hash file_hash sha512 hash_value',
  'value:email': 'email email_address_full email_address e_mail mail',
  pattern: 'pattern',
  fronts: 'domains',
  behind: 'host_header',
  type: 'type kind x_opencti_main_observable_type indicator_type ioc_type observable_type data_type attribute_type value_type entity_type',
  path: 'path url_path uri_path',
  confidence: 'confidence confidence_level confidence_score certainty score x_opencti_score',
  valid_from:
    'valid_from first_seen first_seen_utc firstseen firstseen_utc date_first_seen active_from start_date date',
  valid_until:
    'valid_until valid_to valid_till expires expires_at expiry expiry_date expiration expiration_date active_until end_date',
  recorded:
    'created created_at recorded date_added dateadded added added_at published publication_date date_created listing_date listingdate reported timestamp',
  source: 'source provider feed source_name feed_name vendor author org organisation organization createdby',
  description:
    'description malware_printable malware malware_family family threat threat_name signature campaign actor name title listingreason reason notes note comment comments',
  labels: 'labels label objectlabel tags tag threat_type category categories',
  detect: 'to_ids detect detection for_detection',
  revoked: 'revoked',
  compromised: 'is_compromised compromised',
  tlp: 'tlp tlp_marking tlp_level marking_tlp objectmarking',
  licence: 'licence license',
  id: 'standard_id id uuid stix_id',
};

const roles = new Map<string, Role>();
const order = new Map<string, number>();
for (const role of Object.keys(names).filter(isRole))
  for (const name of names[role].split(' ')) {
    roles.set(name, role);
    order.set(name, order.size);
  }

function isRole(name: string): name is Role {
  return name in names;
}

/** `First Seen (UTC)` → `first_seen_utc`. */
export function columnName(written: string): string {
  return written
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
}

/** The role of a column by its written name, and its rank among all names (lower wins); null for a column we do not read. */
export function columnRole(written: string): { readonly role: Role; readonly rank: number } | null {
  const name = columnName(written);
  const role = roles.get(name);
  return role === undefined ? null : { role, rank: order.get(name) ?? 0 };
}

/** Written types, lower case with `-` between words → hint. */
const typeNames: Readonly<Record<Hint, string>> = {
  any: 'ioc indicator observable',
  domain:
    'domain domain-name domainname hostname host host-name fqdn dns domain|ip hostname|port intel-domain c2-domain',
  url: 'url uri url-link c2-url intel-url',
  address:
    'ip ipv4 ipv6 ip-address ipaddress ipv4-addr ipv6-addr ipv4-address ipv6-address ip-src ip-dst ip-port ip:port ip-dst|port ip-src|port address addr cidr ipv4-cidr ipv6-cidr subnet netblock network ip-range c2-ip intel-addr',
  hash: 'hash file-hash filehash md5 sha1 sha-1 sha224 sha256 sha-256 sha384 sha512 sha-512 md5-hash sha1-hash sha256-hash hash-md5 hash-sha1 hash-sha256 filehash-md5 filehash-sha1 filehash-sha256 file-md5 file-sha1 file-sha256 intel-file-hash stixfile stix-file',
  certificate:
    'certificate cert-hash ssl-cert sslcertfingerprint x509-fingerprint-md5 x509-fingerprint-sha1 x509-fingerprint-sha256 certificate-hash intel-cert-hash',
  ja3: 'ja3 ja3-hash ja3-fingerprint ja3-fingerprint-md5 intel-ja3',
  ja4: 'ja4 ja4-fingerprint intel-ja4',
  email: 'email e-mail email-addr email-address email-src email-dst intel-email',
};
const hints = new Map<string, Hint>();
for (const hint of Object.keys(typeNames).filter(isHint))
  for (const name of typeNames[hint].split(' ')) hints.set(name, hint);

function isHint(name: string): name is Hint {
  return name in typeNames;
}

/** Words of types that name something that no network log shows. */
const ELSEWHERE =
  /file|path|regist|regkey|mutex|user|tool|process|command|description|wallet|bitcoin|btc|xmr|cve|vuln|asn|mac|package|pdb|service|yara|sigma|snort|text|phone|title|note|key/;

/** The hint that a written type gives; `elsewhere` for types that we do not match; null for words that we do not know. */
export function typeHint(written: string): Hint | 'elsewhere' | null {
  const name = written
    .trim()
    .toLowerCase()
    .replace(/[\s_]+|::/g, '-');
  return hints.get(name) ?? (ELSEWHERE.test(name) ? 'elsewhere' : null);
}
