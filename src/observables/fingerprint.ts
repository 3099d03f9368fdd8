/** TLS client fingerprints: JA3 and JA4, read and compared, never computed. */

/** JA3 is the MD5 of the client hello's fields: https://github.com/salesforce/ja3 (checked 2026-11-24). */
const JA3 = /^[0-9a-f]{32}$/i;

/**
 * JA4 `a_b_c`: protocol, TLS version, SNI, number of ciphers and extensions, ALPN, then two cut hashes.
 * https://github.com/FoxIO-LLC/ja4/blob/main/technical_details/JA4.md (checked 2026-11-24).
 */
const JA4 = /^[tqd](?:1[0-3]|s[23]|d[123]|00)[di]\d{4}[0-9a-z]{2}_[0-9a-f]{12}_[0-9a-f]{12}$/i;
const JA4_LENGTH = 36;

/** The JA3 fingerprint in lower case, or null. Any MD5 has this shape: only the source can say that it is a JA3. */
export function parseJa3(text: string): string | null {
  const trimmed = text.trim();
  return JA3.test(trimmed) ? trimmed.toLowerCase() : null;
}

/** The JA4 fingerprint in lower case, or null. The raw form (`JA4_r`) is not read. */
export function parseJa4(text: string): string | null {
  const trimmed = text.trim();
  return trimmed.length === JA4_LENGTH && JA4.test(trimmed) ? trimmed.toLowerCase() : null;
}
