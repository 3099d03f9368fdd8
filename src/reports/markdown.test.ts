import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdown } from './markdown.ts';
import { escapeMarkdown } from './markdown-text.ts';
import { plainOutput } from './renderer.ts';
import { hostilePieces, hostileTexts, largeDocument, sampleDocument, withTexts } from './testing.ts';

const render = (document = sampleDocument()): string => markdown.render(document, plainOutput);
const headings = (text: string): number => text.split('\n').filter((line) => line.startsWith('#')).length;
const bare = (text: string): string => text.replace(/\\[\\`*_{}[\]#!|~$.)=+-]/g, '');

describe('markdown', () => {
  it('opens with the verdict and holds every finding', () => {
    const text = render();
    expect(text.startsWith('# 4 findings on 3 internal hosts, the worst critical\n')).toBe(true);
    expect(text.match(/^### \d+\. /gm)).toHaveLength(4);
    expect(text).toContain('cdn-sync-61aa\\[.\\]harbour-metrics\\[.\\]workers\\[.\\]dev');
  });

  it('keeps its structure whatever the values are', () => {
    const piece = fc.array(fc.constantFrom(...hostilePieces), { maxLength: 12 }).map((parts) => parts.join(''));
    const texts = fc.array(fc.oneof(piece, fc.constantFrom(...hostileTexts)), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(texts, (list) => {
        let i = 0;
        const text = render(withTexts(sampleDocument(), () => list[i++ % list.length] ?? ''));
        expect(headings(text)).toBe(headings(render()));
        expect(bare(text)).not.toMatch(/[<>`[\]]|https?:\/\/|@/i);
        expect(text).not.toMatch(/www\./i);
        const tables = text.split('\n\n').filter((block) => block.startsWith('|'));
        expect(tables.length).toBeGreaterThan(3);
        for (const block of tables) {
          const pipes = block
            .trim()
            .split('\n')
            .map((line) => bare(line).split('|').length);
          expect(new Set(pipes).size).toBe(1);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('says how many it did not show', () => {
    const text = render(largeDocument(103, 210));
    expect(text).toContain('3 more findings not shown here');
    expect(text).toContain('10 more leads not shown here');
  });
});

describe('escapeMarkdown', () => {
  it.each([
    ['a|b', 'a\\|b'],
    ['`x`', '\\`x\\`'],
    ['[x](javascript:1)', '\\[x\\](javascript:1)'],
    ['<b> & </b>', '&lt;b&gt; &amp; &lt;/b&gt;'],
    ['\\|', '\\\\\\|'],
    ['# no heading', '\\# no heading'],
    ['- no item', '\\- no item'],
    ['1. no item', '1\\. no item'],
    ['@everyone', '(at)everyone'],
    ['see http://x.example', 'see hxxp://x.example'],
    ['a\nb', 'a\\\\u\\{a\\}b'],
  ])('%j', (text, escaped) => expect(escapeMarkdown(text)).toBe(escaped));
});
