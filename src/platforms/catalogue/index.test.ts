import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { getPublicSuffix } from 'tldts';
import { describe, expect, it } from 'vitest';
import { parseHost } from '../../observables/host.ts';
import { parseUrl } from '../../observables/url.ts';
import { matchExactly } from '../lookup.ts';
import { classify, classifyHost } from '../matcher.ts';
import { type HostPattern, parts, platformKinds } from '../platform.ts';
import { platforms } from './index.ts';

const allPatterns = platforms.flatMap((platform) => platform.patterns.map((pattern) => ({ platform, pattern })));
const allRules = platforms.flatMap((platform) => platform.paths.map((rule) => ({ platform, rule })));

/** What the index must agree with: every pattern in order, one after the other. */
const linear = (name: string) => allPatterns.find(({ pattern }) => pattern.regex.test(name));

const groupsOf = ({ source }: RegExp) => [...source.matchAll(/\(\?<(\w+)>/g)].map(([, name]) => name ?? '');

describe('the list of platforms', () => {
  it('has every platform of every file once', async () => {
    const files = readdirSync(import.meta.dirname).filter((file) => /^[a-z0-9-]+\.ts$/.test(file));
    const shared = ['index.ts', 'facts.ts', 'patterns.ts'];
    const modules: object[] = await Promise.all(
      files.filter((file) => !shared.includes(file)).map((file) => import(new URL(file, import.meta.url).href)),
    );
    const found = modules.flatMap((module): unknown[] => Object.values(module));
    expect(new Set(platforms.map(({ id }) => id)).size).toBe(platforms.length);
    expect(new Set<unknown>(platforms)).toEqual(new Set(found));
    expect(platforms.length).toBeGreaterThanOrEqual(107);
  });

  it('has no pattern twice', () => {
    const sources = allPatterns.map(({ pattern }) => pattern.regex.source);
    expect(sources.filter((source, i) => sources.indexOf(source) !== i)).toEqual([]);
    expect(sources.length).toBeGreaterThanOrEqual(447);
  });

  it('keeps the narrower platform before the wider where both match', () => {
    const pairs = allPatterns.flatMap(({ platform, pattern }) =>
      platforms
        .filter((other) => other !== platform && other.patterns.some(({ regex }) => regex.test(pattern.example)))
        .map((other) => [platform.id, other.id].join(' before ')),
    );
    expect([...new Set(pairs)]).toEqual([]);
    expect(classifyHost('shop.s3.s3-website.eu-central-1.amazonaws.com').platform).toBe('aws-s3-website');
    const order = platforms.map(({ id }) => id);
    expect(order.indexOf('aws-s3-website')).toBeLessThan(order.indexOf('aws-s3'));
  });
});

describe.each(platforms.map((platform) => [platform.id, platform] as const))('%s', (_, platform) => {
  it('classifies its own examples', () => {
    for (const { example, granularity, providerOwned } of platform.patterns) {
      expect(classifyHost(example), example).toMatchObject({
        host: example,
        platform: platform.id,
        granularity,
        blockable: granularity !== 'shared-apex',
        ...(providerOwned ? { providerOwned } : {}),
      });
    }
  });

  it('has each example matched by its own pattern first', () => {
    for (const pattern of platform.patterns)
      expect(matchExactly(pattern.example)?.pattern, pattern.example).toBe(pattern);
  });

  it('reads its paths', () => {
    for (const { example, granularity, path } of platform.paths) {
      const answer = classify(example);
      const url = parseUrl(example);
      const groups = Object.entries((url.ok && path.exec(url.path)?.groups) || {}).filter(([, value]) => value);
      expect(answer, example).toMatchObject({
        ok: true,
        endpoint: { platform: platform.id, granularity, ...Object.fromEntries(groups) },
      });
    }
  });

  it('ends every pattern in one of its suffixes', () => {
    for (const { example } of platform.patterns) {
      const under = platform.suffixes.some((suffix) => example === suffix || example.endsWith(`.${suffix}`));
      expect(under, example).toBe(true);
    }
  });

  it('states its facts with sources, dates and what it is blind to', () => {
    expect(platformKinds).toContain(platform.kind);
    expect(platform.blindTo.length).toBeGreaterThan(0);
    for (const { where, says, checked } of platform.sources) {
      expect(where).toMatch(/^(?:https:\/\/\S+|public source code on GitHub)/);
      expect(says).not.toBe('');
      expect(checked).toMatch(/^2026-\d\d-\d\d$/);
    }
    if (platform.confidence === 'high') expect(platform.sources.length).toBeGreaterThan(0);
    if (platform.confidence !== 'low')
      expect(platform.sources.length + (platform.abuse?.names ?? 0)).toBeGreaterThan(0);
  });
});

describe('the patterns', () => {
  it('are anchored, plain and name only parts', () => {
    for (const { pattern } of allPatterns) {
      expect(pattern.regex.source).toMatch(/^\^.*\$$/);
      expect(pattern.regex.flags).toBe('');
      expect(parts).toEqual(expect.arrayContaining(groupsOf(pattern.regex)));
      expect(parseHost(pattern.example)).toMatchObject({ ok: true, host: pattern.example });
    }
    for (const { rule } of allRules) {
      expect(rule.path.source).toMatch(/^\^/);
      expect(parts).toEqual(expect.arrayContaining(groupsOf(rule.path)));
    }
  });

  it('say nothing of a tenant on shared names, and always something elsewhere', () => {
    for (const { pattern } of allPatterns) {
      const named = groupsOf(pattern.regex).filter((group) => group !== 'region');
      if (pattern.granularity === 'shared-apex') expect(named.filter((group) => group !== 'id')).toEqual([]);
      else expect(named.length, pattern.regex.source).toBeGreaterThan(0);
    }
  });

  it('name in account keys only parts that they have', () => {
    const keyed = [
      ...allPatterns.map(({ pattern }) => pattern),
      ...allRules.map(({ rule }) => ({ ...rule, regex: rule.path })),
    ];
    for (const { accountKey, regex } of keyed) {
      const used = [...(accountKey ?? '').matchAll(/\{(\w+)\}/g)].map(([, part]) => part);
      expect([...groupsOf(regex), 'suffix'], regex.source).toEqual(expect.arrayContaining(used));
    }
  });

  /** The generator knows no look-ahead; two patterns of Vercel have one. */
  const generated = allPatterns.filter(({ pattern }) => !pattern.regex.source.includes('(?='));
  const namesOf = ({ regex }: HostPattern) =>
    fc.stringMatching(new RegExp(regex.source.replaceAll(/\(\?<\w+>/g, '('))).filter((name) => parseHost(name).ok);

  it('give the same through the index as one after the other', () => {
    expect(allPatterns.length - generated.length).toBe(2);
    for (const { platform, pattern } of generated) {
      fc.assert(
        fc.property(namesOf(pattern), (name) => {
          const first = linear(name);
          const found = matchExactly(name);
          expect(found?.pattern).toBe(first?.pattern);
          expect(platforms.indexOf(found?.platform ?? platform)).toBeLessThanOrEqual(platforms.indexOf(platform));
        }),
        { numRuns: 20 },
      );
    }
  });
});

describe('the sources', () => {
  const suffixes = platforms.flatMap(({ id, sources }) =>
    sources
      .filter(({ where }) => where.includes('publicsuffix.org'))
      .flatMap(({ says }) => says.split(', ').map((name) => [id, name] as const)),
  );

  it.each(suffixes)('%s: %s is in the Public Suffix List', (_, name) => {
    const suffix = name.replace('*', 'any').replace('<region>', 'us-east-1');
    expect(getPublicSuffix(`x.${suffix}`, { allowPrivateDomains: true })).toBe(suffix);
  });
});
