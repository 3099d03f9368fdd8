/** Documents for the tests of this folder: made-up hosts and sources, in the shape of a real hunt. */
import type {
  Cluster,
  Evidence,
  Finding,
  FindingEndpoint,
  HuntDocument,
  IndicatorCitation,
  Severity,
} from '../model/finding.ts';

const DAY = 86_400_000;
const START = Date.parse('2026-09-21T00:00:00Z');
const iso = (t: number): string => new Date(t).toISOString();
const dayOf = (t: number): string => iso(t).slice(0, 10);

function citation(change: Partial<IndicatorCitation>): IndicatorCitation {
  return {
    id: 'indicator--5d2f7a54-7c0e-4f0e-9a55-6a3f0f1f7a01',
    value: 'cdn-sync-61aa.harbour-metrics.workers.dev',
    kind: 'domain',
    source: 'Northwind CERT',
    from: 'given',
    licence: 'CC-BY-4.0',
    confidence: 85,
    valid_from: '2026-09-28T00:00:00Z',
    valid_until: '2026-12-27T00:00:00Z',
    recorded: '2026-09-29T06:12:00Z',
    match: 'exact',
    standing: 'known-then',
    description: 'Cobalt Strike, redirector for campaign GREY FERRY',
    ...change,
  };
}

function endpoint(change: Partial<FindingEndpoint>): FindingEndpoint {
  return {
    host: 'cdn-sync-61aa.harbour-metrics.workers.dev',
    url: null,
    platform: 'cloudflare-workers',
    provider: 'Cloudflare',
    kind: 'edge',
    tenant: 'harbour-metrics',
    function: 'cdn-sync-61aa',
    region: null,
    granularity: 'function',
    blockable: true,
    ...change,
  };
}

const rows = (file: string, first: number, every: number, n: number) =>
  Array.from({ length: n }, (_, i) => ({ file, line: 1204 + i * 37, time: iso(first + i * every) }));

function evidence(change: Partial<Evidence>): Evidence {
  return {
    class: 'intelligence',
    where: 'dns.query',
    weight: 4.1,
    summary: 'Northwind CERT lists cdn-sync-61aa.harbour-metrics.workers.dev exactly, valid and known at the contact.',
    indicator: citation({}),
    events: rows('zeek/dns.2026-10-02.log.gz', START + 11 * DAY + 28_980_000, 301_000, 5),
    rows_total: 214,
    ...change,
  };
}

/** A finding with contacts on `days` days from `from` days after the start of the logs. */
function finding(id: string, from: number, days: number, change: Partial<Finding>): Finding {
  const first = START + from * DAY + 28_980_000;
  const by_day = Array.from({ length: days }, (_, i) => ({
    day: dayOf(first + i * DAY),
    contacts: 40 + ((i * 37 + from * 11) % 61) - (i % 7 === 4 ? 38 : 0),
  }));
  return {
    id,
    level: 'finding',
    severity: 'high',
    score: 0.91,
    internal: { ip: '10.40.3.17', host: 'ws-finance-07' },
    endpoint: endpoint({}),
    first_seen: iso(first),
    last_seen: iso(first + (days - 1) * DAY + 33_120_000),
    contacts: by_day.reduce((sum, d) => sum + d.contacts, 0),
    by_day,
    bytes_out: 4_812_330,
    bytes_in: 912_004,
    evidence: [evidence({})],
    attack: ['T1584.007', 'T1583.007', 'T1071.001'],
    not_evaluable: ['http.url: no proxy or inspected TLS log covers this host'],
    would_change: [
      'A statement of the owner that harbour-metrics is an account of your own would turn this to benign.',
    ],
    next_steps: [
      'Isolate or watch ws-finance-07 (10.40.3.17) and keep its memory before it is restarted.',
      'Look on the host for the process behind connections to cdn-sync-61aa.harbour-metrics.workers.dev.',
      'Block the account harbour-metrics.workers.dev, not workers.dev: the apex serves other customers.',
    ],
    ...change,
  };
}

