import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lineBatches, MAX_LINE, peek } from './lines.ts';

async function* pieces(...texts: string[]): AsyncGenerator<string> {
  yield* texts;
}

async function linesOf(text: AsyncIterable<string>): Promise<string[]> {
  const lines: string[] = [];
  for await (const batch of lineBatches(text)) {
    expect(batch.first).toBe(lines.length + 1);
    lines.push(...batch.lines);
  }
  return lines;
}

it('gives the lines of a text, wherever its pieces end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 5 })), async (texts) => {
      const expected = texts.join('').split('\n');
      if (expected.at(-1) === '') expected.pop();
      expect(await linesOf(pieces(...texts))).toEqual(expected);
    }),
  );
});

it('cuts a line without end just above the ceiling, and reads on behind it', async () => {
  const endless = Array.from({ length: 40 }, () => 'x'.repeat(10_000));
  const [first, second] = await linesOf(pieces('', ...endless, '\nevil.example\n'));
  expect(first).toHaveLength(MAX_LINE + 1);
  expect(second).toBe('evil.example');
});

it('peeks, gives the whole text again, and lets go of the source', async () => {
  let released = false;
  async function* source(): AsyncGenerator<string> {
    try {
      yield 'ab';
      yield 'cd';
      yield 'ef';
    } finally {
      released = true;
    }
  }
  const { head, text } = await peek(source(), 3);
  expect(head).toBe('abc');
  const read: string[] = [];
  for await (const piece of text) {
    read.push(piece);
    if (read.length === 2) break;
  }
  expect(read.join('')).toBe('abcdef');
  expect(released).toBe(true);
  expect((await peek(pieces('ab'), 3)).head).toBe('ab');
});
