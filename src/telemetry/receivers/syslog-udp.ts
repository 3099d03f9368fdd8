import { createSocket } from 'node:dgram';
import { type Address, listenError } from './address.ts';
import { collector } from './collector.ts';
import { asLine } from './frames.ts';
import type { Receiver } from './receiver.ts';

/** As much as the system gives: datagrams that come while a batch is written wait there. */
const KERNEL_BUFFER = 8 * 1024 * 1024;

/** Syslog over UDP (RFC 5426): one message a datagram. Nobody can be told to wait: what finds no room is counted as lost. */
export const syslogUdp = (address: Address): Receiver => ({
  source: address.text,
  start: async (intake) => {
    const kept = collector(intake, address.text);
    let lost = 0;
    const socket = createSocket(address.family === 6 ? 'udp6' : 'udp4');
    socket.on('message', (message) => {
      if (message.length === 0) return;
      if (kept.full()) {
        if (lost++ === 0) intake.note(`${address.text}: the disk or the lake is too slow, datagrams are lost`);
        return;
      }
      kept.add({ lines: asLine(message), count: 1 }).catch(() => lost++);
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('error', (error) => reject(listenError(address, error)));
      socket.bind(address.port, address.host, resolve);
    });
    try {
      socket.setRecvBufferSize(KERNEL_BUFFER);
    } catch {
      // The system's own limit stands.
    }
    const ended = new Promise<void>((resolve, reject) => {
      socket.once('close', resolve);
      socket.once('error', reject);
    });
    ended.catch(() => {});
    return {
      behind: () => ({ unit: 'records', amount: kept.held(), lost }),
      stop: async () => {
        await new Promise<void>((resolve) => socket.close(() => resolve()));
        await kept.finish();
      },
      ended,
    };
  },
});
