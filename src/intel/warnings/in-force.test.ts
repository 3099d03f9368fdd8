import { describe, expect, it } from 'vitest';
import type { IndicatorKind } from '../../model/indicator.ts';
import { classify } from '../testing.ts';
import { builtInLists } from './built-in.ts';
import { warningsOf } from './in-force.ts';
import type { Effect, ListType, WarningList } from './warning-list.ts';

const list = (type: ListType, entries: readonly string[], more: Partial<WarningList> = {}): WarningList => ({
  ...{ name: type, version: '7', description: '', type, effect: null, attributes: [], kinds: null, entries },
  ...more,
});

const on = (lists: readonly WarningList[], kind: IndicatorKind, value: string): readonly Effect[] =>
  warningsOf(lists, classify)
    .of({ kind, value, match: 'equals' })
    .map(({ effect }) => effect);

describe('lists of host names', () => {
  const shared = list('hostname', ['fn.example', '.vendor.example', 'co.uk']);
  it.each<[string, readonly Effect[]]>([
    ['vendor.example', ['hold']],
    ['blog.vendor.example', ['hold']],
    ['notvendor.example', []],
    ['vendor.example.evil.example', []],
    ['fn.example', ['hold']],
    ['tenant.fn.example', ['inform']],
    ['deep.tenant.fn.example', ['inform']],
    ['dash.fn.example', ['hold']],
    ['evil.co.uk', ['inform']],
  ])('hostname: %s is %j', (host, effects) => expect(on([shared], 'domain', host)).toEqual(effects));

  it('a tenant that is on the list itself is held, its neighbours are not', () => {
    const lists = [list('hostname', ['tenant.fn.example'])];
    expect(on(lists, 'domain', 'a.tenant.fn.example')).toEqual(['hold']);
    expect(on(lists, 'domain', 'other.fn.example')).toEqual([]);
  });

  it.each<[string, readonly Effect[]]>([
    ['vendor.example', ['hold']],
    ['blog.vendor.example', []],
    ['fn.example', ['hold']],
    ['tenant.fn.example', ['inform']],
  ])('string: %s is %j', (host, effects) =>
    expect(on([list('string', ['vendor.example', 'fn.example'])], 'domain', host)).toEqual(effects),
  );

  it.each<[string, readonly Effect[]]>([
    ['scan.example', ['hold']],
    ['a.scan.example', ['hold']],
    ['notscan.example', []],
    ['scan.example.evil.example', []],
    ['tenant.fn.example', ['inform']],
  ])('substring: %s is %j', (host, effects) =>
    expect(on([list('substring', ['scan.example', '.fn.example'])], 'domain', host)).toEqual(effects),
  );
});

describe('lists and URLs', () => {
  it.each<[string, readonly Effect[]]>([
    ['https://vendor.example/', ['hold']],
    ['https://www.vendor.example/post/1', ['hold']],
    ['https://evil.example/?next=vendor.example', []],
    ['https://evil.example/vendor.example', []],
    ['https://tenant.fn.example/x', ['inform']],
    ['https://paths.fn.example/t/x', ['inform']],
  ])('hostname: %s is %j', (url, effects) =>
    expect(on([list('hostname', ['vendor.example', 'fn.example', 'paths.fn.example'])], 'url', url)).toEqual(effects),
  );

  it('a list of exact texts holds the root of a name and whole URLs, not other paths', () => {
    const lists = [list('string', ['vendor.example', 'https://other.example/about'])];
    expect(on(lists, 'url', 'https://vendor.example/')).toEqual(['hold']);
    expect(on(lists, 'url', 'https://vendor.example/payload')).toEqual([]);
    expect(on(lists, 'url', 'http://other.example/about')).toEqual(['hold']);
  });

  it('a substring with a path needs its host on a border of labels', () => {
    const lists = [list('substring', ['scan.example/report/'])];
    expect(on(lists, 'url', 'https://www.scan.example/report/1')).toEqual(['hold']);
    expect(on(lists, 'url', 'https://scan.example/other')).toEqual([]);
    expect(on(lists, 'url', 'https://evilscan.example/report/1')).toEqual([]);
    expect(on(lists, 'url', 'https://evil.example/?u=scan.example/report/1')).toEqual([]);
  });
});