function sampleFindings(): Finding[] {
  const beat = evidence({
    class: 'behaviour',
    where: 'flow.time',
    weight: 1.3,
    summary: 'Contacts come every 301 seconds with 4% jitter, by night and on Sundays too.',
    events: rows('zeek/conn.2026-10-02.log.gz', START + 11 * DAY + 28_980_000, 301_000, 3),
    rows_total: 1488,
  });
  const { indicator: _none, ...beatAlone } = beat;
  const lambda = '7dqtdjxfycaqhjvc2qmx5js4aq0juygw.lambda-url.us-east-1.on.aws';
  const script = 'https://script.google.com/macros/s/AKfycbxQ0Zr7uT9bV2kWn1sLh4gYcE8mPpD3aJfXo6iRtK/exec';
  return [
    finding('f-7b1c', 9, 34, {
      severity: 'critical',
      score: 0.982,
      evidence: [evidence({}), evidence({ where: 'tls.sni', weight: 0.3, rows_total: 190 }), beatAlone],
    }),
    finding('f-22ad', 21, 1, {
      score: 0.94,
      contacts: 1,
      by_day: [{ day: dayOf(START + 21 * DAY), contacts: 1 }],
      last_seen: iso(START + 21 * DAY + 28_980_000),
      internal: { ip: '10.40.8.101', host: null },
      endpoint: endpoint({
        host: lambda,
        platform: 'aws-lambda-url',
        provider: 'Amazon Web Services',
        kind: 'faas',
        tenant: null,
        function: lambda.slice(0, 32),
        region: 'us-east-1',
      }),
      evidence: [
        evidence({
          where: 'tls.sni',
          weight: 3.2,
          summary: `Contagion list names ${lambda} exactly; it was recorded 16 days after the contact.`,
          indicator: citation({
            value: lambda,
            source: 'Contagion list',
            licence: null,
            confidence: null,
            recorded: '2026-10-28T00:00:00Z',
            standing: 'learned-later',
            description: null,
          }),
          events: rows('suricata/eve.json', START + 21 * DAY + 28_980_000, 1, 1),
          rows_total: 1,
        }),
      ],
    }),
    finding('f-9e01', 12, 5, {
      score: 0.9,
      internal: { ip: '10.40.5.44', host: 'ws-design-02' },
      endpoint: endpoint({
        host: 'script.google.com',
        url: script,
        platform: 'google-apps-script',
        provider: 'Google',
        kind: 'app',
        tenant: null,
        function: 'AKfycbxQ0Zr7uT9bV2kWn1sLh4gYcE8mPpD3aJfXo6iRtK',
        granularity: 'deployment',
        blockable: false,
      }),
      evidence: [
        evidence({
          where: 'http.url',
          weight: 3.9,
          summary: `CERT event 4411 lists the deployment ${script}.`,
          indicator: citation({ value: script, kind: 'url', source: 'CERT event 4411', match: 'url' }),
          events: rows('squid/access.log', START + 12 * DAY + 28_980_000, 7_200_000, 4),
          rows_total: 31,
        }),
        {
          class: 'benign',
          where: 'http.host',
          weight: -0.8,
          summary: '19 of 48 internal hosts use script.google.com; the shared host itself says nothing.',
          events: [],
          rows_total: 0,
          guard: 'shared host: only the path names the deployment',
        },
      ],
    }),
    finding('f-c410', 30, 12, {
      severity: 'medium',
      score: 0.71,
      internal: { ip: '10.40.3.17', host: 'ws-finance-07' },
      endpoint: endpoint({
        host: 'portal-status.azurewebsites.net',
        platform: 'azure-app-service',
        provider: 'Microsoft',
        kind: 'app',
        tenant: 'portal-status',
        function: null,
        granularity: 'tenant',
      }),
      evidence: [
        evidence({
          where: 'dns.answer',
          weight: 2.4,
          summary: 'status.harbour-tools.example answers with the listed name portal-status.azurewebsites.net.',
          indicator: citation({ value: 'portal-status.azurewebsites.net', source: 'sensor.intel', confidence: 60 }),
        }),
      ],
    }),
  ];
}

