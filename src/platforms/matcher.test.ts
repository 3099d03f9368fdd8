import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../model/endpoint.ts';
import { platforms } from './catalogue/index.ts';
import { classify, classifyHost, classifyPath } from './matcher.ts';

const nothing = { platform: null, granularity: null, tenant: null, function: null };
const endpointOf = (input: string): Endpoint | null => {
  const answer = classify(input);
  return answer.ok ? answer.endpoint : null;
};

describe('classifyHost, the tricky names', () => {
  it.each<[string, Partial<Endpoint>]>([
    [
      'abcdefgh2345abcdefgh2345abcdefgh.lambda-url.eu-west-1.on.aws',
      { platform: 'aws-lambda-url', region: 'eu-west-1' },
    ],
    ['abcdefgh2345abcdefgh2345abcdefgh.lambda-url.eu-west-1.amazonaws.com', nothing],
    ['ec2-192-0-2-10.compute-1.amazonaws.com', nothing],
    ['vm1.westeurope.cloudapp.azure.com', nothing],
    ['my-cluster.ecs.us-west-1.on.aws', nothing],
    ['db.mdb.yandexcloud.net', nothing],
    [
      'shop-a1b2c3d4e5f6g7h8.westeurope-01.azurewebsites.net',
      { platform: 'azure-app-service', tenant: 'shop', id: 'a1b2c3d4e5f6g7h8', region: 'westeurope-01' },
    ],
    ['westeurope-01.azurewebsites.net', { granularity: 'shared-apex', tenant: null, region: 'westeurope-01' }],
    ['deep.er.shop.azurewebsites.net', { granularity: 'tenant', tenant: 'shop' }],
    ['web.calm-a1b2c3d4.westeurope.azurecontainerapps.io', { tenant: 'calm-a1b2c3d4', function: 'web' }],
    [
      '0123abcd-mail.acme.workers.dev',
      { granularity: 'deployment', tenant: 'acme', function: 'mail', deployment: '0123abcd' },
    ],
    ['x.y.z.acme.workers.dev', { granularity: 'tenant', tenant: 'acme', function: null }],
    ['pr-12--shop.netlify.app', { granularity: 'deployment', tenant: 'shop', deployment: 'pr-12' }],
    ['shop--canary-a1b2c3d4.web.app', { granularity: 'deployment', tenant: 'shop' }],
    [
      'blue---web-a1b2c3d4e5-ew.a.run.app',
      { granularity: 'deployment', tenant: 'a1b2c3d4e5', function: 'web', region: 'ew' },
    ],
    ['web-123456789012.europe-west1.run.app', { tenant: '123456789012', account: '123456789012', function: 'web' }],
    ['1.tcp.eu.ngrok.io', { platform: 'ngrok', kind: 'tunnel', granularity: 'shared-apex', tenant: null }],
    ['my-pc.gl.at.ply.gg', { platform: 'playit', kind: 'tunnel', tenant: 'my-pc' }],
    [
      'my.dotted.bucket.s3-website.eu-central-1.amazonaws.com',
      { platform: 'aws-s3-website', tenant: 'my.dotted.bucket' },
    ],
    ['someuser.eu.pythonanywhere.com', { platform: 'pythonanywhere', tenant: 'someuser', function: null }],
    [
      '01234567-89ab-cdef-0123-456789abcdef-00-abc123-def456.picard.replit.dev',
      { granularity: 'deployment', region: 'picard' },
    ],
  ])('%s', (host, expected) => expect(classifyHost(host)).toMatchObject(expected));

  it.each([
    'api.trycloudflare.com',
    'app.netlify.com',
    'backboard.railway.app',
    'ams.sandbox-api.deno.net',
    'waws-prod-xy1-001.sip.azurewebsites.windows.net',
    'blob.abc01prdstr05a.store.core.windows.net',
    'server-192-0-2-10.fra6.r.cloudfront.net',
    's-abc1d-nss-243.firebaseio.com',
    'global.rel.tunnels.api.visualstudio.com',
    'dualstack.j.sni.global.fastly.net',
    'www.workers.dev',
    'x.www.workers.dev',
    'www.firebaseapp.com',
    'static.hf.space',
    'picard.replit.dev',
    'ec.azureedge.net',
  ])('%s is the provider’s own and never to be blocked', (host) =>
    expect(classifyHost(host)).toMatchObject({
      granularity: 'shared-apex',
      tenant: null,
      providerOwned: true,
      blockable: false,
      boundary: null,
      accountKey: null,
    }),
  );

  it.each([
    'script.google.com',
    'functions.yandexcloud.net',
    'faas-fra1-0a1b2c3d.doserverless.co',
    'prod-27.westeurope.logic.azure.com',
    'objectstorage.eu-frankfurt-1.oraclecloud.com',
    's3.eu-west-1.amazonaws.com',
    'storage.googleapis.com',
  ])('%s is shared, its tenants are in the path', (host) =>
    expect(classifyHost(host)).toMatchObject({ granularity: 'shared-apex', pathScoped: true, blockable: false }),
  );

  it('knows the platform, yet no tenant, of a name that ends at a shared suffix', () => {
    expect(classifyHost('bad_name!.workers.dev').platform).toBeNull();
    expect(classifyHost('-x.workers.dev')).toMatchObject({
      platform: 'cloudflare-workers',
      granularity: 'shared-apex',
    });
    expect(classifyHost('-x.workers.dev')).toMatchObject({ blockable: false, providerOwned: false, pathScoped: false });
  });
});

