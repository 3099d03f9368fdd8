import { createHash } from 'node:crypto';

/** The source expression by which a Content-Security-Policy allows exactly this inline text. */
export function cspHash(inline: string): string {
  return `'sha256-${createHash('sha256').update(inline, 'utf8').digest('base64')}'`;
}
