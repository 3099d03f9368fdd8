import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { platforms } from '../src/platforms/catalogue/index.ts';
import { edgeOwner } from '../src/platforms/edges.ts';
import { classify, classifyHost } from '../src/platforms/matcher.ts';

const all = platforms.flatMap((p) => p.patterns.map((pattern) => ({ id: p.id, pattern })));

describe('the catalogue', () => {
  it('has every platform once', () => {
    expect(new Set(platforms.map((p) => p.id)).size).toBe(platforms.length);
    expect(platforms.length).toBeGreaterThanOrEqual(107);
  });

  it.each(all.map(({ id, pattern }) => [id, pattern.example, pattern.granularity] as const))(
    '%s: %s is %s',
    (id, example, granularity) => {
      const endpoint = classifyHost(example);
      expect(endpoint.platform).toBe(id);
      const owned = all.some((a) => a.pattern.example === example && a.pattern.providerOwned);
      if (!owned) expect([granularity, 'shared-apex']).toContain(endpoint.granularity);
    },
  );

  it('answers adversarial names in linear time: no pattern is slower than its length', () => {
    for (const { pattern } of all)
      for (const text of ['a'.repeat(253), 'a-'.repeat(126), 'a.'.repeat(126), `${'a-b.'.repeat(60)}x`])
        expect(pattern.regex.test(text)).toBeTypeOf('boolean');
  });
});

describe('traps', () => {
  it.each([
    'evil-workers.dev',
    'xworkers.dev',
    'workers.dev.evil.com',
    'vercel.app.login-check.com',
    'azurewebsites.net.example.org',
    'lambda-url.us-east-1.amazonaws.com',
  ])('%s is on no function platform of that name', (host) => {
    expect(['cloudflare-workers', 'vercel', 'azure-app-service', 'aws-lambda-url']).not.toContain(
      classifyHost(host).platform,
    );
  });

  it.each([
    ['workers.dev', 'shared-apex'],
    ['pages.dev', 'shared-apex'],
    ['script.google.com', 'shared-apex'],
  ])('%s is %s: never blockable', (host, granularity) => {
    expect(classifyHost(host)).toMatchObject({ granularity, blockable: false, boundary: null });
  });

  it.each([
    ['A.B.Workers.Dev.', 'a.b.workers.dev'],
    ['*.b.workers.dev', 'b.workers.dev'],
    ['a.b.workers.dev:8443', 'a.b.workers.dev'],
    ['x。pages。dev', 'x.pages.dev'],
    ['bücher.pages.dev', 'xn--bcher-kva.pages.dev'],
  ])('%s is read as %s', (input, host) => {
    const answer = classify(input);
    expect(answer.ok && answer.endpoint.host).toBe(host);
  });

  it.each(['', '   ', '..', 'not a host', '<script>', `${'a.'.repeat(200)}dev`, 'https://[bad/'])(
    '%j is refused in words',
    (input) => {
      const answer = classify(input);
      expect(answer.ok === false && answer.why.length).toBeGreaterThan(3);
    },
  );

  it.each([
    ['a.b.workers.dev', 'b.workers.dev'],
    ['x.foo.azurewebsites.net', 'foo.azurewebsites.net'],
    ['deep.www.example.co.uk', 'example.co.uk'],
    ['www.example.com.cdn.cloudflare.net', 'www.example.com.cdn.cloudflare.net'],
    ['service-abcdefgh-1301234567.gz.apigw.tencentcs.com', 'service-abcdefgh-1301234567.gz.apigw.tencentcs.com'],
  ])('the boundary of %s is %s', (host, boundary) => {
    expect(classifyHost(host).boundary).toBe(boundary);
  });

  it('names the tenant in a path only from a URL', () => {
    const url = classify('https://script.google.com/macros/s/AKfycbx0123456789abcdefghijklmnopqrstuvwxyz01/exec');
    expect(url.ok && url.endpoint.platform).toBe('google-apps-script');
    expect(classifyHost('script.google.com').pathScoped).toBe(true);
  });

  it('joins the functions of one account by their key', () => {
    expect(classifyHost('one.acct.workers.dev').accountKey).toBe(classifyHost('two.acct.workers.dev').accountKey);
    expect(classifyHost('one.acct.workers.dev').accountKey).not.toBe(classifyHost('one.other.workers.dev').accountKey);
  });

  it('knows published edges', () => {
    expect(edgeOwner('104.21.16.1')).toBe('Cloudflare');
    expect(edgeOwner('203.0.113.5')).toBeNull();
  });
});

describe('any text', () => {
  it('never throws, and what it answers hangs together', () => {
    const suffix = fc.constantFrom(
      'workers.dev',
      'pages.dev',
      'azurewebsites.net',
      'run.app',
      'example.com',
      'on.aws',
      'vercel.app',
      'cloudfront.net',
    );
    const label = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
    const host = fc.oneof(
      fc.string(),
      fc.tuple(fc.array(label, { maxLength: 4 }), suffix).map(([labels, s]) => [...labels, s].join('.')),
    );
    fc.assert(
      fc.property(host, (text) => {
        const e = classifyHost(text);
        if (e.boundary !== null) expect(e.host === e.boundary || e.host.endsWith(`.${e.boundary}`)).toBe(true);
        if (e.granularity === 'shared-apex') expect(e.blockable).toBe(false);
        expect(classify(text)).toEqual(classify(text));
      }),
      { numRuns: 3000 },
    );
  });
});