describe('classifyHost, names that only look like a platform', () => {
  it.each([
    'evil-workers.dev',
    'xworkers.dev',
    'a.b.evil-workers.dev',
    'workers.dev.evil.example',
    'vercel.app.login-check.example',
    'foo.azurewebsites.net.cdn.cloudflare.net',
    'pages-dev.example',
    'pages.dev.co',
    'herokuapp.co',
    'script.google.com.evil.example',
  ])('%s', (host) => expect(classifyHost(host)).toMatchObject(nothing));
});

describe('the forms of a name', () => {
  it.each([
    'HELLO.Acme.Workers.DEV',
    'hello.acme.workers.dev.',
    ' hello.acme.workers.dev ',
    'hello.acme.workers.dev:8443',
    'hello.acme\u3002workers.dev',
    '*.hello.acme.workers.dev',
    'https://hello.acme.workers.dev/x?y#z',
    'hello.acme.workers.dev/x',
    'user:pw@hello.acme.workers.dev',
  ])('%s', (input) =>
    expect(endpointOf(input)).toMatchObject({ host: 'hello.acme.workers.dev', tenant: 'acme', function: 'hello' }),
  );

  it.each([
    ['_acme-challenge.shop.vercel.app', 'shop', 'vercel'],
    ['www.shop.surge.sh', 'shop', 'surge'],
    ['_dmarc.acme.workers.dev', 'acme', 'cloudflare-workers'],
    ['bücher.pages.dev', 'xn--bcher-kva', 'cloudflare-pages'],
    ['constructor.workers.dev', 'constructor', 'cloudflare-workers'],
    ['__proto__.acme.workers.dev', 'acme', 'cloudflare-workers'],
  ])('%s belongs to %s', (host, tenant, platform) => expect(classifyHost(host)).toMatchObject({ tenant, platform }));

  it.each(['192.0.2.10', '2001:db8::1', 'http://[2001:db8::1]:8443/x'])(
    '%s is an address: nobody’s, not to be blocked',
    (input) => {
      expect(endpointOf(input)).toMatchObject({ ...nothing, blockable: false, boundary: null, registrable: null });
    },
  );

  it.each(['', 'not a host', '..', 'http://', 'https://[bad/', 'a..workers.dev'])('%j is refused in words', (input) => {
    expect(classify(input)).toMatchObject({ ok: false, why: expect.stringMatching(/\w/) });
  });

  it('answers for what is no host with nothing known', () => {
    expect(classifyHost('a..workers.dev')).toMatchObject({ host: 'a..workers.dev', ...nothing, blockable: false });
    expect(classifyHost('x'.repeat(100_000))).toMatchObject({ ...nothing, blockable: false });
  });
});

