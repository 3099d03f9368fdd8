import { describe, expect, it } from 'vitest';
import { readHead, readZeekHeader } from './head.ts';

const header = (separator: string, mark: string): string[] => [
  `#separator ${mark}`,
  ['#set_separator', ','].join(separator),
  ['#unset_field', '-'].join(separator),
  ['#path', 'dns'].join(separator),
  ['#fields', 'ts', 'query'].join(separator),
  ['#types', 'time', 'string'].join(separator),
];

describe('the head of a text', () => {
  it('keeps whole lines alone, unless the text is complete', () => {
    expect(readHead('a\n\nb\nc').lines).toEqual(['a', 'b']);
    expect(readHead('a\n\nb\nc', true).lines).toEqual(['a', 'b', 'c']);
    expect(readHead('one line that has no end').lines).toEqual(['one line that has no end']);
    expect(readHead('', true).lines).toEqual([]);
  });

  it('drops the byte order mark and carriage returns', () => {
    expect(readHead('\uFEFFa\r\nb\r\n').lines).toEqual(['a', 'b']);
  });

  it('reads JSON objects where the first record is one', () => {
    const head = readHead('{"ts":1,"a.b":2}\nbroken\n[1]\n{"c":3}\n');
    expect(head.objects).toEqual([{ ts: 1, 'a.b': 2 }, { c: 3 }]);
    expect([...head.keys]).toEqual(['ts', 'a.b', 'c']);
    expect(readHead('text\n{"a":1}\n').objects).toEqual([]);
  });
});

describe('the header of a Zeek log', () => {
  it('reads the separator as Zeek escapes it, and as other tools write it', () => {
    for (const [separator, mark] of [
      ['\t', '\\x09'],
      ['\t', '\\t'],
      ['\t', '\t'],
      ['|', '|'],
      ['|', '\\x7c'],
      [' ', '\\x20'],
    ] as const)
      expect(readZeekHeader(header(separator, mark))).toMatchObject({
        separator,
        path: 'dns',
        fields: ['ts', 'query'],
        types: ['time', 'string'],
        lines: 6,
        own: { fields: `#fields${separator}ts${separator}query`, path: `#path${separator}dns` },
      });
  });

  it('takes what Zeek takes where a directive is missing', () => {
    expect(readZeekHeader(['#fields\tts'])).toMatchObject({
      separator: '\t',
      setSeparator: ',',
      unset: '-',
      empty: '(empty)',
      path: null,
    });
  });

  it('is none without #fields, or with a separator that is no character of a line', () => {
    expect(readZeekHeader(['# a comment', 'text'])).toBeNull();
    for (const mark of ['\\x00', '\\x0a', '\\x01', '||']) expect(readZeekHeader(header('\t', mark))).toBeNull();
  });

  it('ends at the first record, not at a blank line', () => {
    expect(readZeekHeader(['', '#fields\tts', '', '#path\tdns', '', '1'])).toMatchObject({ lines: 4, path: 'dns' });
    expect(readZeekHeader(['#fields\tts', '1', '#path\tdns'])).toMatchObject({
      lines: 1,
      path: null,
      own: { path: '' },
    });
  });
});
