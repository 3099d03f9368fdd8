import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellsOf } from './cells.ts';
import { columnName, columnRole, typeHint } from './columns.ts';
import { findHeader, headerOf, looksLikeCsv } from './header.ts';
import { MAX_LINE } from './lines.ts';
import { RowReader } from './rows.ts';

describe('cellsOf', () => {
  it.each([
    ['a,b,,d', ',', ['a', 'b', '', 'd']],
    ['"a,b","c ""d""",e', ',', ['a,b', 'c "d"', 'e']],
    ['"a", "b", c', ',', ['a', 'b', ' c']],
    ['a "b" c,d', ',', ['a "b" c', 'd']],
    ['"a" x,b', ',', ['a x', 'b']],
    ['"a\nb",c', ',', ['a\nb', 'c']],
    ['a;b', ';', ['a', 'b']],
    ['a,b', '', ['a,b']],
    ['"a,b"', '', ['a,b']],
    ['', ',', ['']],
  ] as const)('%j', (text, delimiter, cells) => {
    expect(cellsOf(text, delimiter)).toEqual(cells);
  });

  it('says null where a quote is open', () => {
    expect(cellsOf('a,"b', ',')).toBeNull();
    expect(cellsOf('"a""', ',')).toBeNull();
  });

  it('gives back any record that RFC 4180 writes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }),
        fc.constantFrom(',', ';', '\t', '|'),
        (cells, delimiter) => {
          const text = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter);
          expect(cellsOf(text, delimiter)).toEqual(cells);
        },
      ),
    );
  });
});

describe('RowReader', () => {
  const rowsOf = (lines: readonly string[]) => {
    const reader = new RowReader(',');
    lines.forEach((line, i) => {
      reader.push(line, i + 1);
    });
    return reader.finish();
  };

  it('joins quoted line breaks, passes over blanks, comments and empty rows', () => {
    const rows = rowsOf(['# c', '', 'a,b\r', '"x', 'y",z', ' , ,', 'c,d']);
    expect(rows.map(({ line, cells }) => [line, cells])).toEqual([
      [3, ['a', 'b']],
      [4, ['x\ny', 'z']],
      [7, ['c', 'd']],
    ]);
  });

  it('an open quote spoils its own line alone', () => {
    const rows = rowsOf(['a,"open', ...Array.from({ length: 40 }, (_, i) => `r${i},x`)]);
    expect(rows[0]).toMatchObject({ line: 1, cells: null, text: 'a,"open' });
    expect(rows.slice(1).map((row) => row.cells?.[0])).toEqual(Array.from({ length: 40 }, (_, i) => `r${i}`));
    expect(rows.map((row) => row.line)).toEqual(Array.from({ length: 41 }, (_, i) => i + 1));
  });

  it('loses no line of hostile quotes, in time that grows with their number', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('"', 'a', ',', '#'), minLength: 1, maxLength: 6 })),
        (lines) => {
          const kept = rowsOf(lines).flatMap((row) => (row.cells === null ? [row.text] : row.text.split('\n')));
          const records = lines.filter(
            (line) => kept.includes(line) || cellsOf(line, ',')?.every((c) => c === '') || line.startsWith('#'),
          );
          expect(records).toHaveLength(lines.length);
        },
      ),
    );
    expect(rowsOf(Array.from({ length: 20_000 }, () => '"'.repeat(3))).length).toBeGreaterThan(0);
  });

  it('refuses a line above the ceiling', () => {
    expect(rowsOf([`a,${'x'.repeat(MAX_LINE)}`])).toMatchObject([{ line: 1, cells: null }]);
  });
});

describe('findHeader', () => {
  it.each([
    ['value,type\na.example,domain\n', ',', 1],
    ['\ufeffDomain;First seen\n'.slice(1), ';', 1],
    ['# feed of 2026\n\nIP Address\tconfidence\n', '\t', 3],
    ['sep=;\nioc;type\n', ';', 2],
    ['url\nhttps://evil.example/a\n', '', 1],
    ['"first_seen_utc","dst_ip","dst_port"\n"2026","192.0.2.7","443"\n', ',', 1],
    ['# abuse\n# id,dateadded,url,threat\n"1","2026-01-01","http://evil.example/a","x"\n', ',', 2],
  ] as const)('%j', (head, delimiter, line) => {
    expect(findHeader(head)).toMatchObject({ delimiter, line });
    expect(looksLikeCsv(head)).toBe(true);
  });

  it.each([
    '',
    'evil.example\n',
    'evil.example,malware\n',
    '# domain\nevil.example\n',
    '# url, and more words\nevil.example\n',
    'name,size\na,b\n',
    '#fields\tindicator\tindicator_type\n',
    '{"url": 1}\n',
  ])('%j has none', (head) => {
    expect(looksLikeCsv(head)).toBe(false);
  });

  it('knows the odd ones', () => {
    expect(headerOf('Indicator,Data,Note', 1)?.columns.get('type')).toEqual([0]);
    expect(headerOf('Indicator,Data,Note', 1)?.columns.get('value:any')).toEqual([1]);
    expect(headerOf('Indicator,Type', 1)?.columns.get('value:any')).toEqual([0]);
    expect(headerOf('# Listingdate,SHA1,Listingreason', 1)?.columns.get('value:certificate')).toEqual([1]);
    expect(headerOf('md5,sha256,sha1', 1)?.columns.get('value:hash')).toEqual([1, 2, 0]);
  });
});

describe('names', () => {
  it('of columns', () => {
    expect(columnName(' First Seen (UTC) ')).toBe('first_seen_utc');
    expect(columnRole('Date-Added')?.role).toBe('recorded');
    expect(columnRole('last_seen')).toBeNull();
    expect(columnRole('constructor')).toBeNull();
  });

  it.each([
    ['ipv4-addr', 'address'],
    ['ip:port', 'address'],
    ['FileHash-SHA256', 'hash'],
    ['sha256_hash', 'hash'],
    ['Intel::DOMAIN', 'domain'],
    ['Domain Name', 'domain'],
    ['file_path', 'elsewhere'],
    ['user_account', 'elsewhere'],
    ['botnet', null],
    ['constructor', null],
  ])('of types: %s is %s', (written, hint) => {
    expect(typeHint(written)).toBe(hint);
  });
});
