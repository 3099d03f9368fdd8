import type { Place } from '../../../model/event.ts';

/** What events that another product mapped may show, by either schema. */
export const mappedPlaces: readonly Place[] = [
  'dns.query',
  'dns.answer',
  'tls.sni',
  'tls.ja3',
  'tls.ja4',
  'tls.certificate',
  'http.host',
  'http.url',
  'http.method',
  'http.status',
  'http.user_agent',
  'http.referrer',
  'http.mime',
  'flow.ip',
  'flow.bytes',
  'flow.time',
  'user.name',
];

export const mappedBlindTo = ['what the product that made the events did not see or did not map'];