describe('expressions', () => {
  it.each<[string, string, readonly Effect[]]>([
    ['/vendor\\.example$/i', 'www.vendor.example', ['hold']],
    ['/vendor\\.example/', 'vendor.example.evil.example', []],
    ['/vendor\\.example/', 'notvendor.example', []],
    ['^.*\\.fn\\.example$', 'tenant.fn.example', ['inform']],
    ['^good[0-9]+\\.fn\\.example$', 'good1.fn.example', ['hold']],
    ['^good[0-9]+\\.fn\\.example$', 'evil.fn.example', []],
  ])('%s: %s is %j', (expression, host, effects) =>
    expect(on([list('regex', [expression])], 'domain', host)).toEqual(effects),
  );

  it('looks for the host of a URL, not for its path', () => {
    expect(on([list('regex', ['vendor\\.example'])], 'url', 'https://vendor.example/a')).toEqual(['hold']);
    expect(on([list('regex', ['vendor\\.example'])], 'url', 'https://evil.example/vendor.example')).toEqual([]);
  });
});

describe('lists of addresses', () => {
  const lists = [list('cidr', ['192.0.2.7', '198.51.100.0/24', '2001:db8::/32'])];
  it.each<[IndicatorKind, string, readonly Effect[]]>([
    ['ipv4', '192.0.2.7', ['hold']],
    ['ipv4', '192.0.2.8', []],
    ['ipv4', '198.51.100.9', ['inform']],
    ['ipv6', '2001:db8::1', ['inform']],
    ['cidr', '198.51.100.0/25', ['inform']],
    ['cidr', '198.51.0.0/16', []],
    ['url', 'http://192.0.2.7/', ['hold']],
    ['url', 'http://192.0.2.7/payload', []],
  ])('%s %s is %j', (kind, value, effects) => expect(on(lists, kind, value)).toEqual(effects));

  it('a range holds where the list says so', () =>
    expect(on([list('cidr', ['198.51.100.0/24'], { effect: 'hold' })], 'ipv4', '198.51.100.9')).toEqual(['hold']));
});

describe('warnings', () => {
  it('say the list, its version and the entry', () =>
    expect(
      warningsOf([list('hostname', ['vendor.example'], { name: 'Blogs', version: '20260811' })], classify).of({
        ...{ kind: 'domain', value: 'a.vendor.example', match: 'equals' },
      }),
    ).toEqual([
      {
        ...{ list: 'Blogs', version: '20260811', entry: 'vendor.example', effect: 'hold' },
        why: 'It is on the warning list "Blogs", version 20260811 (entry vendor.example).',
      },
    ]));

  it('are of the kinds that the list is about, those that hold first, one a list', () => {
    const kinds = new Set<IndicatorKind>(['ipv4']);
    expect(on([list('hostname', ['vendor.example'], { kinds })], 'domain', 'vendor.example')).toEqual([]);
    const both = [list('string', ['fn.example']), list('hostname', ['tenant.fn.example', 'a.tenant.fn.example'])];
    expect(on(both, 'domain', 'a.tenant.fn.example')).toEqual(['hold', 'inform']);
  });

  it('of a wildcard are those of the name behind it', () => {
    const { of } = warningsOf([list('string', ['vendor.example'])], classify);
    expect(of({ kind: 'domain', value: '%.vendor.example', match: 'like' })).toHaveLength(1);
    expect(of({ kind: 'domain', value: 'a%.other.example', match: 'like' })).toHaveLength(0);
  });

  it('hashes are compared without case', () =>
    expect(on([list('string', ['AB'.repeat(16)])], 'hash', 'ab'.repeat(16))).toEqual(['hold']));
});

describe('the built-in lists', () => {
  const all = warningsOf(builtInLists, classify);
  it('each hold every entry of their own', () => {
    for (const { name, entries, kinds, type } of builtInLists)
      for (const entry of entries) {
        const kind: IndicatorKind = type === 'cidr' ? 'cidr' : kinds?.has('hash') ? 'hash' : 'domain';
        expect(all.of({ kind, value: entry, match: 'equals' })).toMatchObject([{ list: name, effect: 'hold' }]);
      }
  });
  it('name nothing twice', () => {
    const entries = builtInLists.flatMap((l) => l.entries);
    expect(new Set(entries).size).toBe(entries.length);
  });
});