describe('boundary and registrable name', () => {
  it.each([
    ['a.b.workers.dev', 'b.workers.dev'],
    ['0123abcd-mail.acme.workers.dev', 'acme.workers.dev'],
    ['x.foo.azurewebsites.net', 'foo.azurewebsites.net'],
    ['foo.scm.azurewebsites.net', 'foo.scm.azurewebsites.net'],
    ['service-a1b2c3d4-1250000000.gz.apigw.tencentcs.com', 'service-a1b2c3d4-1250000000.gz.apigw.tencentcs.com'],
    ['web.calm-a1b2c3d4.westeurope.azurecontainerapps.io', 'calm-a1b2c3d4.westeurope.azurecontainerapps.io'],
    ['0123abcd.shop.pages.dev', 'shop.pages.dev'],
    ['main.d1a2b3c4d5e6f7.amplifyapp.com', 'd1a2b3c4d5e6f7.amplifyapp.com'],
    ['my.bucket.s3.amazonaws.com', 'my.bucket.s3.amazonaws.com'],
    ['app.my-org.deno.net', 'my-org.deno.net'],
    ['pc.tail1a2b3.ts.net', 'tail1a2b3.ts.net'],
    ['svc.abc123.code.run', 'svc.abc123.code.run'],
    ['_acme-challenge.shop.vercel.app', 'shop.vercel.app'],
    ['hello-abcdefghij.cn-shenzhen.fcapp.run', 'hello-abcdefghij.cn-shenzhen.fcapp.run'],
  ])('%s is bounded by %s', (host, boundary) =>
    expect(classifyHost(host)).toMatchObject({ boundary, registrable: boundary, blockable: true }),
  );

  it.each([
    ['www.example.co.uk', 'example.co.uk'],
    ['a.b.example.com', 'example.com'],
    ['a.someone.duckdns.org', 'someone.duckdns.org'],
  ])('%s is on no platform: its registrable name %s', (host, name) =>
    expect(classifyHost(host)).toMatchObject({ platform: null, boundary: name, registrable: name, blockable: true }),
  );

  it.each([
    ['mail.google.com', 'mail.google.com'],
    ['x.ecs.us-west-1.on.aws', 'x.ecs.us-west-1.on.aws'],
    ['amazonaws.com', null],
    ['google.com', null],
  ])('%s stands beside platforms under one domain: its boundary is %s', (host, boundary) =>
    expect(classifyHost(host)).toMatchObject({ platform: null, boundary, blockable: boundary !== null }),
  );

  it.each(['co.uk', 'com', 'localhost', 'duckdns.org'])('%s is a suffix: nobody’s', (host) =>
    expect(classifyHost(host)).toMatchObject({ boundary: null, registrable: null, blockable: false }),
  );

  it.each([
    ['script.google.com', 'google.com'],
    ['workers.dev', null],
    ['www.workers.dev', null],
    ['fcapp.run', null],
    ['cn-hangzhou.fcapp.run', null],
    ['dualstack.j.sni.global.fastly.net', null],
  ])('%s is shared: above it stands %s', (host, registrable) =>
    expect(classifyHost(host)).toMatchObject({ boundary: null, registrable }),
  );
});

describe('account keys', () => {
  const keyOf = (input: string) => endpointOf(input)?.accountKey;

  it.each([
    ['a.acme.workers.dev', '0123abcd-b.acme.workers.dev', 'cloudflare-workers:acme'],
    [
      '1250000000-a1b2c3d4e5.ap-guangzhou.tencentscf.com',
      '1250000000-f6g7h8i9j0-gz.scf.tencentcs.com',
      'tencent-scf:1250000000',
    ],
    [
      'a.calm-a1b2c3d4.westeurope.azurecontainerapps.io',
      'b--rev.calm-a1b2c3d4.westeurope.azurecontainerapps.io',
      'azure-container-apps:calm-a1b2c3d4.westeurope',
    ],
    ['a-a1b2c3d4e5-uc.a.run.app', 'tag---b-a1b2c3d4e5-ew.a.run.app', 'gcp-cloud-run:a1b2c3d4e5'],
    ['foo.azurewebsites.net', 'foo.scm.azurewebsites.net', 'azure-app-service:foo.azurewebsites.net'],
    ['pr-1--shop.netlify.app', 'shop.netlify.app', 'netlify:shop'],
    ['shop-git-main-jo-projects.vercel.app', 'api-a1b2c3d4e-jo-projects.vercel.app', 'vercel:jo-projects'],
    ['https://s3.eu-west-1.amazonaws.com/my-bucket/x', 'my-bucket.s3.amazonaws.com', 'aws-s3:my-bucket'],
    [
      'https://faas-nyc1-0a1b2c3d.doserverless.co/api/v1/web/fn-01234567-89ab-cdef-0123-456789abcdef/default/a',
      'https://faas-nyc1-0a1b2c3d.doserverless.co/api/v1/web/fn-01234567-89ab-cdef-0123-456789abcdef/other/b',
      'digitalocean-functions:fn-01234567-89ab-cdef-0123-456789abcdef',
    ],
  ])('%s and %s are one customer’s', (one, other, key) => expect([keyOf(one), keyOf(other)]).toEqual([key, key]));

  it.each([
    ['a.acme.workers.dev', 'a.acne.workers.dev'],
    ['foo.azurewebsites.net', 'foo.azurewebsites.us'],
    ['foo-a1b2c3d4e5f6g7h8.westus-01.azurewebsites.net', 'foo-b2c3d4e5f6g7h8a1.westus-01.azurewebsites.net'],
    ['jo.pythonanywhere.com', 'jo.eu.pythonanywhere.com'],
  ])('%s and %s are not', (one, other) => expect(keyOf(one)).not.toBe(keyOf(other)));

  it.each([
    'abcdefgh2345abcdefgh2345abcdefgh.lambda-url.us-east-1.on.aws',
    'd111111abcdef8.cloudfront.net',
    'shop.vercel.app',
    'shop-git-fix-login-acme.vercel.app',
    'shop-1a2b3c4d5e6f.herokuapp.com',
    'workers.dev',
    'example.com',
  ])('%s carries none', (host) => expect(keyOf(host)).toBeNull());
});

