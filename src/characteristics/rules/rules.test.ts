import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Condition, testsOf } from '../../model/rule.ts';
import { TraitFault } from '../reader.ts';
import { sigma } from './sigma.ts';
import { suricata } from './suricata.ts';

const source = { name: 'own', file: 'own', url: null, licence: null, date: null };
const rule = (detection: string, more = 'logsource:\n  category: proxy\n') =>
  `title: Own\nid: own-1\nlevel: high\n${more}detection:\n${detection}`;
const read = (text: string) => sigma.read(text, source);
const conditionOf = (detection: string, more?: string): Condition | undefined =>
  read(rule(detection, more)).rules[0]?.condition;
const why = (detection: string, more?: string): string | undefined => read(rule(detection, more)).refused[0]?.why;

describe('Sigma', () => {
  it('fields are joined by and, values by or, unless all is asked', () => {
    expect(conditionOf("  s:\n    cs-method: POST\n    c-uri|contains: ['/A/', '/b/']\n  condition: s\n")).toEqual({
      all: [
        { test: { field: 'http_request_http_method', op: 'equals', value: 'post', cased: false } },
        {
          any: [
            { test: { field: 'url', op: 'contains', value: '/a/', cased: false } },
            { test: { field: 'url', op: 'contains', value: '/b/', cased: false } },
          ],
        },
      ],
    });
    expect(conditionOf('  s:\n    c-uri|contains|all: [x, y]\n  condition: s\n')).toMatchObject({
      all: [{ all: [{}, {}] }],
    });
  });

  it.each([
    ['*.example', 'ends', '.example'],
    ['cdn-*', 'starts', 'cdn-'],
    ['*evil*', 'contains', 'evil'],
    ['a\\*b', 'equals', 'a*b'],
    ['x?y', 'regex', '(?is)^x.y$'],
    ['a*b.c', 'regex', '(?is)^a.*b\\.c$'],
  ])('the wildcards of %s', (value, op, meant) => {
    expect(testsOf(conditionOf(`  s:\n    cs-host: '${value}'\n  condition: s\n`) ?? { all: [] })).toMatchObject([
      { op, value: meant },
    ]);
  });

  it.each([
    ["cs-host|re: 'a[0-9]+'", 'regex', 'a[0-9]+'],
    ["cs-host|re|i: 'a'", 'regex', '(?i)a'],
    ['dst_ip|cidr: 192.0.2.0/24', 'cidr', '192.0.2.0/24'],
    ['cs-bytes|gte: 1000', 'at-least', '1000'],
    ['c-useragent|cased: Tool', 'equals', 'Tool'],
    ['c-useragent: null', 'absent', ''],
    ['c-uri|base64: foo', 'equals', 'Zm9v'],
  ])('the modifier of %s', (field, op, value) => {
    expect(testsOf(conditionOf(`  s:\n    ${field}\n  condition: s\n`) ?? { all: [] })).toMatchObject([{ op, value }]);
  });

  it('base64offset: what the three positions have in common', () => {
    const texts = testsOf(
      conditionOf('  s:\n    c-uri|base64offset|contains: http://evil\n  condition: s\n') ?? { all: [] },
    ).map((t) => t.value);
    for (const [i, before] of ['', 'x', 'xy'].entries()) {
      const whole = Buffer.from(`${before}http://evil/tail`).toString('base64');
      expect(whole).toContain(texts[i]);
    }
  });

  it('conditions: brackets, not, 1 of, all of, them; private names are not them', () => {
    const searches = '  a1: {cs-host: one}\n  a2: {cs-host: two}\n  _b: {cs-host: three}\n';
    const values = (condition: string): unknown => conditionOf(`${searches}  condition: ${condition}\n`);
    const one = { all: [{ test: { value: 'one' } }] };
    const two = { all: [{ test: { value: 'two' } }] };
    const three = { all: [{ test: { value: 'three' } }] };
    expect(values('a1 or a2 and not _b')).toMatchObject({ any: [one, { all: [two, { not: three }] }] });
    expect(values('(a1 or a2) and _b')).toMatchObject({ all: [{ any: [one, two] }, three] });
    expect(values('1 of a*')).toMatchObject({ any: [one, two] });
    expect(values('all of them')).toEqual(values('all of a*'));
  });

  it.each([
    ['  s:\n    cs-cookie: x\n  condition: s\n', 'is in no column'],
    ["  s:\n    cs-host|re: '(?=a)'\n  condition: s\n", 'none of RE2'],
    ['  s:\n    cs-host: x\n  condition: s | count() > 5\n', 'an aggregation'],
    ['  s:\n    cs-host: x\n  condition: t\n', 'which the rule does not hold'],
    ['  s:\n    cs-host: x\n  condition: (s\n', 'never closed'],
    ['  s:\n    cs-host|expand: x\n  condition: s\n', 'cannot be compared'],
    ['  s:\n    dst_ip|cidr: 2001:db8::/32\n  condition: s\n', 'no IPv4 range'],
    ['  s:\n    cs-host: x\n  timeframe: 5m\n  condition: s\n', 'more than one event'],
  ])('says why a rule is refused: %j', (detection, says) => {
    expect(why(detection)).toContain(says);
  });

  it('a log source of endpoints is no network log; broken YAML has a line', () => {
    expect(read(rule('  s: {Image: x}\n  condition: s\n', 'logsource:\n  category: process_creation\n'))).toMatchObject(
      { records: 1, other: 1, rules: [] },
    );
    expect(() => read('title: "x\nlogsource:\ndetection:\n')).toThrow(TraitFault);
  });

  it('tags tell the stage and the techniques', () => {
    const tagged = (tag: string) =>
      read(rule('  s: {cs-host: x}\n  condition: s\n', `tags: [${tag}]\nlogsource: {category: proxy}\n`)).rules[0];
    expect(tagged('attack.command-and-control, attack.t1071.001')).toMatchObject({
      stage: 'characteristic',
      techniques: ['T1071.001'],
    });
    expect(tagged('attack.exfiltration')?.stage).toBe('lifecycle');
  });

  it('any text is read or refused', () => {
    const word = fc.constantFrom(
      's: ',
      '{cs-host: x}\n',
      'condition: ',
      's and ',
      'not ',
      '1 of ',
      '* ',
      '(',
      ')',
      '\n  ',
      '"',
      '- ',
    );
    fc.assert(
      fc.property(
        fc.array(word).map((w) => w.join('')),
        (detection) => {
          try {
            const got = read(rule(`  ${detection}`));
            expect(got.records).toBe(got.rules.length + got.other + got.refused.length);
          } catch (error) {
            expect(error).toBeInstanceOf(TraitFault);
          }
        },
      ),
    );
  });
});

