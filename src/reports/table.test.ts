import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainOutput } from './renderer.ts';
import { table } from './table.ts';
import { cells, wrap } from './terminal-text.ts';
import { emptyDocument, hostileTexts, largeDocument, sampleDocument, withTexts } from './testing.ts';

const linesOf = (text: string): readonly string[] => text.trimEnd().split('\n');
const rendered = (width: number): string => table.render(sampleDocument(), { width, colour: false });

describe('table', () => {
  it('opens with the verdict and the limits', () => {
    const [first, second] = linesOf(rendered(200));
    expect(first).toBe('4 findings on 3 internal hosts, the worst critical; 2 leads.');
    expect(second).toMatch(/^Looked at 3,219,530 of 3,219,534 records/);
  });

  it('closes with what no hit means', () => {
    expect(linesOf(rendered(100)).at(-1)).toBe('  - No hit is no proof of absence.');
  });

  it.each([60, 75, 76, 80, 100, 160, 200])('keeps to %s cells', (width) => {
    for (const line of linesOf(rendered(width))) expect(cells(line)).toBeLessThanOrEqual(width);
  });

  it('keeps to its width with hostile values, and cuts nothing off', () => {
    let i = 0;
    const document = withTexts(sampleDocument(), () => hostileTexts[i++ % hostileTexts.length] ?? '');
    const text = table.render(document, { width: 90, colour: false });
    for (const line of linesOf(text)) expect(cells(line)).toBeLessThanOrEqual(90);
  });

  it('paints with escapes only when colours are on', () => {
    expect(rendered(100)).not.toContain('\u001b');
    expect(table.render(sampleDocument(), { width: 100, colour: true })).toContain('\u001b[31m');
  });

  it('leaves parts out that have nothing to say', () => {
    const text = table.render(emptyDocument(), plainOutput);
    expect(text).not.toContain('\nFindings');
    expect(text).toContain('Refused lines: 4\n  - bad-timestamp: 3\n');
  });

  it('says how many it did not show', () => {
    const text = table.render(largeDocument(120, 50), plainOutput);
    expect(text).toContain('20 more findings not shown');
    expect(text).toContain('30 more endpoints not shown');
  });

  it('shows an endpoint that many hosts contact once, with its best lead', () => {
    const { leads, ...rest } = largeDocument(1, 3);
    const [first] = leads;
    if (!first) throw new Error('no lead');
    const shared = leads.map((lead, i) => ({ ...lead, endpoint: first.endpoint, contacts: 5, score: 0.4 - i / 10 }));
    const rows = table.render({ ...rest, leads: shared }, plainOutput).split('\n');
    const [row, ...others] = rows.filter((line) => line.startsWith('0.40') || line.startsWith('0.30'));
    expect(row).toMatch(/\+2 .* 15 /);
    expect(others).toEqual([]);
  });
});

describe('wrap', () => {
  it('breaks at spaces, and long words after a separator', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrap('aaa[.]bbbbbb[.]ccc', 16)).toEqual(['aaa[.]bbbbbb[.]', 'ccc']);
  });

  it('loses nothing and keeps to the width', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 40 }), (text, width) => {
        const lines = wrap(text, width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        for (const line of lines) expect(cells(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});
