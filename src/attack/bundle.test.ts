import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BundlePiece, readBundle } from './bundle.ts';
import { BundleFault } from './scanner.ts';
import { bundleText, idOf, ids, release20, release21 } from './testing.ts';

async function* inPieces(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? bytes.length;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function read(text: string | Uint8Array, sizes: readonly number[] = [65_536]): Promise<BundlePiece[]> {
  const pieces: BundlePiece[] = [];
  for await (const piece of readBundle(inPieces(Buffer.from(text), sizes))) pieces.push(piece);
  return pieces;
}

const faultOf = async (text: string | Uint8Array): Promise<BundleFault> => {
  try {
    await read(text);
  } catch (error) {
    if (error instanceof BundleFault) return error;
    throw error;
  }
  throw new Error('it was read');
};

describe('readBundle', () => {
  test.each([0, 1, 4])(
    'every object is found with its exact bytes, indented by %i, in pieces of any size',
    async (space) => {
      const objects = release20();
      const text = bundleText(objects, '2.0', space);
      const bytes = Buffer.from(text);
      await fc.assert(
        fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 }), async (sizes) => {
          const found = (await read(text, sizes)).filter((p) => p.kind === 'object');
          expect(found.map((o) => JSON.parse(bytes.subarray(o.start, o.start + o.length).toString()))).toEqual(objects);
        }),
        { numRuns: 25 },
      );
    },
  );

  test('texts with brackets, quotes, escapes and any character do not confuse it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', maxLength: 80 }),
        fc.constantFrom('}{][', '"objects": [', '\\', '\\"', '\u0000\u001b[2J'),
        async (any, trap) => {
          const [first, ...rest] = release20();
          const objects = [{ ...first, description: any + trap + any, __proto: trap }, ...rest];
          const text = bundleText(objects, '2.0', 0);
          const found = (await read(text, [7])).filter((p) => p.kind === 'object');
          expect(found.map((o) => o.json)).toEqual(objects);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('the end tells form, domain and, in STIX 2.1, the release', async () => {
    expect((await read(bundleText(release20()))).at(-1)).toMatchObject({
      kind: 'end',
      form: '2.0',
      domain: 'enterprise-attack',
      release: null,
      objects: 22,
    });
    expect((await read(bundleText(release21('30.1'), '2.1'))).at(-1)).toMatchObject({
      form: '2.1',
      release: '30.1',
      objects: 23,
    });
  });

  test('a byte-order mark and keys after the objects are read', async () => {
    const text = `\ufeff{"objects": ${JSON.stringify(release20())}, "id": "${idOf('bundle', 1)}", "type": "bundle"}`;
    expect((await read(text)).at(-1)).toMatchObject({ objects: 22, id: idOf('bundle', 1) });
  });

  const whole = bundleText(release20(), '2.0', 0);
  test.each([
    ['nothing', '', 'is empty'],
    ['no JSON', 'hello', 'not valid JSON'],
    ['another JSON', '{"a":1}', 'no STIX bundle'],
    ['a list', '[{"type":"bundle"}]', 'no STIX bundle'],
    ['no objects', '{"type":"bundle","objects":[]}', 'holds no object'],
    [
      'objects twice',
      `{"type":"bundle","objects":[{"type":"a","id":"${ids.analytic}"}],"objects":[]}`,
      'none of its type',
    ],
    ['something that is no object', `{"type":"bundle","objects":[0,${JSON.stringify(release20()[0])}]}`, 'no object'],
    ['an object without an id', '{"type":"bundle","objects":[{"type":"malware"}]}', 'has no id'],
    [
      'an id of another type',
      `{"type":"bundle","objects":[{"type":"tool","id":"${ids.malware}"}]}`,
      'none of its type',
    ],
    ['no ATT&CK', `{"type":"bundle","objects":[{"type":"malware","id":"${ids.malware}"}]}`, 'no ATT&CK bundle'],
    ['another STIX', whole.replace('"spec_version":"2.0"', '"spec_version":"1.2"'), 'is of STIX'],
    ['a missing comma', whole.replace('},{"type":"x-mitre-tactic"', '} {"type":"x-mitre-tactic"'), 'not valid JSON'],
    ['broken JSON inside', whole.replace('"name":"Group One"', '"name":Group One'), 'object 13 is not valid JSON'],
    ['more after the end', `${whole}{"x":1}`, 'not valid JSON'],
  ])('%s is refused in words', async (_, text, says) => {
    expect((await faultOf(text)).message).toContain(says);
  });

  test('cut off anywhere, it is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (end) => {
        expect(await faultOf(whole.slice(0, end))).toBeInstanceOf(BundleFault);
      }),
      { numRuns: 40 },
    );
  });

  test('what is not UTF-8, or nests deeper than anything honest, is refused', async () => {
    expect((await faultOf(Buffer.from(whole.replace('Group One', 'Group \u00e9'), 'latin1'))).message).toContain(
      'not valid JSON',
    );
    const deep = `{"type":"bundle","objects":[{"type":"malware","id":"${ids.malware}","x":${'['.repeat(5000)}${']'.repeat(5000)}}]}`;
    expect((await faultOf(deep)).message).toContain('nests deeper');
  });
});
