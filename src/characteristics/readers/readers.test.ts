import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Characteristic } from '../../model/characteristic.ts';
import { builtIn } from '../builtin/index.ts';
import { TraitFault } from '../reader.ts';
import { traitReaders } from './index.ts';

const source = { name: 'own', file: 'own', url: null, licence: null, date: null };

/** One file of each kind, all of our own making. */
const samples: Readonly<Record<string, string>> = {
  'malleable-c2': 'set sleeptime "5000";\nhttp-get {\n  set uri "/a/b.txt";\n}\n',
  havoc: `Teamserver { Host = "0.0.0.0" }
Listeners {
  Http { # the listener
    Name = "own"
    Uris = [ "/lantern.gif", "/wick.php", ]
    UserAgent = "Lamp/1.0"
    Headers = [ "X-Lamp: lit", "Referer: http://lamp.example/" ]
    Response { Headers = [ "Content-Type: text/plain; charset=utf-8" ] }
  }
}
Demon { Sleep = 4 Jitter = 25 }
`,
  sliver: JSON.stringify({
    implant_config: {
      user_agent: 'Reed/2.0',
      poll_file_ext: '.js',
      poll_files: ['willow', 'a.b'],
      poll_paths: ['bank', 'pond'],
      session_file_ext: '.php',
      start_session_file_ext: '.html',
      session_files: ['reed'],
      session_paths: [],
      url_parameters: [{ name: 'r', value: '1' }],
      headers: null,
    },
    server_config: { cookies: ['marsh'] },
  }),
  mythic: JSON.stringify({
    own: {
      name: 'own',
      get: {
        verb: 'GET',
        uris: ['/kelp.js?x=1'],
        client: {
          headers: { 'User-Agent': 'Kelp/3', Accept: '*/*' },
          parameters: { deep: '1' },
          message: { location: 'cookie', name: 'tide' },
        },
        server: { headers: { 'Content-Type': 'application/javascript' } },
      },
      post: { verb: 'PUT', uris: ['/shell'], client: { message: { location: 'body', name: '' } } },
    },
  }),
  'c2-config': `${[
    {
      FirstSeen: '2026-01-02 03:04:05 UTC',
      C2Server: ['192.0.2.7,/moth.gif', 'lamp.example,/flame.css'],
      SleepTime: '9000',
      Jitter: '12',
      HttpGet_Metadata: ['Accept: */*', 'Cookie', 'wing='],
      HttpPostUri: '/dust.php',
      HttpPost_Metadata: ['antenna'],
      HostHeader: 'Host: moth.example',
      UserAgent: 'Moth/1',
      Watermark: '7',
      PipeName: 'Not Found',
    },
    {
      FirstSeen: '2026-01-03 03:04:05 UTC',
      C2Server: ['192.0.2.8,/moth.gif', 'x.example,/flame.css'],
      SleepTime: '9000',
      Jitter: '12',
      HttpGet_Metadata: ['Accept: */*', 'Cookie', 'wing='],
      HttpPostUri: '/dust.php',
      HttpPost_Metadata: ['antenna'],
      HostHeader: 'Host: moth.example',
      UserAgent: 'Moth/1',
      Watermark: '8',
    },
  ]
    .map((result) => JSON.stringify({ preview: false, result }))
    .join('\n')}\nnot json\n`,
  suricata: 'alert dns any any -> any any (msg:"own"; dns.query; content:"own.example"; sid:1;)\n',
  sigma: 'title: own\nlogsource:\n  category: proxy\ndetection:\n  s:\n    cs-host: own.example\n  condition: s\n',
  ja4: 'Application,Library,ja4,ja4s,Notes\nOwn Tool,own,t13d111111_aaaaaaaaaaaa_bbbbbbbbbbbb,x,shared by many\nNothing,,,x,\nBad,,t13d,x,\n',
  empire:
    'set DefaultProfile /orchid.php,/fern.asp|Mozilla/5.0 (Own; rv:1.0) Gecko|Accept:text/html|Host:moss.example\n',
  report:
    'The implant asks its own function. It sends POST /api/own-getit every minute with the user agent "OwnAgent/1.2 (made up)".\nThe answer bears X-Own-Task: yes\n',
  ja3: '# licence: two lines\n# of prose\n0123456789abcdef0123456789abcdef,"Own Client"\nfedcba9876543210fedcba9876543210,"Other, Client"\n',
};