function sampleLeads(): Finding[] {
  const beat: Evidence = {
    class: 'behaviour',
    where: 'flow.time',
    weight: 1.1,
    summary: 'Regular contacts every 60 seconds; 1 host of 48 does this.',
    events: rows('zeek/conn.2026-10-02.log.gz', START + 11 * DAY, 60_000, 3),
    rows_total: 20_160,
    guard: 'behaviour alone is at most a lead',
  };
  return [
    finding('l-1', 3, 40, {
      level: 'lead',
      severity: 'low',
      score: 0.42,
      internal: { ip: '10.40.6.9', host: 'build-01' },
      endpoint: endpoint({
        host: 'telemetry-v5g3dyhvdq-uc.a.run.app',
        platform: 'google-cloud-run',
        provider: 'Google',
        tenant: 'v5g3dyhvdq',
        function: 'telemetry',
      }),
      evidence: [beat],
    }),
    finding('l-2', 40, 2, {
      level: 'lead',
      severity: 'informational',
      score: 0.2,
      internal: { ip: '10.40.3.17', host: 'ws-finance-07' },
      endpoint: endpoint({ host: 'img-02.harbour-metrics.workers.dev', function: 'img-02' }),
      evidence: [
        evidence({
          weight: 0.9,
          summary: 'Another function of the account harbour-metrics, one of whose functions is listed.',
          indicator: citation({ match: 'same-account' }),
          guard: 'the account may be shared: only another function of it is listed',
        }),
      ],
    }),
  ];
}

const platformFacts: readonly (readonly [string, string, 'yes' | 'partly' | 'no'])[] = [
  ['cloudflare-workers', 'Cloudflare', 'yes'],
  ['cloudflare-pages', 'Cloudflare', 'yes'],
  ['aws-lambda-url', 'Amazon Web Services', 'yes'],
  ['aws-api-gateway', 'Amazon Web Services', 'partly'],
  ['google-cloud-run', 'Google', 'yes'],
  ['google-apps-script', 'Google', 'partly'],
  ['google-cloud-functions', 'Google', 'no'],
  ['azure-app-service', 'Microsoft', 'yes'],
  ['tencent-scf', 'Tencent', 'yes'],
  ['webhook-site', 'Webhook.site', 'no'],
];
const whyVisible = {
  yes: 'the host name carries the tenant: DNS queries and TLS server names show it',
  partly: 'only the proxied hosts (12 of 48) have URL paths, and the path names the tenant',
  no: 'the tenant stands in the URL path, and no log here has paths for it',
};

