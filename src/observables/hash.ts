/** File and certificate hashes: hexadecimal text whose length names the algorithm. */

/** One hash. `text` is lower-case hexadecimal. */
export type Hash = { readonly algorithm: HashAlgorithm; readonly text: string };

/** Hexadecimal digits of each algorithm (RFC 1321, FIPS 180-4). */
const digits = { md5: 32, sha1: 40, sha224: 56, sha256: 64, sha384: 96, sha512: 128 } as const;
export type HashAlgorithm = keyof typeof digits;

const byLength: ReadonlyMap<number, HashAlgorithm> = new Map([
  [digits.md5, 'md5'],
  [digits.sha1, 'sha1'],
  [digits.sha224, 'sha224'],
  [digits.sha256, 'sha256'],
  [digits.sha384, 'sha384'],
  [digits.sha512, 'sha512'],
]);
const HEX = /^[0-9a-f]+$/i;

/** The hash that `text` is, or null. Colons between bytes (`AB:CD:…`, as certificate tools print) are dropped. */
export function parseHash(text: string): Hash | null {
  const trimmed = text.trim();
  const bare = trimmed.includes(':') && trimmed.length <= 3 * digits.sha512 ? withoutColons(trimmed) : trimmed;
  const algorithm = byLength.get(bare.length);
  return algorithm !== undefined && HEX.test(bare) ? { algorithm, text: bare.toLowerCase() } : null;
}

/** `AB:CD` without its colons, only where every colon stands between two bytes. */
function withoutColons(text: string): string {
  const bytes = text.split(':');
  return bytes.every((byte) => byte.length === 2) ? bytes.join('') : text;
}
