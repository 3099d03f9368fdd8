/** Files as public feeds publish them, written by us after their documentation: each is told by its content and read whole. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { collectIntel } from './read.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-shapes-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

async function read(text: string, name = 'feed') {
  const file = path.join(temp, name);
  writeFileSync(file, text);
  const { files, indicators, refusals } = await collectIntel([file]);
  const [{ kind, objects, other } = { kind: null, objects: 0, other: 0 }] = files;
  return { kind, objects, other, refusals, indicators, values: indicators.map((i) => `${i.kind} ${i.value}`) };
}
const at = (text: string): number => Date.parse(text);

describe('abuse.ch', () => {
  const threatFoxRow = {
    ...{ ioc_value: '192.0.2.7:443', ioc_type: 'ip:port', threat_type: 'botnet_cc', malware: 'win.made_up' },
    ...{
      malware_alias: null,
      malware_printable: 'Made Up',
      first_seen_utc: '2026-10-01 10:00:00',
      last_seen_utc: null,
    },
    ...{
      confidence_level: 75,
      is_compromised: true,
      reference: null,
      tags: 'a,b',
      anonymous: '0',
      reporter: 'someone',
    },
  };

  it('ThreatFox, exported as JSON', async () => {
    const domain = { ...threatFoxRow, ioc_value: 'evil.example', ioc_type: 'domain', is_compromised: false };
    const found = await read(JSON.stringify({ 1001: [threatFoxRow], 1000: [domain] }));
    expect(found).toMatchObject({ kind: 'json', objects: 2, values: ['domain evil.example', 'ipv4 192.0.2.7'] });
    expect(found.indicators[1]).toMatchObject({
      ...{ confidence: 75, description: 'Made Up', endpoint: 'compromised', validFrom: at('2026-10-01T10:00:00Z') },
      labels: ['a', 'b', 'compromised'],
    });
  });

  it('ThreatFox, answered by its API', async () => {
    const row = {
      ...{ id: '41', ioc: 'https://evil.example/gate', ioc_type: 'url', malware_printable: 'Made Up' },
      ...{ confidence_level: 50, first_seen: '2026-10-01 10:00:00 UTC', last_seen: null, tags: ['x'] },
    };
    const hash = { ...row, ioc: 'ab'.repeat(32), ioc_type: 'sha256_hash' };
    const found = await read(JSON.stringify({ query_status: 'ok', data: [row, hash] }));
    expect(found.values).toEqual(['url https://evil.example/gate', `hash ${'ab'.repeat(32)}`]);
  });

  it('ThreatFox, as CSV', async () => {
    const found = await read(
      `################\n# ThreatFox IOCs #\n################\n#\n# "first_seen_utc","ioc_id","ioc_value","ioc_type","threat_type","fk_malware","malware_alias","malware_printable","last_seen_utc","confidence_level","is_compromised","reference","tags","anonymous","reporter"\n"2026-10-01 10:00:00", "41", "192.0.2.7:443", "ip:port", "botnet_cc", "win.made_up", "None", "Made Up", "", "100", "False", "None", "a,b", "0", "someone"\n# Number of entries: 1\n`,
    );
    expect(found).toMatchObject({ kind: 'csv', objects: 1, values: ['ipv4 192.0.2.7'] });
    expect(found.indicators[0]).toMatchObject({ confidence: 100, description: 'Made Up', labels: ['a', 'b'] });
  });

  const urlhaus = { dateadded: '2026-10-01 10:00:00 UTC', url: 'http://192.0.2.7/a.sh', url_status: 'online' };
  it('URLhaus: CSV, JSON, plain list, hosts file', async () => {
    const csv = await read(
      '# URLhaus Database Dump (CSV - recent URLs only)\n#\n# id,dateadded,url,url_status,last_online,threat,tags,urlhaus_link,reporter\n"9","2026-10-01 10:00:00","http://192.0.2.7/a.sh","online","2026-10-02","malware_download","elf,mips","https://urlhaus.example/url/9/","x"\n',
    );
    expect(csv).toMatchObject({ kind: 'csv', values: ['url http://192.0.2.7/a.sh'] });
    expect(csv.indicators[0]).toMatchObject({ recorded: at('2026-10-01T10:00:00Z'), labels: ['elf', 'mips'] });
    const json = await read(JSON.stringify({ 9: [{ ...urlhaus, last_online: null, threat: 'x', tags: ['elf'] }] }));
    expect(json).toMatchObject({ kind: 'json', objects: 1, values: ['url http://192.0.2.7/a.sh'] });
    const api = await read(JSON.stringify({ query_status: 'ok', urls: [{ id: '9', ...urlhaus, host: '192.0.2.7' }] }));
    expect(api.values).toEqual(['url http://192.0.2.7/a.sh']);
    const plain = await read('# URLhaus Plain-Text List\nhttp://192.0.2.7/a.sh\nhttp://evil.example/b\n');
    expect(plain.values).toEqual(['url http://192.0.2.7/a.sh', 'url http://evil.example/b']);
    const hosts = await read('# URLhaus Hostfile\n127.0.0.1\tevil.example\n127.0.0.1\tbad.example\n');
    expect(hosts.values).toEqual(['domain evil.example', 'domain bad.example']);
  });

  it('Feodo Tracker: CSV, JSON, plain list', async () => {
    const csv = await read(
      '# Feodo Tracker\n"first_seen_utc","dst_ip","dst_port","c2_status","last_online","malware"\n"2026-10-01 10:00:00","192.0.2.7","443","online","2026-11-01","Made Up"\n# END 1 entries\n',
    );
    expect(csv).toMatchObject({ kind: 'csv', objects: 1, values: ['ipv4 192.0.2.7'] });
    const row = {
      ip_address: '192.0.2.7',
      port: 443,
      status: 'online',
      hostname: null,
      as_number: 64500,
      country: 'XX',
    };
    const json = await read(JSON.stringify([{ ...row, first_seen: '2026-10-01 10:00:00', malware: 'Made Up' }]));
    expect(json).toMatchObject({ kind: 'json', values: ['ipv4 192.0.2.7'] });
    expect(json.indicators[0]).toMatchObject({ description: 'Made Up', validFrom: at('2026-10-01T10:00:00Z') });
    const plain = await read('# Feodo Tracker Botnet C2 IP Blocklist\n# DstIP\n192.0.2.7\n198.51.100.9\n# END\n');
    expect(plain.values).toEqual(['ipv4 192.0.2.7', 'ipv4 198.51.100.9']);
  });

  it('SSLBL: certificates, JA3, addresses', async () => {
    const hash = 'ab'.repeat(20);
    const certificates = await read(
      `# SSLBL\n# Listingdate,SHA1,Listingreason\n2026-10-01 10:00:00,${hash},Made Up C&C\n`,
    );
    expect(certificates.values).toEqual([`certificate ${hash}`]);
    const ja3 = await read(
      `# ja3_md5,Firstseen,Lastseen,Listingreason\n${'cd'.repeat(16)},2026-10-01,2026-10-02,Made Up\n`,
    );
    expect(ja3.values).toEqual([`ja3 ${'cd'.repeat(16)}`]);
    const addresses = await read('# Firstseen,DstIP,DstPort\n2026-10-01 10:00:00,192.0.2.7,443\n');
    expect(addresses.values).toEqual(['ipv4 192.0.2.7']);
    expect(addresses.indicators[0]?.validFrom).toBe(at('2026-10-01T10:00:00Z'));
  });
});

describe('Maltrail', () => {
  it('static trails keep family and reference; a path names no host', async () => {
    const found = await read(
      '# Copyright (c) 2014-2026 Maltrail developers\n\n# Aliases: some\n\n# Reference: https://blog.example/a\n# Reference: https://blog.example/b\n\nevil.example\n192.0.2.7:8080\n/gate.php?id=\n\n# Reference: https://blog.example/c\n\nevil.example/path # seen twice\n',
      'made_up.txt',
    );
    expect(found).toMatchObject({ kind: 'maltrail', objects: 4, other: 1 });
    expect(found.values.sort()).toEqual(['domain evil.example', 'ipv4 192.0.2.7', 'url evil.example/path']);
    expect(found.indicators.map((i) => i.description).sort()).toEqual([
      ...['made_up: https://blog.example/a', 'made_up: https://blog.example/a', 'made_up: https://blog.example/c'],
    ]);
    expect(found.indicators[0]?.labels).toEqual(['family:made_up']);
  });

  it('compiled trails keep why and where from', async () => {
    const found = await read(
      'evil.example,made_up (malware),(static)\n192.0.2.7,"mass scanner, known",feed.example\nsqlmap agent,scanner (suspicious),(static)\n',
    );
    expect(found).toMatchObject({ kind: 'maltrail-csv', objects: 3, other: 1 });
    expect(found.indicators[0]).toMatchObject({ description: 'made_up (malware)', labels: ['from:(static)'] });
    expect((await read('trail,info,reference\nevil.example,x (malware),(static)\n')).values).toEqual([
      'domain evil.example',
    ]);
  });
});

describe('OpenCTI', () => {
  const id = 'indicator--6f1c2d3e-0000-4000-8000-000000000001';
  it('a bundle with its extension, or the fields of older versions', async () => {
    const base = {
      type: 'indicator',
      spec_version: '2.1',
      pattern_type: 'stix',
      pattern: "[domain-name:value = 'a.example']",
    };
    const extension = { score: 80, detection: false, main_observable_type: 'Domain-Name' };
    const objects = [
      { ...base, id, extensions: { 'extension-definition--ea279b3e-5c71-4632-ac08-831c66a786ba': extension } },
      { ...base, id: id.replace(/1$/, '2'), x_opencti_score: 40, x_opencti_labels: ['loader'], confidence: 90 },
    ];
    const found = await read(JSON.stringify({ type: 'bundle', id: 'bundle--1', objects }));
    expect(found.indicators.map((i) => [i.confidence, i.detect, i.labels])).toEqual([
      [80, true, ['opencti-score:80']],
      [90, true, ['loader', 'opencti-score:40']],
    ]);
  });

  it('indicators as CSV', async () => {
    const found = await read(
      `"confidence";"created";"createdBy";"entity_type";"name";"objectLabel";"objectMarking";"pattern";"pattern_type";"revoked";"standard_id";"valid_from";"valid_until";"x_opencti_main_observable_type";"x_opencti_score"
"75";"2026-10-01T10:00:00.000Z";"Made Up CERT";"Indicator";"a.example";"loader,c2";"TLP:GREEN";"[domain-name:value = 'a.example']";"stix";"false";"${id}";"2026-10-01T10:00:00.000Z";"2026-12-01T10:00:00.000Z";"Domain-Name";"60"
"";"2026-10-01T10:00:00.000Z";"";"Indicator";"two";"";"";"[ipv4-addr:value = '192.0.2.7' AND url:value = 'http://a.example/']";"stix";"true";"";"";"";"";"60"
`,
    );
    expect(found).toMatchObject({ kind: 'csv', objects: 2 });
    expect(found.indicators[0]).toMatchObject({
      ...{ id, kind: 'domain', value: 'a.example', confidence: 75, detect: true },
      ...{ source: { name: 'Made Up CERT' }, labels: ['loader', 'c2', 'tlp:green'] },
      validUntil: at('2026-12-01T10:00:00Z'),
    });
    expect(found.indicators[1]).toMatchObject({ kind: 'pattern', value: null, confidence: 60, detect: false });
  });

  it('observables as CSV', async () => {
    const found = await read(
      'entity_type;observable_value;x_opencti_score;created_at\nIPv4-Addr;192.0.2.7;80;2026-10-01T10:00:00Z\nDomain-Name;a.example;20;\nMutex;made-up;;\n',
    );
    expect(found).toMatchObject({ objects: 3, other: 1, values: ['ipv4 192.0.2.7', 'domain a.example'] });
  });
});

describe('lists of servers', () => {
  const header = 'c2_ip\tfirst_seen\tlast_seen\tprotocol\tport\tversion\twatermark\tpubkey_md5\tdomains\thost_header';
  const row = (...ends: string[]) =>
    ['192.0.2.7', '2021/01/15 09:38:42', '2021/01/16 09:38:42', 'HTTPS', '443', '4.1', '1', 'x', ...ends].join('\t');
  it('Carbon Black: the names beside the address; fronts are not listed', async () => {
    const plain = await read(`${header}\n${row('a.evil.example,/x,b.evil.example,/y,192.0.2.7,/z', 'None')}\n`);
    expect(plain).toMatchObject({ kind: 'csv', objects: 1 });
    expect(plain.values).toEqual(['ipv4 192.0.2.7', 'domain a.evil.example', 'domain b.evil.example']);
    const fronted = await read(`${header}\n${row('big.vendor.example,/x', 'evil.azureedge.net')}\n`);
    expect(fronted.values).toEqual(['ipv4 192.0.2.7', 'domain evil.azureedge.net']);
  });

  it('C2IntelFeeds: what `ioc` says is no value', async () => {
    expect((await read('#domain,ioc\nevil.example,Possible Made Up C2 Domain\n')).values).toEqual([
      'domain evil.example',
    ]);
    expect((await read('#ip,ioc\n192.0.2.7,Possible Made Up C2 IP\n')).values).toEqual(['ipv4 192.0.2.7']);
    const urls = await read('#domain,ioc,uri_path,ip\nevil.example,Possible C2,/api/x,192.0.2.7\n');
    expect(urls.values).toEqual(['url evil.example/api/x']);
  });
});

describe('other JSON', () => {
  it("Elastic's threat.indicator, an object a line", async () => {
    const lines = [
      {
        threat: {
          indicator: { type: 'file', file: { hash: { sha256: ['ab'.repeat(32)] } }, provider: 'Made Up Labs' },
        },
      },
      { threat: { indicator: { type: 'domain-name', url: { domain: ['x.example'] }, name: 'x.example' } } },
      {
        'threat.indicator.ip': '192.0.2.7',
        'threat.indicator.type': 'ipv4-addr',
        'threat.indicator.confidence': 'High',
      },
      { threat: { indicator: { type: 'url', url: { full: 'https://evil.example/a,b' }, marking: { tlp: 'green' } } } },
    ];
    const found = await read(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n{"cut\n`);
    expect(found).toMatchObject({ kind: 'json', objects: 5 });
    expect(found.values.sort()).toEqual([
      ...['domain x.example', `hash ${'ab'.repeat(32)}`, 'ipv4 192.0.2.7', 'url https://evil.example/a,b'],
    ]);
    expect(found.refusals).toMatchObject([{ line: 5, reason: 'bad-json' }]);
  });

  it('objects with a type and a value in an envelope', async () => {
    const found = await read(
      JSON.stringify({
        name: 'pulse',
        indicators: [
          { indicator: 'evil.example', type: 'domain', created: '2026-10-01' },
          { indicator: 'x', type: 'Mutex' },
        ],
      }),
    );
    expect(found).toMatchObject({ kind: 'json', objects: 2, other: 1, values: ['domain evil.example'] });
  });

  it.each([
    ['a warning list', { name: 'x', version: 1, type: 'string', list: ['a.example'], matching_attributes: ['domain'] }],
    ['other documents', { findings: [{ endpoint: { url: 'https://a.example/x' } }] }],
  ])('%s holds no indicators', async (_, document) =>
    expect(await read(JSON.stringify(document))).toMatchObject({ kind: null, values: [] }),
  );
});
