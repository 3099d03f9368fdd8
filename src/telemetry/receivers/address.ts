import { VirgaError } from '../../model/errors.ts';

/** Where a receiver listens. `text` is its stable name. */
export type Address = {
  readonly scheme: 'syslog+udp' | 'syslog+tcp' | 'syslog+tls' | 'http' | 'https';
  readonly host: string;
  readonly port: number;
  readonly family: 4 | 6;
  readonly text: string;
};

/** The ports that the standards give: RFC 5426, 6587, 5425; for HTTP that of Splunk's collector. */
const ports = { 'syslog+udp': 514, 'syslog+tcp': 514, 'syslog+tls': 6514, http: 8088, https: 8088 } as const;

/** Reads `scheme://[host]:port`; without a host it is this machine alone. */
export function parseListen(text: string): Address {
  const wrong = (): VirgaError =>
    new VirgaError(
      'usage.wrong',
      `--listen takes an address such as syslog+tcp://127.0.0.1:6514 (${Object.keys(ports).join(', ')}), not ${JSON.stringify(text)}.`,
    );
  const parts = /^([a-z+]+):\/\/(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]*)(?::(\d{1,5}))?\/?$/.exec(text);
  const scheme = Object.keys(ports).find((name): name is keyof typeof ports => name === parts?.[1]);
  if (!parts || !scheme) throw wrong();
  const host = (parts[2] ?? '').replace(/^\[|\]$/g, '') || '127.0.0.1';
  const port = parts[3] === undefined ? ports[scheme] : Number(parts[3]);
  if (port > 65535) throw wrong();
  const family = host.includes(':') ? 6 : 4;
  return { scheme, host, port, family, text: `${scheme}://${family === 6 ? `[${host}]` : host}:${port}` };
}

/** True where only programs on this machine can reach it. */
export const isLoopback = ({ host }: Address): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);

/** What the system says of a port, in our words. */
export function listenError(address: Address, cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(code))
    return new VirgaError('intake.port', `${address.text} cannot be listened on (${code}).`, { cause });
  return cause;
}
