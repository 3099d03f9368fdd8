import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { XmlCutter } from './xml-cutter.ts';

const event = (id: number, body = ''): string =>
  `<Event xmlns="x"><System><EventID>${id}</EventID>${body}</System></Event>`;

/** `line|text` of records and `line!reason` of refusals, however the bytes are split. */
function cut(text: string, limit = 10_000, step = 7): string[] {
  const cutter = new XmlCutter(limit);
  const bytes = Buffer.from(text);
  const cuts = [];
  for (let at = 0; at < bytes.length; at += step) cuts.push(...cutter.push(bytes.subarray(at, at + step)));
  cuts.push(...cutter.end());
  return cuts.map((c) => ('bytes' in c ? `${c.line}|${c.bytes.toString()}` : `${c.line}!${c.reason}`));
}

describe('Windows events', () => {
  it('are cut where they begin, with the line of their first byte', () => {
    const pretty = '<?xml version="1.0"?>\n<!-- two\nlines -->\n<Events>\n<Event>\n <a/>\n</Event>\n</Events>\n';
    expect(cut(pretty)).toEqual(['5|<Event>\n <a/>\n</Event>']);
    expect(cut(`<Events>${event(1)}${event(2)}\n${event(3)}</Events>`)).toEqual([
      `1|${event(1)}`,
      `1|${event(2)}`,
      `2|${event(3)}`,
    ]);
  });

  it('that are cut short, too long or no events are told', () => {
    expect(cut(`${event(1)}\n<Event><System>`)).toEqual([`1|${event(1)}`, '2!cut-short']);
    expect(cut(`${event(1)}\nwords\n`)).toEqual([`1|${event(1)}`, '2!outside-document']);
    expect(cut(`words\n${event(1)}`)).toEqual(['1!outside-document', `2|${event(1)}`]);
    expect(cut(`${event(1, 'x'.repeat(500))}\n${event(2)}`, 100)).toEqual(['1!record-too-long', `2|${event(2)}`]);
  });

  it('come out the same however the bytes are split', () => {
    const piece = fc.constantFrom(
      event(1),
      event(2, 'é'),
      '\n',
      ' ',
      '<Events>',
      '</Events>',
      '<!-- c -->',
      'x',
      '</Event>',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.integer({ min: 1, max: 50 }), (pieces, step) => {
        const text = pieces.join('');
        expect(cut(text, 10_000, step)).toEqual(cut(text, 10_000, 1_000_000));
      }),
    );
  });
});
