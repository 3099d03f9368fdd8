import { describe, expect, it } from 'vitest';
import { type ClassifyAnswer, classifyLines, classifyStream } from './classify.ts';

const collect = async (answers: AsyncIterable<ClassifyAnswer>): Promise<ClassifyAnswer[]> => {
  const all: ClassifyAnswer[] = [];
  for await (const answer of answers) all.push(answer);
  return all;
};

async function* from(chunks: Iterable<string>) {
  yield* chunks;
}

describe('classifyLines', () => {
  it('prints the fields of the interface first and in its order', async () => {
    const [answer] = await collect(classifyLines(['a.b.workers.dev']));
    expect(JSON.stringify(answer)).toMatch(
      /^\{"input":"a\.b\.workers\.dev","host":"a\.b\.workers\.dev","platform":"cloudflare-workers","provider":"Cloudflare","kind":"\w+","granularity":"function","tenant":"b","function":"a","region":null,"id":null,"registrable":"b\.workers\.dev","blockable":true,/,
    );
  });

  it('gives one answer for each text, in order, whatever it is', async () => {
    const inputs = [
      'a.b.workers.dev',
      '',
      ' ',
      '%%%',
      '"}{"',
      '<script>',
      'x.vercel.app.',
      '..',
      '__proto__',
      'http://',
      '\u0000',
    ];
    const answers = await collect(classifyLines(inputs));
    expect(answers.map(({ input }) => input)).toEqual(inputs);
    expect(answers.flatMap((answer, i) => ('error' in answer ? [] : [inputs[i]]))).toEqual([
      'a.b.workers.dev',
      'x.vercel.app.',
      '__proto__',
    ]);
  });
});

describe('classifyStream', () => {
  it('reads a line of ten million characters as one refusal, and goes on', async () => {
    const chunks = [...Array.from({ length: 160 }, () => 'a'.repeat(65_536)), '\nx.pages.dev\r\n\nlast.pages.dev'];
    const answers = await collect(classifyStream(from(chunks)));
    expect(answers).toMatchObject([
      { input: 'a'.repeat(65_536), error: expect.stringContaining('65536') },
      { input: 'x.pages.dev', platform: 'cloudflare-pages' },
      { input: '', error: expect.stringContaining('empty') },
      { input: 'last.pages.dev', tenant: 'last' },
    ]);
  });
});
