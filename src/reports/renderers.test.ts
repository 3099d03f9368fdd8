import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HuntDocument } from '../model/finding.ts';
import { outputFor, plainOutput, renderers } from './index.ts';
import { emptyDocument, hostilePieces, hostileTexts, largeDocument, sampleDocument, withTexts } from './testing.ts';

const hostileText = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.array(fc.constantFrom(...hostilePieces), { maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

/** The sample with its texts replaced by the given ones, in turn. */
function hostileDocument(texts: readonly string[]): HuntDocument {
  let i = 0;
  return withTexts(sampleDocument(), () => texts[i++ % texts.length] ?? '');
}

it('lists every format once', () => {
  expect(renderers.map((r) => r.id)).toEqual(['table', 'stix', 'json', 'html', 'markdown']);
  const extensions = renderers.flatMap((r) => r.extensions);
  expect(new Set(extensions).size).toBe(extensions.length);
});

describe.each(renderers.map((r) => [r.id, r] as const))('%s', (_id, renderer) => {
  it('is pure and ends in a line feed', () => {
    const text = renderer.render(sampleDocument(), plainOutput);
    expect(text).toBe(renderer.render(sampleDocument(), plainOutput));
    expect(text.endsWith('\n')).toBe(true);
    expect(text.endsWith('\n\n')).toBe(false);
  });

  it('tells absence from evidence, with findings and without', () => {
    for (const document of [sampleDocument(), emptyDocument()])
      expect(renderer.render(document, plainOutput)).toContain('No hit is no proof of absence.');
  });

  it('lets no control or invisible character of a value through', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 9 }), (texts) => {
        const text = renderer.render(hostileDocument(texts), plainOutput);
        const acts = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.exec(text.replaceAll('\n', ''));
        expect(acts).toBeNull();
      }),
      { numRuns: 40 },
    );
  });

  it('stays bounded with long values and many findings', () => {
    if (renderer.id === 'json' || renderer.id === 'stix') return;
    const long = withTexts(sampleDocument(), () => 'x'.repeat(100_000));
    expect(renderer.render(long, plainOutput).length).toBeLessThan(600_000);
    expect(renderer.render(largeDocument(700, 3000), plainOutput).length).toBeLessThan(12_000_000);
  });
});

describe('json', () => {
  const json = renderers.find((r) => r.id === 'json');

  it('is one document that reads back as it was', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 9 }), (texts) => {
        const document = hostileDocument(texts);
        expect(JSON.parse(json?.render(document, plainOutput) ?? '')).toEqual(document);
      }),
      { numRuns: 40 },
    );
  });
});

describe('outputFor', () => {
  it('paints on a terminal only', () => {
    expect(outputFor({ isTTY: true, columns: 132 }, { TERM: 'xterm' })).toEqual({ width: 132, colour: true });
    expect(outputFor({ columns: 132 }, {})).toEqual({ width: 100, colour: false });
  });

  it('honours NO_COLOR when it is not empty, and a dumb terminal', () => {
    expect(outputFor({ isTTY: true, columns: 80 }, { NO_COLOR: '1' }).colour).toBe(false);
    expect(outputFor({ isTTY: true, columns: 80 }, { NO_COLOR: '' }).colour).toBe(true);
    expect(outputFor({ isTTY: true, columns: 80 }, { TERM: 'dumb' }).colour).toBe(false);
  });
});
