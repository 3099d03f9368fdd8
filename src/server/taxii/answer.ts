/** Answers of a TAXII server: media types and errors. */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

export const TAXII_TYPE = 'application/taxii+json;version=2.1';
export const STIX_TYPE = 'application/stix+json;version=2.1';

export function answer(context: Context, body: unknown, status: ContentfulStatusCode = 200): Response {
  return context.body(JSON.stringify(body), status, { 'content-type': TAXII_TYPE, vary: 'authorization' });
}

/** An error message of TAXII 2.1 (3.6.1). */
export function refuse(context: Context, status: ContentfulStatusCode, title: string, description: string): Response {
  if (status === 401) context.header('www-authenticate', 'Basic realm="virga", Bearer realm="virga"');
  return answer(context, { title, description, http_status: String(status) }, status);
}

/** Whether the caller takes TAXII 2.1: any type, or ours in this version or in none. */
export function takesTaxii(accept: string | undefined): boolean {
  if (accept === undefined || accept.length > 4096) return accept === undefined;
  return accept.split(',').some((part) => {
    const [type = '', ...parameters] = part
      .toLowerCase()
      .split(';')
      .map((word) => word.trim());
    const version = parameters.find((word) => word.startsWith('version='));
    if (type === '*/*' || type === 'application/*') return true;
    return type === 'application/taxii+json' && (version === undefined || version === 'version=2.1');
  });
}

/** Whether what was sent is TAXII 2.1. */
export const isTaxii = (type: string | undefined): boolean =>
  /^application\/taxii\+json\s*;\s*version=2\.1\s*(?:;|$)/i.test(type ?? '');
