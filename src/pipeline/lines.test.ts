import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Line, splitLines } from './lines.ts';

async function* from(chunks: readonly string[]) {
  yield* chunks;
}

const linesOf = async (chunks: readonly string[], limit = 10): Promise<Line[]> => {
  const lines: Line[] = [];
  for await (const line of splitLines(from(chunks), limit)) lines.push(line);
  return lines;
};

const whole = (...texts: string[]) => texts.map((text) => ({ text, cut: false }));

describe('splitLines', () => {
  it.each([
    [['a\nb\n'], ['a', 'b']],
    [['a\nb'], ['a', 'b']],
    [['a\r\n\r\nb\r\n'], ['a', '', 'b']],
    [['\n\n'], ['', '']],
    [
      ['a', 'b', '\n', 'c'],
      ['ab', 'c'],
    ],
    [
      ['a\r', '\nb'],
      ['a', 'b'],
    ],
    [['\ufeffa\n\ufeffb'], ['a', '\ufeffb']],
    [['', '\ufeffa'], ['a']],
    [[], []],
    [['1234567890\r\n'], ['1234567890']],
  ])('%j holds %j', async (chunks, texts) => expect(await linesOf(chunks)).toEqual(whole(...texts)));

  it('cuts a line that is too long, and reads on after it', async () => {
    const long = ['x'.repeat(1000), 'y'.repeat(1000), '\nb\n', '12345678901\n', '1234567890\rz\n'];
    expect(await linesOf(long)).toEqual([
      { text: 'x'.repeat(10), cut: true },
      { text: 'b', cut: false },
      { text: '1234567890', cut: true },
      { text: '1234567890', cut: true },
    ]);
  });

  it('does not care where chunks end', async () => {
    const chunked = fc.array(fc.string({ unit: fc.constantFrom('a', '\n', '\r', 'é', '😀'), maxLength: 30 }));
    await fc.assert(
      fc.asyncProperty(chunked, async (chunks) => {
        expect(await linesOf(chunks)).toEqual(await linesOf([chunks.join('')]));
      }),
    );
  });
});
