/** The ATT&CK mirror through the front door: what comes in, what goes out, what must harm nothing. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bundleText, idOf, ids, release20, release21, withObject } from '../src/attack/testing.ts';
import { run } from '../src/cli/run.ts';
import { openLake } from '../src/lake/lake.ts';
import { recordAnnounced } from '../src/lake/lookback.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-attack-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

let workspace = '';
let n = 0;
beforeEach(() => {
  workspace = path.join(temp, `workspace-${n++}`);
});

function sink(): { stream: Writable; bytes: () => Buffer } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  return { stream, bytes: () => Buffer.concat(chunks) };
}

async function attack(...words: readonly string[]) {
  const [out, err] = [sink(), sink()];
  const code = await run(['attack', ...words, '--workspace', workspace], {
    stdin: Readable.from([]),
    stdout: out.stream,
    stderr: err.stream,
  });
  return { code, bytes: out.bytes(), out: out.bytes().toString('utf8'), err: err.bytes().toString('utf8') };
}

async function jsonOf(...words: readonly string[]) {
  const { code, out, err } = await attack(...words, '--format', 'json');
  expect(err).toBe('');
  expect(code).toBe(0);
  return JSON.parse(out);
}

function file(name: string, content: string | Uint8Array): string {
  const at = path.join(temp, `${n}-${name}`);
  writeFileSync(at, content);
  return at;
}

const importOf = (objects: Parameters<typeof bundleText>[0], release: string, form: '2.0' | '2.1' = '2.0') =>
  jsonOf('import', file(`${release}-${form}.json`, bundleText(objects, form)), '--release', release);

describe('import', () => {
  test('counts, the hash of the bytes, and nothing the second time; packed or not is the same', async () => {
    const text = bundleText(release20());
    const told = await jsonOf('import', file('a.json', text), '--release', '30.0');
    const sha256 = createHash('sha256').update(text).digest('hex');
    expect(told).toMatchObject({
      release: '30.0',
      domain: 'enterprise-attack',
      objects: 22,
      added: 22,
      unchanged: 0,
      sha256,
      dangling: 0,
    });
    expect(await jsonOf('import', file('a.json.gz', gzipSync(text)), '--release', 'v30.0')).toMatchObject({
      added: 0,
      unchanged: 22,
      sha256,
    });
    expect((await jsonOf('releases')).releases).toHaveLength(1);
  });

  test('STIX 2.0 and 2.1 give the same mirror: content, pages, differences', async () => {
    const newer = withObject(release20(), ids.technique, { description: 'New words.', x_mitre_version: '1.1' });
    const newer21 = withObject(release21('30.1'), ids.technique, { description: 'New words.', x_mitre_version: '1.1' });
    const seen = [];
    for (const [form, old, fresh] of [
      ['2.0', release20(), newer],
      ['2.1', release21('30.0'), newer21],
    ] as const) {
      workspace = path.join(temp, `form-${form}`);
      const a = await importOf(old, '30.0', form);
      const b = await importOf(fresh, '30.1', form);
      const pages = [];
      for (const id of ['AN1996', 'T1584.007', 'DET0864', 'G0001', 'DC0104', 'TA0042', 'S0001']) {
        const { release: _, ...page } = await jsonOf('show', id);
        pages.push(page);
      }
      const { counts: _, ...diff } = await jsonOf('diff', '30.0', '30.1');
      seen.push({
        hashes: [a.content_hash, b.content_hash],
        pages,
        diff: diff.objects.filter((o: { type: string }) => o.type !== 'x-mitre-collection'),
      });
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[0]?.diff).toHaveLength(1);
    workspace = path.join(temp, 'form-2.0');
    expect(await importOf(release21('30.0'), '30.0', '2.1')).toMatchObject({ form: '2.1', added: 0, unchanged: 23 });
  });

  test.each([
    ['half a bundle', bundleText(release20()).slice(0, 9000), /\.json:\d+ is cut off|\.json:\d+ ends in the middle/],
    [
      'an object twice',
      bundleText([...release20(), ...release20().slice(0, 1)]),
      /holds the object x-mitre-matrix--\S+ twice/,
    ],
    ['a broken object', bundleText(release20()).replace('"Group One"', 'Group One'), /:\d+ is damaged: object 13/],
    ['a page of HTML', '<!doctype html><title>404</title>', /not valid JSON/],
  ])('%s says what is wrong and lands nothing', async (_, text, says) => {
    const { code, err } = await attack('import', file('bad.json', text), '--release', '30.0');
    expect(code).toBe(1);
    expect(err).toMatch(says);
    expect(JSON.parse((await attack('releases', '--format', 'json')).out).releases).toEqual([]);
    expect(await importOf(release20(), '30.0')).toMatchObject({ added: 22 });
  });

  test('half a gzip lands nothing', async () => {
    const packed = gzipSync(bundleText(release20()));
    expect(
      await attack('import', file('half.gz', packed.subarray(0, packed.length - 40)), '--release', '30.0'),
    ).toMatchObject({ code: 1 });
    expect(JSON.parse((await attack('releases', '--format', 'json')).out).releases).toEqual([]);
  });

  test('a release that is there with other content is refused, and stays', async () => {
    await importOf(release20(), '30.0');
    const { code, err } = await attack(
      'import',
      file('other.json', bundleText(withObject(release20(), ids.group, { name: 'X' }))),
      '--release',
      '30.0',
    );
    expect([code, err]).toEqual([1, expect.stringContaining('0 objects more, 0 fewer and 1 with other content')]);
    expect((await jsonOf('show', 'G0001')).object.name).toBe('Group One');
  });

  test('a bundle that contradicts what the user calls it is refused', async () => {
    const bundle = file('21.json', bundleText(release21('30.1'), '2.1'));
    expect((await attack('import', bundle, '--release', '30.0')).err).toContain('says that it is release 30.1');
    expect((await attack('import', bundle, '--domain', 'ics-attack')).err).toContain('holds enterprise-attack');
    expect(await jsonOf('import', bundle)).toMatchObject({ release: '30.1', domain: 'enterprise-attack' });
    expect((await attack('import', file('20.json', bundleText(release20())))).err).toContain('name it with --release');
    expect((await attack('import', bundle, '--release', '../../etc')).code).toBe(2);
  });

  test('two imports at once, in one process: both whole, the same one once', async () => {
    const bundles = ['30.0', '30.1', '30.0'].map(
      (release) =>
        [
          file(`${release}-x.json`, bundleText(withObject(release20(), ids.group, { name: release }))),
          release,
        ] as const,
    );
    const told = await Promise.all(bundles.map(([bundle, release]) => jsonOf('import', bundle, '--release', release)));
    expect(told.map((t) => t.added)).toEqual([22, 22, 0]);
    expect((await jsonOf('releases')).releases.map((r: { release: string }) => r.release)).toEqual(['30.0', '30.1']);
  });

  test('references that lead nowhere are counted and harm nothing', async () => {
    const partial = release20().filter((o) => o.id !== ids.component && o.id !== ids.parent);
    expect((await importOf(partial, '30.0')).dangling).toBe(3);
    expect((await jsonOf('show', 'AN1996')).context.log_sources).toEqual([
      { name: 'Internet Scan', channel: 'None', component: null },
    ]);
  });
});

describe('raw, search, delete', () => {
  test('the bytes of every object are those of the bundle, whatever its spaces and escapes', async () => {
    const text = bundleText(
      withObject(release20(), ids.group, { description: 'é\u0000\u001b[31m<script>' }),
      '2.0',
      3,
    ).replace('"Group One"', '"Gr\\u006fup  One"');
    await jsonOf('import', file('odd.json', text), '--release', '30.0');
    for (const { id } of release20()) {
      const { bytes } = await attack('raw', String(id));
      expect(text).toContain(bytes.toString('utf8'));
      expect(JSON.parse(bytes.toString('utf8')).id).toBe(id);
    }
    expect((await attack('raw', 'G0001', '--release', '30.0')).out).toContain('"Gr\\u006fup  One"');
  });

  test('words, beginnings of words and other names are found; operators are words', async () => {
    await importOf(release20(), '30.0');
    const found = async (...words: string[]) =>
      (await jsonOf('search', ...words)).objects.map((o: { attack_id: string }) => o.attack_id);
    expect(await found('first')).toEqual(['G0001']);
    expect(await found('infrastr')).toEqual(['T1584']);
    expect(await found('an1996')).toEqual(['AN1996']);
    expect(await found('answer', 'told')).toEqual(['AN1961', 'AN1996']);
    expect(await found('"', 'OR', 'NEAR(', '*')).toEqual([]);
  });

  test('a deleted release is gone wholly; others and notes stay, and it can come again', async () => {
    await importOf(release20(), '30.0');
    await importOf(withObject(release20(), ids.group, { name: 'Later' }), '30.1');
    const note = file('note.json', JSON.stringify({ technical_view: 'Ours.' }));
    expect((await attack('note', 'G0001', '--from', note, '--author', 'me')).code).toBe(0);
    expect((await attack('delete', '30.0', '--domain', 'enterprise-attack')).code).toBe(0);
    const page = await jsonOf('show', 'G0001');
    expect(page.releases.map((r: { release: string }) => r.release)).toEqual(['30.1']);
    expect(page.analyst[0].technical_view).toBe('Ours.');
    expect((await attack('raw', 'G0001', '--release', '30.0')).err).toContain('ATT&CK 30.0 is not imported');
    expect(await importOf(release20(), '30.0')).toMatchObject({ added: 22 });
    expect((await jsonOf('search', 'first', '--release', '30.0')).objects).toHaveLength(1);
  });

  test('what is not there is said in a sentence', async () => {
    expect((await attack('show', 'AN1996')).err).toContain('holds no ATT&CK release yet');
    await importOf(release20(), '30.0');
    expect((await attack('show', 'T9999')).err).toContain('No object "T9999"');
    expect((await attack('diff', '30.0', '31.0')).err).toContain('enterprise-attack 31.0 is not imported');
  });
});

describe('show', () => {
  test('an analytic with strategy, technique, log source, twin and its procedure example', async () => {
    await importOf(release20(), '30.0');
    const page = await jsonOf('show', 'AN1996');
    const named = (refs: readonly { attack_id: string }[]) => refs.map((r) => r.attack_id);
    expect(named(page.context.detection_strategies)).toEqual(['DET0864']);
    expect(named(page.context.techniques)).toEqual(['T1584.007']);
    expect(page.context.techniques[0].parent.attack_id).toBe('T1584');
    expect(named(page.context.tactics)).toEqual(['TA0042']);
    expect(named(page.context.mitigations)).toEqual(['M1056']);
    expect(page.context.log_sources[0]).toMatchObject({
      name: 'Internet Scan',
      component: { attack_id: 'DC0104', name: 'Response Content' },
    });
    expect(named(page.context.twins)).toEqual(['AN1961']);
    expect(named(page.context.twins[0].techniques[0].campaigns)).toEqual(['C0001']);
    expect(page.citations.find((c: { name: string }) => c.name === 'Report 1')).toMatchObject({
      url: 'https://report.example/1',
      held_by: expect.arrayContaining(['AN1996 Analytic 1996']),
    });
    expect(page.analyst.map((a: { about: string[] }) => a.about[0])).toEqual(['AN1996', 'DET0864', 'T1584.007']);
    expect(page.licence).toContain('The MITRE Corporation');
  });

  test('a revoked object names what replaces it; a chain that bites its tail ends', async () => {
    const loop = {
      ...release20().find((o) => o.relationship_type === 'revoked-by'),
      id: idOf('relationship', 500),
      source_ref: ids.technique,
      target_ref: ids.old,
    };
    await importOf([...release20(), loop], '30.0');
    expect((await jsonOf('show', 'T1999')).context.replaced_by.map((r: { attack_id: string }) => r.attack_id)).toEqual([
      'T1584.007',
    ]);
  });

  test('the report: every part is marked, MITRE’s words are cited, ours are said to be ours', async () => {
    await importOf(release20(), '30.0');
    const { out } = await attack('show', 'AN1996', '--format', 'markdown');
    for (const words of [
      'Functions can be told by how they answer',
      'They used it.',
      'What came back:',
      'Hard to do.',
      'A function of one’s own.',
      'Internet Scan',
      'TA0042',
    ])
      expect(out).toContain(words);
    const body = out.slice(out.indexOf('## '), out.indexOf('## Sources'));
    let voice = '';
    for (const line of body.split('\n').filter((l) => l !== '')) {
      if (line.startsWith('## ')) voice = '';
      else if (/^\*\*(MITRE|Virga|User note)\*\* · /.test(line)) voice = line;
      else expect(voice, line).not.toBe('');
      if (line.startsWith('> ')) expect(voice).toMatch(/^\*\*MITRE\*\* · /);
    }
    expect(out).toMatch(/\*\*MITRE\*\* · AN1996 Analytic 1996 \\\[1\\\]/);
  });

  const hostile = `</p><script>alert(1)</script><img src=x onerror=alert(2)>\u001b]0;x\u0007\u202e|\`# [a](javascript:alert(3)) ${'x'.repeat(3_000_000)}`;
  test.each(['table', 'markdown', 'html'])('hostile words of megabytes harm nothing as %s', async (format) => {
    await importOf(
      withObject(withObject(release20(), ids.analytic, { description: hostile, name: hostile }), ids.mitigation, {
        name: '</script>',
        description: hostile,
      }),
      '30.0',
    );
    const { code, out } = await attack('show', 'AN1996', '--format', format);
    expect(code).toBe(0);
    expect(out.length).toBeLessThan(400_000);
    expect(out).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f\u202e]/);
    if (format !== 'table') {
      expect(out).not.toContain('<script');
      expect(out).not.toContain('<img');
      expect(out).not.toMatch(format === 'html' ? /href="javascript:/ : /(?<!\\)\]\(javascript:/);
    }
  });
});

describe('notes', () => {
  test('a user’s note stands in place of ours, with its revisions; withdrawn, ours is back', async () => {
    await importOf(release20(), '30.0');
    const ours = JSON.parse((await attack('note', 'AN1996')).out);
    expect(ours.executive_priority).not.toBe('');
    const mine = file('mine.json', JSON.stringify({ ...ours, executive_priority: 'Ours first.' }));
    await attack('note', 'an1996', '--from', mine, '--author', 'R. Analyst');
    expect((await jsonOf('show', 'AN1996')).analyst[0]).toMatchObject({
      revision: 1,
      author: 'R. Analyst',
      executive_priority: 'Ours first.',
    });
    expect((await attack('show', 'AN1996', '--format', 'markdown')).out).toContain(
      '**User note** · R. Analyst, revision 1',
    );
    await attack('note', 'AN1996', '--withdraw', '--author', 'R. Analyst');
    expect((await jsonOf('show', 'AN1996')).analyst[0]).toMatchObject({ revision: 0, author: 'Virga' });
    expect((await attack('note', 'AN1996', '--history')).out.trim().split('\n')).toHaveLength(3);
  });

  test('what is no note is refused with the field', async () => {
    const bad = file('bad-note.json', JSON.stringify({ related: ['T1'], limits: 'none' }));
    expect(await attack('note', 'AN1996', '--from', bad, '--author', 'me')).toMatchObject({
      code: 2,
      err: expect.stringContaining('limits'),
    });
    expect((await attack('note', 'AN1996', '--from', bad)).err).toContain('--author');
  });
});

describe('impact', () => {
  const sigma = [
    'title: Stopped',
    'logsource:',
    '  product: windows',
    'detection:',
    '  condition: x',
    'tags:',
    '  - attack.resource-development',
    '  - attack.t1583.007',
    '  - attack.t1584.007',
    '',
  ].join('\n');
  const layer = {
    name: 'Mine',
    domain: 'enterprise-attack',
    versions: { attack: '30', layer: '4.5' },
    techniques: [
      { techniqueID: 'T1583.007', tactic: 'resource-development', score: 1 },
      { techniqueID: 'T1584.007', tactic: 'resource-development', score: 7 },
    ],
  };
  let rules = '';
  beforeAll(() => {
    rules = path.join(temp, 'rules');
    mkdirSync(rules);
    writeFileSync(path.join(rules, 'rule.yml'), sigma);
    writeFileSync(path.join(rules, 'layer.json'), JSON.stringify(layer));
    writeFileSync(path.join(rules, 'words.txt'), 'Seen: T1583.007, G0001, T7777, XT1583.0071 and FT1234.\n');
    writeFileSync(path.join(rules, 'binary.bin'), Buffer.from([0, 1, 2]));
    writeFileSync(
      path.join(rules, 'hunt.json'),
      JSON.stringify({ virga: '1.0.0', findings: [{ attack: ['T1583.007'] }] }),
    );
  });

  const releases = async (): Promise<void> => {
    await importOf(release20(), '30.0');
    const moved = [{ kill_chain_name: 'mitre-attack', phase_name: 'new-tactic' }];
    const revoked = withObject(withObject(release20(), ids.twinTechnique, { revoked: true }), ids.technique, {
      kill_chain_phases: moved,
    });
    const renamed = withObject(revoked, ids.tactic, { x_mitre_shortname: 'renamed' });
    await importOf(
      [
        ...renamed,
        {
          ...release20().find((o) => o.relationship_type === 'revoked-by'),
          id: idOf('relationship', 501),
          source_ref: ids.twinTechnique,
          target_ref: ids.technique,
        },
      ],
      '31.0',
    );
  };

  test('names every place, proposes, and writes nothing without approval', async () => {
    await releases();
    const impact = await jsonOf('impact', '30.0', '31.0', rules);
    const revoked = impact.affected.find((a: { attack_id: string }) => a.attack_id === 'T1583.007');
    expect(revoked).toMatchObject({
      effect: 'revoked',
      migration: { replace: 'T1583.007', with: ['T1584.007'], review: true },
    });
    expect(
      revoked.mentions.map((m: { kind: string; line: number | null; path: string | null }) => [m.kind, m.line, m.path]),
    ).toEqual([
      ['hunt document', null, 'findings[0].attack[0]'],
      ['Navigator layer', null, 'techniques[0].techniqueID'],
      ['Sigma rule', 8, null],
      ['text file', 1, null],
      ['coverage claim', null, null],
    ]);
    expect(impact.unknown.map((u: { attack_id: string }) => u.attack_id)).toEqual(['T7777']);
    expect(impact.unaffected.map((u: { attack_id: string }) => u.attack_id)).toContain('G0001');
    expect(impact.skipped).toEqual([{ file: path.join(rules, 'binary.bin'), reason: 'not text' }]);
    expect(impact.migrated).toEqual([]);
    expect(readFileSync(path.join(rules, 'rule.yml'), 'utf8')).toBe(sigma);
  });

  test('what the workspace keeps is looked through: indicators of each source, findings that were told', async () => {
    await releases();
    const feed = (n: number) => `b${n}.workers.dev,2026-09-0${n}T00:00:00Z,T1583.007 seen,campaign`;
    const csv = file('named.csv', ['value,created,description,labels', feed(1), feed(2), ''].join('\n'));
    const io = { stdin: Readable.from([]), stdout: sink().stream, stderr: sink().stream };
    expect(await run(['intel', 'import', csv, '--workspace', workspace], io)).toBe(0);
    const lake = await openLake({ workspace, memory: '200MB', temp });
    await recordAnnounced(lake, { id: 'finding--1', level: 'finding', severity: 'high' });
    lake.close();
    const impact = await jsonOf('impact', '30.0', '31.0');
    const revoked = impact.affected.find((a: { attack_id: string }) => a.attack_id === 'T1583.007');
    const kinds = revoked.mentions.map((m: { kind: string; title: string | null; path: string | null }) => [
      ...[m.kind, m.title, m.path],
    ]);
    expect(kinds).toEqual([
      ['coverage claim', 'contact with a listed endpoint on a serverless platform', null],
      ['stored finding', '1 told', 'attack'],
      ['indicator', null, 'b1.workers.dev and 1 more'],
    ]);
    expect(impact.skipped).toEqual([]);
  });

  test('approved: copies with ids, tactics and merged entries; history and the files themselves stay', async () => {
    await releases();
    const into = path.join(workspace, 'migrated');
    const impact = await jsonOf('impact', '30.0', '31.0', rules, '--approve', 'all', '--into', into);
    expect(impact.migrated.map((m: { copy: string }) => path.basename(m.copy)).sort()).toEqual([
      'layer.json',
      'rule.yml',
      'words.txt',
    ]);
    const rule = readFileSync(path.join(into, 'rule.yml'), 'utf8');
    expect(rule).toContain('  - attack.new-tactic\n  - attack.t1584.007\n');
    expect(rule).not.toContain('t1583.007');
    const migrated = JSON.parse(readFileSync(path.join(into, 'layer.json'), 'utf8'));
    expect(migrated.techniques).toEqual([{ techniqueID: 'T1584.007', tactic: 'new-tactic', score: 7 }]);
    expect(migrated.versions.attack).toBe('31');
    expect(readFileSync(path.join(into, 'words.txt'), 'utf8')).toBe(
      'Seen: T1584.007, G0001, T7777, XT1583.0071 and FT1234.\n',
    );
    expect(readFileSync(path.join(rules, 'rule.yml'), 'utf8')).toBe(sigma);
    expect((await attack('impact', '30.0', '31.0', rules, '--approve', 'all', '--into', into)).err).toContain(
      'not overwritten',
    );
    expect((await attack('impact', '30.0', '31.0', rules, '--approve', 'G0001', '--into', into)).code).toBe(2);
    expect((await attack('impact', '30.0', '31.0', rules, '--approve', 'all')).code).toBe(2);
  });
});

describe('layer', () => {
  test('coverage follows the telemetry: none, then that of a hunt', async () => {
    await importOf(release20(), '30.0');
    const none = JSON.parse((await attack('layer')).out);
    expect(none.versions).toMatchObject({ attack: '30', layer: '4.5' });
    expect(none.techniques.map((t: { techniqueID: string; score: number }) => [t.techniqueID, t.score])).toEqual([
      ['T1583.007', 0],
      ['T1584.007', 0],
    ]);
    const row = {
      format: 'zeek.dns',
      files: 1,
      events: 10,
      start: '2030-01-01T00:00:00Z',
      end: '2030-01-31T00:00:00Z',
      internal_hosts: 4,
      sees: ['dns.query', 'dns.answer'],
      blind_to: [],
      gaps_hours: 0,
    };
    const hunt = {
      virga: '1.0.0',
      run: { finished: '2030-01-31T00:30:00Z' },
      telemetry: { internal_hosts: 8 },
      coverage: { telemetry: [row] },
    };
    const coverage = await jsonOf('layer', '--hunt', file('hunt.json', JSON.stringify(hunt)));
    const [first] = coverage.techniques;
    // Devices 2.5, fields 2 of 5 places, retention 3, timeliness 5, consistency 5: (2·2.5 + 2·2 + 2·3 + 5 + 5) / 8.
    expect(first.evidence).toMatchObject({
      seen: ['dns.query', 'dns.answer'],
      quality: {
        device_completeness: 2.5,
        data_field_completeness: 2,
        retention: 3,
        timeliness: 5,
        consistency: 5,
        score: 3.13,
      },
    });
    expect(first.score).toBe(Math.round(0.4 * (3.13 / 5) * 100));
    expect(first.analytics[0].log_sources[0]).toMatchObject({ name: 'Internet Scan', have: 'no' });
    expect((await attack('layer', '--hunt', file('no-hunt.json', '{}'))).code).toBe(2);
  });
});

describe('two processes', () => {
  test('imports of the same release at once: one adds, the other finds it there', async () => {
    const bundle = file('parallel.json', bundleText(release20()));
    const script = `import { run } from ${JSON.stringify(path.join(import.meta.dirname, '..', 'src', 'cli', 'run.ts'))}; process.exitCode = await run(process.argv.slice(-8), process);`;
    const entry = file('entry.mts', script);
    const start = () =>
      promisify(execFile)(
        process.execPath,
        [
          '--import',
          'tsx',
          entry,
          'attack',
          'import',
          bundle,
          '--release=30.0',
          '--workspace',
          workspace,
          '--format',
          'json',
        ],
        { cwd: path.join(import.meta.dirname, '..') },
      );
    const answers = await Promise.all([start(), start()]);
    expect(answers.map((a) => JSON.parse(a.stdout).added).sort()).toEqual([0, 22]);
  });
});