/** A hunt of 43 days: four findings, two leads, three log formats, two refused lines. */
export function sampleDocument(change: Partial<HuntDocument> = {}): HuntDocument {
  return {
    virga: '1.0.0',
    run: {
      id: 'run-20261124-080000-3f9c',
      started: '2026-11-24T08:00:00.120Z',
      finished: '2026-11-24T08:00:41.930Z',
      as_of: '2026-11-24T08:00:00Z',
    },
    telemetry: {
      files: 131,
      read: 3_219_534,
      accepted: 3_219_530,
      refused: 4,
      start: iso(START),
      end: iso(START + 43 * DAY - 1000),
      internal_hosts: 48,
    },
    intel: {
      files: 5,
      indicators: 8518,
      active: 8400,
      expired: 96,
      not_yet_valid: 2,
      not_for_detection: 20,
      refused: 3,
      by_kind: { domain: 6100, url: 1410, ipv4: 822, cidr: 12, ja4: 40, hash: 134 },
      by_platform: { 'cloudflare-workers': 1460, 'cloudflare-pages': 3105, 'aws-lambda-url': 6, 'tencent-scf': 1179 },
      sources: [
        {
          name: 'Northwind CERT',
          from: 'given',
          licence: 'CC-BY-4.0',
          indicators: 2200,
          newest: '2026-11-20T00:00:00Z',
        },
        { name: 'Contagion list', from: 'workspace', licence: null, indicators: 6100, newest: '2026-10-28T00:00:00Z' },
        { name: 'sensor.intel', from: 'given', licence: null, indicators: 218, newest: null },
      ],
      guarded: [
        {
          value: 'pages.dev',
          source: 'Contagion list',
          why: 'shared apex: every customer of the platform is under it',
        },
        { value: '104.21.7.9', source: 'sensor.intel', why: 'edge address that serves many tenants' },
        { value: '8.8.8.8', source: 'Contagion list', why: 'public resolver' },
      ],
      warning_lists: [{ name: 'Ours', version: '7' }],
      feeds: [],
    },
    findings: sampleFindings(),
    leads: sampleLeads(),
    clusters: [sampleCluster(sampleFindings())],
    observations: {
      platforms: platformFacts.slice(0, 8).map(([platform, provider], i) => ({
        platform,
        provider,
        tenants: 61 - i * 7,
        internal_hosts: 48 - i * 5,
        events: 91_300 - i * 11_000,
      })),
      own_candidates: [
        {
          name: 'cloudflare-workers:harbour-tools',
          why: 'status.harbour-tools.workers.dev bears the label harbour-tools of your own domain',
          sources: 14,
        },
      ],
    },
    coverage: {
      statement: [
        'Three log formats of 48 internal hosts were read, from 2026-09-21 to 2026-11-02 (UTC).',
        'URL paths were seen for 12 of 48 hosts: elsewhere Apps Script and Cloud Functions cannot be told apart by tenant.',
        'Code, operators and back ends of a function are never visible from here.',
        'No hit is no proof of absence.',
      ],
      telemetry: [
        {
          format: 'zeek.dns',
          files: 43,
          events: 1_900_211,
          start: iso(START),
          end: iso(START + 43 * DAY - 1000),
          internal_hosts: 48,
          sees: ['dns.query', 'dns.answer'],
          blind_to: ['names asked for by DNS over HTTPS', 'what follows the question'],
          gaps_hours: 6,
        },
        {
          format: 'zeek.ssl',
          files: 43,
          events: 1_008_400,
          start: iso(START),
          end: iso(START + 43 * DAY - 1000),
          internal_hosts: 48,
          sees: ['tls.sni', 'tls.ja4', 'flow.ip'],
          blind_to: ['server names hidden by ECH', 'URL paths'],
          gaps_hours: 6,
        },
        {
          format: 'squid.combined',
          files: 45,
          events: 310_919,
          start: iso(START + 2 * DAY),
          end: iso(START + 43 * DAY - 1000),
          internal_hosts: 12,
          sees: ['http.host', 'http.url', 'http.user_agent'],
          blind_to: ['TLS that is not inspected: only the CONNECT host'],
          gaps_hours: 0,
        },
      ],
      platforms: platformFacts.map(([platform, , visible], i) => ({
        platform,
        visible,
        why: whyVisible[visible],
        indicators: 1460 - i * 140,
        contacts: 900 - i * 77,
      })),
      detection_limits: [
        'A beacon with fewer than 24 contacts is not called regular.',
        'Addresses of shared edges never convict: 3 indicators are guarded.',
      ],
    },
    refused: {
      total: 4,
      reasons: { 'bad-timestamp': 3, 'over-long-line': 1 },
      examples: [
        { file: 'zeek/dns.2026-10-02.log.gz', line: 12, reason: 'bad-timestamp', detail: 'ts is "-"' },
        { file: 'squid/access.log', line: 90_117, reason: 'over-long-line', detail: 'line of 2,097,152 bytes' },
      ],
    },
    ...change,
  };
}

/** Findings as one operation. */
function sampleCluster(of: readonly Finding[]): Cluster {
  const [top] = of;
  if (!top) throw new Error('a cluster has members');
  return {
    id: 'cluster--0f2b',
    ...{ level: top.level, severity: top.severity, score: top.score },
    findings: of.map((f) => f.id),
    internal: [...new Set(of.map((f) => f.internal.ip))],
    endpoints: [...new Set(of.map((f) => f.endpoint.host ?? ''))],
    ...{ first_seen: top.first_seen, last_seen: top.last_seen, contacts: 412 },
    shared: [
      { by: 'tenant', value: 'cloudflare-workers:harbour-metrics', findings: 2 },
      { by: 'cadence', value: '10.40.2.17 on cloudflare-workers about every 5 min', findings: 2 },
    ],
  };
}