const readAs = (id: string) => {
  const reader = traitReaders.find((r) => r.id === id);
  const text = samples[id];
  if (!reader || text === undefined) throw new Error(`no reader and sample ${id}`);
  return reader.read(text, source);
};
const values = (c: Characteristic | undefined, kind: string) =>
  c?.traits.filter((t) => t.kind === kind).flatMap((t) => t.values);

describe('readers of characteristics', () => {
  it('there is a sample for each, and each sample is taken by its reader alone', () => {
    expect(Object.keys(samples).sort()).toEqual(traitReaders.map((r) => r.id).sort());
    for (const [id, text] of Object.entries(samples)) expect(traitReaders.find((r) => r.detect(text))?.id).toBe(id);
  });

  it.each(traitReaders.map((r) => r.id))('%s: records are accounted for, ids are stable and distinct', (id) => {
    const read = readAs(id);
    const taken = read.characteristics.length + (read.rules?.length ?? 0);
    expect(taken).toBeGreaterThan(0);
    if (id !== 'malleable-c2') expect(read.records).toBe(taken + read.other + read.refused.length);
    expect(readAs(id).characteristics.map((c) => c.id)).toEqual(read.characteristics.map((c) => c.id));
    expect(new Set(read.characteristics.map((c) => c.id)).size).toBe(read.characteristics.length);
  });

  it.each(traitReaders.map((r) => r.id))('%s survives what is cut off or anything at all', (id) => {
    const reader = traitReaders.find((r) => r.id === id);
    const sample = samples[id] ?? '';
    const text = fc.oneof(
      fc.string(),
      fc.nat({ max: sample.length }).map((n) => sample.slice(0, n)),
      fc.nat({ max: sample.length }).map((n) => sample.slice(n)),
      fc
        .tuple(fc.nat({ max: sample.length }), fc.string({ maxLength: 3 }))
        .map(([n, s]) => sample.slice(0, n) + s + sample.slice(n)),
    );
    fc.assert(
      fc.property(text, (given) => {
        expect(reader?.detect(given)).toBeTypeOf('boolean');
        try {
          reader?.read(given, source);
        } catch (error) {
          expect(error).toBeInstanceOf(TraitFault);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('what each says', () => {
  it('Havoc: listeners with the sleep of the Demon', () => {
    const [c] = readAs('havoc').characteristics;
    expect([c?.software, c?.rhythm]).toEqual(['Havoc', { interval: 4000, jitter: 25 }]);
    expect([values(c, 'uri'), values(c, 'user-agent'), values(c, 'referrer'), values(c, 'mime')]).toEqual([
      ['/lantern.gif', '/wick.php'],
      ['Lamp/1.0'],
      ['http://lamp.example/'],
      ['text/plain'],
    ]);
    expect(values(c, 'request-header')).toEqual(['X-Lamp: lit']);
  });

  it('Sliver: templates out of words, that mean what they say', () => {
    const [c] = readAs('sliver').characteristics;
    const [poll, session] = c?.traits.filter((t) => t.kind === 'uri-pattern').flatMap((t) => t.values) ?? [];
    // The engine's RE2 and this one agree on what these patterns are made of.
    const meets = (pattern: string | undefined, path: string) =>
      new RegExp(`^(?:${pattern?.replaceAll(/\\x\{([0-9a-f]+)\}/g, (_, hex: string) => `\\u{${hex}}`)})$`, 'u').test(
        path,
      );
    expect(meets(poll, '/bank/pond/willow.js')).toBe(true);
    expect(meets(poll, '/bank/a.b.js')).toBe(true);
    expect(meets(poll, '/bank/axb.js')).toBe(false);
    expect(meets(poll, '/willow.js')).toBe(false);
    expect(meets(session, '/reed.html')).toBe(true);
    expect([values(c, 'cookie'), values(c, 'parameter')]).toEqual([['marsh'], ['r']]);
  });

  it('Mythic: both requests, where the data goes', () => {
    const [c] = readAs('mythic').characteristics;
    expect([values(c, 'uri'), values(c, 'cookie'), values(c, 'parameter'), values(c, 'method')]).toEqual([
      ['/kelp.js', '/shell'],
      ['tide'],
      ['x', 'deep'],
      ['GET', 'PUT'],
    ]);
    expect(values(c, 'user-agent')).toEqual(['Kelp/3']);
  });

  it('Mythic: parameters of a payload', () => {
    const mythic = traitReaders.find((r) => r.id === 'mythic');
    const text = JSON.stringify([
      {
        c2_profile: 'http',
        c2_profile_parameters: {
          get_uri: 'gull',
          post_uri: 'tern',
          query_path_name: 'w',
          callback_interval: '30',
          callback_jitter: 10,
          headers: { 'User-Agent': 'Bird/1' },
        },
      },
    ]);
    expect(mythic?.detect(text)).toBe(true);
    const [c] = mythic?.read(text, source).characteristics ?? [];
    expect([c?.rhythm, values(c, 'uri'), values(c, 'user-agent')]).toEqual([
      { interval: 30_000, jitter: 10 },
      ['/gull', '/tern'],
      ['Bird/1'],
    ]);
  });

  it('configurations: equal ones are one, with what was refused', () => {
    const read = readAs('c2-config');
    expect([read.records, read.other, read.refused]).toEqual([3, 1, [{ line: 3, why: 'not a JSON object' }]]);
    const [c] = read.characteristics;
    expect([values(c, 'uri'), values(c, 'cookie'), values(c, 'parameter'), values(c, 'host-header')]).toEqual([
      ['/moth.gif', '/flame.css', '/dust.php'],
      ['wing'],
      ['antenna'],
      ['moth.example'],
    ]);
    expect([c?.rhythm, c?.source.date, c?.caution]).toEqual([
      { interval: 9000, jitter: 12 },
      '2026-01-03',
      'seen in 2 implants',
    ]);
  });

  it('configurations in tables, tab-separated or quoted over lines', () => {
    const reader = traitReaders.find((r) => r.id === 'c2-config');
    const tsv =
      'c2_ip\tfirst_seen\tlast_seen\twatermark\tdomains\thost_header\n192.0.2.9\t2025/05/06 01:02:03\t2025/05/07 01:02:03\t7\towl.example,/hoot.js,jay.example,/caw.js\tNone\nshort\n';
    const [owl] = reader?.read(tsv, source).characteristics ?? [];
    expect([values(owl, 'uri'), values(owl, 'host-header'), owl?.source.date]).toEqual([
      ['/hoot.js', '/caw.js'],
      [],
      '2025-05-07',
    ]);
    expect(reader?.read(tsv, source).refused).toEqual([{ line: 3, why: 'fewer columns than the header' }]);
    const csv =
      'FirstSeen,ip,C2Server,HttpPostUri,HttpPost_Metadata,UserAgent\n"07/15/2025 22:05:57","192.0.2.9","192.0.2.9,/bat","/cave.php","Host: bat.example\nid",Bat/1\n';
    const [bat] = reader?.read(csv, source).characteristics ?? [];
    expect([values(bat, 'uri'), values(bat, 'host-header'), values(bat, 'parameter'), bat?.source.date]).toEqual([
      ['/bat', '/cave.php'],
      ['bat.example'],
      ['id'],
      '2025-07-15',
    ]);
  });

  it('fingerprints: what is malformed is refused with its line', () => {
    expect(readAs('ja4').refused).toEqual([{ line: 4, why: 'the JA4 value is malformed' }]);
    expect(readAs('ja4').characteristics[0]).toMatchObject({ software: 'Own Tool', caution: 'shared by many' });
    expect(readAs('ja3').characteristics.map((c) => c.software)).toEqual(['Own Client', 'Other, Client']);
  });

  it('Empire: paths, user agent, further headers', () => {
    const [c] = readAs('empire').characteristics;
    expect([values(c, 'uri'), values(c, 'user-agent'), values(c, 'host-header')]).toEqual([
      ['/orchid.php', '/fern.asp'],
      ['Mozilla/5.0 (Own; rv:1.0) Gecko'],
      ['moss.example'],
    ]);
  });
});

describe('the built-in set', () => {
  it('each member has a source, a day, and an id of its own', () => {
    for (const c of builtIn) {
      expect(c.source.url).toMatch(/^https:\/\//);
      expect(c.source.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(c.traits.length).toBeGreaterThan(0);
      for (const t of c.traits) expect(t.values.length).toBeGreaterThan(0);
    }
    expect(new Set(builtIn.map((c) => c.id)).size).toBe(builtIn.length);
  });

  it('paths begin with a slash, MIME types are bare', () => {
    for (const t of builtIn.flatMap((c) => c.traits)) {
      if (t.kind === 'uri' || t.kind === 'uri-prefix') for (const v of t.values) expect(v).toMatch(/^\/[^?#]+$/);
      if (t.kind === 'mime') for (const v of t.values) expect(v).toMatch(/^[a-z]+\/[a-z0-9.+-]+$/);
    }
  });
});