describe('paths', () => {
  it('name the tenant on a shared host, and the host stays unblockable', () => {
    const url = 'https://script.google.com/macros/s/AKfycbxAAAAAAAAAAAAAAAAAAAAAAAA/exec?x=1';
    expect(endpointOf(url)).toMatchObject({
      platform: 'google-apps-script',
      granularity: 'deployment',
      deployment: 'AKfycbxAAAAAAAAAAAAAAAAAAAAAAAA',
      pathScoped: true,
      blockable: false,
      boundary: null,
    });
  });

  it.each([
    ['/a/macros/example.org/s/AKfycbxAAAAAAAAAAAAAAAAAAAAAAAA/exec', 'example.org'],
    ['/a/example.org/macros/s/AKfycbxAAAAAAAAAAAAAAAAAAAAAAAA/exec', 'example.org'],
    ['/macros/u/1/s/AKfycbxAAAAAAAAAAAAAAAAAAAAAAAA/dev', null],
  ])('%s is an Apps Script of %s', (path, account) =>
    expect(classifyPath('script.google.com', path)).toMatchObject({
      granularity: 'deployment',
      account,
      tenant: account,
    }),
  );

  it('name the function where the host names the tenant', () => {
    expect(endpointOf('https://us-central1-my-project.cloudfunctions.net/hello')).toMatchObject({
      granularity: 'function',
      tenant: 'my-project',
      function: 'hello',
      blockable: true,
      pathScoped: false,
    });
  });

  it('say nothing where no rule fits, on the provider’s own names, and on other hosts', () => {
    expect(endpointOf('https://script.google.com/home')).toMatchObject({ granularity: 'shared-apex', tenant: null });
    expect(endpointOf('https://www.github.io/project/')).toMatchObject({ granularity: 'shared-apex', function: null });
    expect(endpointOf('https://example.com/macros/s/AKfycbxAAAAAAAAAAAAAAAAAAAAAAAA/exec')).toMatchObject(nothing);
  });
});

describe('any text', () => {
  const suffix = fc.constantFrom(...platforms.flatMap(({ suffixes }) => suffixes));
  const label = fc.stringMatching(/^[a-z0-9_-]{1,20}$/);
  const names = fc.tuple(fc.array(label, { maxLength: 5 }), suffix).map(([labels, end]) => [...labels, end].join('.'));

  it('never throws, and the host of the answer is normalised', () => {
    fc.assert(
      fc.property(fc.oneof(names, fc.domain(), fc.webUrl(), fc.string({ unit: 'binary' })), (text) => {
        const endpoint = endpointOf(text);
        if (endpoint === null) return;
        expect(classifyHost(endpoint.host)).toMatchObject({ host: endpoint.host, platform: endpoint.platform });
        expect(endpoint.host).toBe(endpoint.host.toLowerCase());
      }),
      { numRuns: 500 },
    );
  });

  it('keeps host, boundary, platform and blockable in step', () => {
    fc.assert(
      fc.property(names, (name) => {
        const { boundary, granularity, blockable, accountKey, platform, host } = classifyHost(name);
        if (boundary !== null) expect(host === boundary || host.endsWith(`.${boundary}`)).toBe(true);
        if (granularity === 'shared-apex') expect([boundary, blockable, accountKey]).toEqual([null, false, null]);
        if (boundary !== null) expect(classifyHost(boundary)).toMatchObject({ platform, boundary, accountKey });
        if (accountKey !== null) expect(accountKey.startsWith(`${platform}:`)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  /** Each would take longer than the test may, were a pattern not linear in its 253 characters. */
  const fills = ['a', 'a.', 'a-', '-a', 'a--', 'a1b2c3d4e-', '-git-', '-dot-', 's3.', '0', '0a', '_.', 'a-projects-'];
  it.each(fills)('reads names made of %j under every suffix', (fill) => {
    for (const end of platforms.flatMap(({ suffixes }) => suffixes)) {
      const head = fill
        .repeat(253)
        .slice(0, 252 - end.length)
        .replaceAll(/[^.]{64,}/g, (long) => long.replaceAll(/(.{62})./g, '$1.'));
      const name = `${head.replaceAll(/^\.+|\.+$/g, '').replaceAll(/\.{2,}/g, '.')}.${end}`;
      const { boundary, host } = classifyHost(name);
      expect(host).toBe(name);
      if (boundary !== null) expect(name.endsWith(boundary)).toBe(true);
    }
  });
});
