import { describe, expect, it } from 'vitest';
import { ProseFault } from './passage.ts';
import { pdfLimits, pdfText } from './pdf.ts';
import { pdfBomb, pdfOf } from './testing.ts';

async function read(bytes: Uint8Array, limits = pdfLimits): Promise<string> {
  let text = '';
  for await (const page of pdfText(bytes, limits)) text += page;
  return text;
}

const fault = (bytes: Uint8Array, limits = pdfLimits): Promise<string> =>
  read(bytes, limits).then(
    (text) => `read ${text.length}`,
    (error: unknown) => (error instanceof ProseFault ? error.message : `not a fault: ${String(error)}`),
  );

describe('pdfText', () => {
  it('gives the lines of each page behind a form feed', async () => {
    const text = await read(pdfOf([['The loader asks evil[.]example', 'every minute.'], ['(second page)']]));
    expect(text).toBe('\fThe loader asks evil[.]example\nevery minute.\f(second page)');
  });

  it('says in one sentence part what is wrong with a damaged one', async () => {
    expect(await fault(Buffer.from('%PDF-1.7\nnothing that follows'))).toMatch(/^it is damaged: /);
    expect(await fault(Buffer.from('%PDF-'))).toMatch(/^it is damaged: /);
  });

  it('gives up one that unpacks to more than memory allows', async () => {
    const bomb = pdfBomb(600_000_000);
    expect(bomb.length).toBeLessThan(10_000);
    expect(await fault(bomb, { ...pdfLimits, memory: 200 * 2 ** 20 })).toBe('it unpacks to more than memory allows');
  }, 60_000);

  it('gives up one that takes too long, has too many pages or too much text', async () => {
    const pages = Array.from({ length: 40 }, (_, i) => [`page ${i}`]);
    expect(await fault(pdfOf(pages), { ...pdfLimits, time: -1 })).toContain('takes longer');
    expect(await fault(pdfOf(pages), { ...pdfLimits, pages: 39 })).toBe('it has 40 pages, more than 39');
    expect(await fault(pdfOf(pages), { ...pdfLimits, characters: 50 })).toBe('it holds more than 50 characters');
  });
});
