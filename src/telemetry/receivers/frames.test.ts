import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asLine, Frames } from './frames.ts';
import { MAX_RECORD } from './receiver.ts';

const read = (bytes: Buffer, sizes: readonly number[] = [bytes.length]): string[] => {
  const frames = new Frames();
  const messages: Buffer[] = [];
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    messages.push(...frames.push(bytes.subarray(at, at + size)).map((m) => Buffer.from(m)));
    at = Math.min(bytes.length, at + size);
  }
  return [...messages, ...frames.end()].map((m) => m.toString('utf8'));
};

describe('syslog framing (RFC 6587)', () => {
  it('takes counted messages, also with line feeds inside', () => {
    expect(read(Buffer.from('11 <13>a\nb c d9 <13>next!'))).toEqual(['<13>a\nb c d', '<13>next!']);
  });

  it('takes lines that end with a line feed or a zero byte, and a last one without an end', () => {
    expect(read(Buffer.from('<13>one\n<14>two\0\n<15>three'))).toEqual(['<13>one', '<14>two', '<15>three']);
  });

  it('takes a line that begins with a number as a line', () => {
    expect(read(Buffer.from('2026 was a year\n17 lines\n'))).toEqual(['2026 was a year', '17 lines']);
  });

  it('takes both in one stream', () => {
    expect(read(Buffer.from('<13>line\n8 <13>c o\n<13>line\n'))).toEqual(['<13>line', '<13>c o\n', '<13>line']);
  });

  it('cuts what is too long and goes on behind it', () => {
    const long = `<13>${'x'.repeat(MAX_RECORD * 2)}`;
    for (const text of [`${long}\n<13>next\n`, `${long.length} ${long}9 <13>next!`]) {
      const [first, second, ...more] = read(Buffer.from(text), [70_000, 300_000, 5]);
      expect(first).toHaveLength(MAX_RECORD);
      expect(second).toMatch(/^<13>next/);
      expect(more).toEqual([]);
    }
  });

  it('gives the same messages however the bytes are cut', () => {
    const message = fc.string({ minLength: 1, maxLength: 40 }).map((s) => `<13>${s.replace(/[\n\r\0]/g, '_')}`);
    fc.assert(
      fc.property(fc.array(fc.tuple(message, fc.boolean())), fc.array(fc.nat(20)), (messages, sizes) => {
        const bytes = Buffer.concat(
          messages.map(([m, counted]) => Buffer.from(counted ? `${Buffer.byteLength(m)} ${m}` : `${m}\n`)),
        );
        expect(read(bytes, sizes)).toEqual(messages.map(([m]) => m));
      }),
    );
  });
});

it('asLine: one record is one line', () => {
  expect(asLine(Buffer.from('a\nb\r\n\0')).toString()).toBe('a b\n');
  expect(asLine(Buffer.from('\n')).toString()).toBe('\n');
});