describe('Suricata', () => {
  const line = (options: string) => `alert http any any -> any any (msg:"Own; rule"; ${options} sid:7; rev:1;)\n`;
  const one = (options: string) => suricata.read(line(options), source);

  it('buffers before and after their content, with the ends that modifiers set', () => {
    expect(
      one(
        'http.uri; content:"/a|2f|b"; startswith; http.user_agent; content:"Tool"; bsize:4; nocase; classtype:trojan-activity; metadata:signature_severity Major, mitre_technique_id T1071, updated_at 2025_03_04;',
      ).rules[0],
    ).toMatchObject({
      id: 'sid:7',
      title: 'Own; rule',
      level: 'high',
      stage: 'characteristic',
      about: 'http',
      techniques: ['T1071'],
      source: { date: '2025-03-04' },
      condition: {
        all: [
          { test: { field: 'target', op: 'starts', value: '/a/b', cased: true } },
          { test: { field: 'http_request_user_agent', op: 'equals', value: 'tool', cased: false } },
        ],
      },
    });
    expect(one('content:"x.php"; http_uri; content:!"ok"; http_host;').rules[0]?.condition).toMatchObject({
      all: [
        { test: { field: 'target', value: 'x.php' } },
        { not: { test: { field: 'http_request_url_hostname', value: 'ok' } } },
      ],
    });
  });

  it('names: dotprefix begins at a label; hashes; expressions', () => {
    expect(one('dns.query; dotprefix; content:".Evil.example"; endswith;').rules[0]?.condition).toMatchObject({
      all: [{ test: { field: 'query_hostname', op: 'regex', value: '(?i)(?:^|\\.)Evil\\.example$' } }],
    });
    expect(one('ja3.hash; content:"0123456789abcdef0123456789abcdef";').rules[0]?.about).toBe('tls');
    expect(one('http.uri; pcre:"/^\\/[a-z]{8}$/Ui";').rules[0]?.condition).toMatchObject({
      all: [{ test: { op: 'regex', value: '(?i)^\\/[a-z]{8}$' } }],
    });
  });

  it.each([
    ['http.uri; content:"x"; file.data; content:"y";', 'needs file.data'],
    ['http.uri; content:"x"; flowbits:isset,a;', 'needs flowbits'],
    ['content:"x"; http_uri; content:"payload";', 'looks for bytes'],
    ['http.uri; content:"x"; dns.query; content:"y";', 'several protocols'],
    ['http.uri; pcre:"/(?=x)/";', 'none of RE2'],
  ])('says why a rule is refused: %s', (options, says) => {
    expect(one(options).refused).toMatchObject([{ line: 1, why: expect.stringContaining(says) }]);
  });

  it('accounts for every rule', () => {
    const text = `# comment\n${line('http.uri; content:"x";')}#${line('http.uri; content:"y";')}${line('content:"z";')}${line('tls.sni; content:"n"; byte_test:1,>,2,3;')}`;
    expect(suricata.read(text, source)).toMatchObject({ records: 4, other: 2, rules: [{}], refused: [{ line: 5 }] });
  });
});
