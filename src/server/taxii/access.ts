/** Who may read and write: tokens, kept as their hashes. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

export const tokenFile = z.array(
  z.object({
    /** For logs: whom the token was given to. */
    name: z.string().min(1).max(200),
    /** SHA-256 of the token, in hexadecimal. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    role: z.enum(['read', 'write']),
    /** Ids or titles; absent: all. */
    collections: z.array(z.string()).optional(),
  }),
);
export type Token = z.infer<typeof tokenFile>[number];

/** What a caller may do. `write` may read too. */
export type Access = { readonly role: 'read' | 'write'; readonly covers: (id: string, title: string) => boolean };

const EVERYTHING: Access = { role: 'write', covers: () => true };

/** The access of a request; null where it needs a token and has none that is known. Without tokens all may do all. */
export function accessOf(authorization: string | undefined, tokens: readonly Token[] | null): Access | null {
  if (tokens === null) return EVERYTHING;
  const given = secretOf(authorization ?? '');
  const hash = createHash('sha256').update(given).digest();
  // Each is compared, so that the time does not tell which.
  const [known] = tokens.filter(({ sha256 }) => timingSafeEqual(hash, Buffer.from(sha256, 'hex')));
  if (known === undefined || given === '') return null;
  const { role, collections } = known;
  return { role, covers: (id, title) => collections?.some((name) => name === id || name === title) ?? true };
}

/** The token of `Bearer TOKEN` and of `Basic name:TOKEN`; TAXII clients know the latter. */
function secretOf(authorization: string): string {
  const [scheme = '', value = ''] = authorization.split(' ');
  if (/^bearer$/i.test(scheme)) return value;
  if (!/^basic$/i.test(scheme)) return '';
  const text = Buffer.from(value, 'base64').toString('utf8');
  return text.slice(text.indexOf(':') + 1);
}
