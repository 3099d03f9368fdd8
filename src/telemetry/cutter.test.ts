import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Container, Cutter } from './cutter.ts';

const LIMIT = 1000;

/** Every cut of the text, fed in pieces of that size: `line:text` or `line!reason`. */
function cut(container: Container, text: string, step = 7, limit = LIMIT): string[] {
  const cutter = new Cutter(container, limit);
  const bytes = Buffer.from(text, 'utf8');
  const cuts = [];
  for (let at = 0; at < bytes.length; at += step) cuts.push(...cutter.push(bytes.subarray(at, at + step)));
  cuts.push(...cutter.end());
  return cuts.map((c) => ('bytes' in c ? `${c.line}:${c.bytes.toString('utf8').trim()}` : `${c.line}!${c.reason}`));
}

const objects: Container = { kind: 'objects', indented: true };
const array: Container = { kind: 'array' };
const events: Container = { kind: 'member', key: 'events' };

describe('objects one after the other', () => {
  it('numbers each by the line where it begins', () => {
    expect(cut(objects, '{\n  "a": 1\n}\n\n{\n  "b": {"c": 2}\n}{"d":3}\n')).toEqual([
      '1:{\n  "a": 1\n}',
      '5:{\n  "b": {"c": 2}\n}',
      '7:{"d":3}',
    ]);
  });

  it('takes brackets and escaped marks inside texts as text', () => {
    expect(cut(objects, '{"a":"}{\\"][","b":"\\\\"}{"c":1}')).toEqual(['1:{"a":"}{\\"][","b":"\\\\"}', '1:{"c":1}']);
  });

  it('starts anew at a line that begins with a brace after an object that was never closed', () => {
    expect(cut(objects, '{\n  "a": "lost\n{\n  "b": 1\n}\n')).toEqual(['1:{\n  "a": "lost', '3:{\n  "b": 1\n}']);
  });

  it('hands on text between objects, so that it is refused by its line', () => {
    expect(cut(objects, '{"a":1}\nwhat is this\n}\n{"b":1}')).toEqual([
      '1:{"a":1}',
      '2:what is this',
      '3:}',
      '4:{"b":1}',
    ]);
  });

  it('refuses what is open at the end', () => {
    expect(cut(objects, '{"a":1}\n{"b":')).toEqual(['1:{"a":1}', '2!cut-short']);
  });

  it('lets go of a record that is too long, and goes on after it', () => {
    const long = `{"a":"${'x'.repeat(LIMIT)}"}`;
    expect(cut(objects, `{"b":1}\n${long}\n{"c":1}`)).toEqual(['1:{"b":1}', '2!record-too-long', '3:{"c":1}']);
  });

  it('refuses a record that is nested too deep', () => {
    expect(cut(objects, `${'['.repeat(201)}${']'.repeat(201)}{"b":1}`)).toEqual(['1!too-deep', '1:{"b":1}']);
    expect(cut(objects, `${'['.repeat(200)}${']'.repeat(200)}`)).toHaveLength(1);
  });
});

describe('a document with an array of records', () => {
  it('numbers the records from 1, whatever the lines', () => {
    expect(cut(array, '[\n{"a":1},\n\n{"b":[1,2]} , {"c":{}}]')).toEqual(['1:{"a":1}', '2:{"b":[1,2]}', '3:{"c":{}}']);
    expect(cut(array, '[]')).toEqual([]);
  });

  it('finds the array by its key at the top, not deeper and not in a text', () => {
    const text =
      '{"x":{"events":[{"no":1}]},"y":"events","z":[{"no":2}],"events":[{"yes":1},{"yes":2}],"after":[{"no":3}]}';
    expect(cut(events, text)).toEqual(['1:{"yes":1}', '2:{"yes":2}']);
  });

  it('goes on counting in a second document', () => {
    expect(cut(events, '{"events":[{"a":1}]}\n{"events":[{"a":2}]}')).toEqual(['1:{"a":1}', '2:{"a":2}']);
  });

  it('hands on what is no object, and says once that text follows', () => {
    expect(cut(array, '[1,{"a":1},"x"] and more\nand more')).toEqual([
      '1:1',
      '2:{"a":1}',
      '3:"x"',
      '4!outside-document',
    ]);
  });

  it('refuses the record that is cut off at the end', () => {
    expect(cut(events, '{"events":[{"a":1},{"a":')).toEqual(['1:{"a":1}', '2!cut-short']);
  });
});

it('says which number it has reached', () => {
  const cutter = new Cutter(array, LIMIT);
  cutter.push(Buffer.from('[{"a":1},'));
  expect(cutter.reached).toBe(2);
  cutter.push(Buffer.from('{"a":'));
  expect(cutter.reached).toBe(2);
});

it('cuts any list of JSON values back into the same values, however the bytes are split', () => {
  const value = fc.jsonValue({ maxDepth: 4, noUnicodeString: false });
  fc.assert(
    fc.property(
      fc.array(fc.dictionary(fc.string(), value), { maxLength: 6 }),
      fc.integer({ min: 1, max: 9 }),
      (list, step) => {
        const parsed = (container: Container, text: string): unknown[] =>
          cut(container, text, step, 1e6).map((c) => JSON.parse(c.slice(c.indexOf(':') + 1)));
        const same = list.map((v) => JSON.parse(JSON.stringify(v)));
        expect(parsed(array, JSON.stringify(list))).toEqual(same);
        expect(parsed(events, JSON.stringify({ total: 3, events: list }, null, 2))).toEqual(same);
        expect(parsed(objects, list.map((v) => JSON.stringify(v, null, 1)).join('\n'))).toEqual(same);
      },
    ),
    { numRuns: 100 },
  );
});

it('survives any bytes and keeps no more than the limit', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom(objects, array, events), (bytes, container) => {
      const cutter = new Cutter(container, 50);
      const cuts = [...cutter.push(bytes), ...cutter.end()];
      for (const c of cuts) if ('bytes' in c) expect(c.bytes.length).toBeLessThanOrEqual(50);
      const numbers = cuts.map((c) => c.line);
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    }),
    { numRuns: 200 },
  );
});
