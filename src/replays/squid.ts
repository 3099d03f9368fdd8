/** A proxy that opens TLS, so it knows the URLs. Squid's `combined` layout, local time. */
import { randomFor } from './random.ts';
import type { Request, Visit } from './visit.ts';

const hour = 3_600_000;
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** The clock on the wall in summer time, one hour before UTC: `14/Oct/2026:08:12:31 +0100`. */
const clock = (at: number): string => {
  const [date = '', time = ''] = new Date(at + hour).toISOString().split('T');
  const [year, month, dayOfMonth] = date.split('-');
  return `${dayOfMonth}/${months[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0100`;
};

const line = (visit: Visit, request: Request, at: number): string => {
  const url = `${visit.port === 80 ? 'http' : 'https'}://${visit.host}${request.path}`;
  const random = randomFor(`squid ${at} ${visit.client.ip} ${url}`);
  const { method = 'GET', status = 200, got = 640, referrer = '-' } = request;
  const result =
    method === 'GET' && status === 200 && random.chance(12) ? 'TCP_MEM_HIT:HIER_NONE' : 'TCP_MISS:ORIGINAL_DST';
  return `${visit.client.ip} - - [${clock(at)}] "${method} ${url} HTTP/1.1" ${status} ${got + 310} "${referrer}" "${visit.agent.name}" ${result}`;
};

const tunnel = (visit: Visit): { readonly at: number; readonly text: string } => {
  const at = visit.at + visit.lasts;
  const text = `${visit.client.ip} - - [${clock(at)}] "CONNECT ${visit.host}:443 HTTP/1.1" 200 ${4_000 + (at % 3_000)} "-" "-" TCP_TUNNEL:ORIGINAL_DST`;
  return { at, text };
};

/** One line a request (or connection to a `closed` host: passed on, its name alone logged), in the order in which they end. */
export const accessLog = (visits: readonly Visit[], closed: ReadonlySet<string>): string => {
  const lines = visits
    .filter((visit) => visit.client.inspected)
    .flatMap((visit) => {
      if (closed.has(visit.host)) return [tunnel(visit)];
      return visit.requests.map((request, n) => {
        const at = visit.at + Math.floor((visit.lasts * (n + 1)) / (visit.requests.length + 1));
        return { at, text: line(visit, request, at) };
      });
    });
  return `${lines
    .sort((a, b) => a.at - b.at)
    .map(({ text }) => text)
    .join('\n')}\n`;
};
