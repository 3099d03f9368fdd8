import { isUtf8 } from 'node:buffer';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** True when a block of lines needs no cleaning: UTF-8, line feeds alone, none of our own marks. */
export const isClean = (block: Buffer): boolean =>
  isUtf8(block) && !block.includes(13) && !block.includes(0) && !block.includes(1);

/**
 * One line as the engine may read it: valid UTF-8 (what is none becomes U+FFFD), without the carriage return at its
 * end; inside, line ends become spaces, zero bytes go, and our own mark (0x01) becomes U+FFFD. A line of zero bytes
 * alone is not made blank, because a blank line is no record and this one is to be refused.
 */
export function cleanLine(bytes: Buffer): string {
  const text = decoder.decode(bytes);
  if (!/[\r\n\0\x01]/.test(text)) return text;
  const clean = text
    .replace(/\r$/, '')
    .replaceAll('\0', '')
    .replaceAll('\x01', '\uFFFD')
    .replace(/[\r\n]/g, ' ');
  return clean.trim() === '' && text.includes('\0') ? '\uFFFD' : clean;
}