/** The same hunt without findings and leads. */
export function emptyDocument(): HuntDocument {
  return sampleDocument({ findings: [], leads: [], clusters: [] });
}

const pick = <T>(list: readonly T[], i: number, otherwise: T): T => list[i % list.length] ?? otherwise;

/** A hunt with many findings and leads on 60 internal hosts, sorted by score. */
export function largeDocument(findings: number, leads: number): HuntDocument {
  const severity: readonly Severity[] = ['critical', 'high', 'high', 'medium', 'medium', 'low'];
  const make = (level: 'finding' | 'lead', i: number, all: number): Finding =>
    finding(`${level}-${i}`, (i * 7) % 30, 1 + (i % 13), {
      ...pick(sampleFindings(), i, finding('none', 0, 1, {})),
      id: `${level}-${i}`,
      level,
      severity: pick(severity, Math.floor((i * severity.length) / all), 'low'),
      score: 0.99 - (0.6 * i) / all,
      internal: { ip: `10.40.${i % 6}.${10 + (i % 60)}`, host: i % 3 === 0 ? null : `ws-${100 + (i % 60)}` },
      endpoint: endpoint({ host: `fn-${i}.account-${i % 97}.workers.dev`, tenant: `account-${i % 97}` }),
    });
  return sampleDocument({
    findings: Array.from({ length: findings }, (_, i) => make('finding', i, findings)),
    leads: Array.from({ length: leads }, (_, i) => make('lead', i, leads)),
    clusters: [],
  });
}

/** The document with every text in it (not the fixed words of the model) replaced by `change(text)`. */
export function withTexts(document: HuntDocument, change: (text: string) => string): HuntDocument {
  const fixed = new Set(['level', 'severity', 'class', 'standing', 'match', 'visible', 'by']);
  const changed: HuntDocument = JSON.parse(JSON.stringify(document), (key, value) =>
    typeof value === 'string' && !fixed.has(key) ? change(value) : value,
  );
  const { reasons } = changed.refused;
  const { by_kind, by_platform } = changed.intel;
  const rename = (record: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(record).map(([key, n]) => [change(key), n]));
  return {
    ...changed,
    intel: { ...changed.intel, by_kind: rename(by_kind), by_platform: rename(by_platform) },
    refused: { ...changed.refused, reasons: rename(reasons) },
  };
}

/** Texts that try to break out of each medium. */
export const hostileTexts: readonly string[] = [
  '<script>globalThis.broken = 1</script>',
  '"><img src=x onerror="globalThis.broken = 1">',
  "' onmouseover='globalThis.broken = 1' x='",
  '</title></svg></style></script><iframe src="https://evil.example/"></iframe>',
  'javascript:globalThis.broken=1',
  '\u001b[2J\u001b[31mall clear\u001b[0m \u009b31m \u0007 \b\b\b \r\n| --- |\n# No findings',
  'invoice\u202efdp.exe\u2066 \u200b\u{e0041}',
  '`code` | pipe | [link](javascript:alert(1)) ![img](https://evil.example/x.png) **bold** @everyone {{ 7*7 }} $x$',
  '\ud800 half a pair',
  `${'very-long-label-'.repeat(400)}.workers.dev`,
  'العربية שלום',
  '',
];

/** Pieces that mean something to HTML, SVG, Markdown, a terminal or a URL; tests join them at random. */
export const hostilePieces: readonly string[] = [
  ...['<', '>', '"', "'", '&', '`', '|', '[', ']', '(', ')', '\\', '\n', '\r', '\t', '\u0000', '\u001b[31m', '\u009b'],
  ...[
    '\u202e',
    '\u200b',
    '\u2028',
    '\ud800',
    '\udc00',
    '<script>',
    '</script',
    '-->',
    '<!--',
    '</style>',
    ']]>',
    '&lt;',
  ],
  ...['javascript:', 'http://x.example/', 'www.x.example', '@', '*', '_', '#', '{', '}', '$', '~', '!', '=', '-', '+'],
  ...[' ', 'a', '.', '1.', '漢字', '🜁', 'é', 'T1584.007', 'https://attack.mitre.org/', 'onload=', 'style='],
];
