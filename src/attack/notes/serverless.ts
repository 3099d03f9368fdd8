import type { AnalystNote } from '../../model/analyst-note.ts';

/** Our notes on the analytics, strategies and techniques of serverless infrastructure. */
const base = { revision: 0, author: 'Virga', written: '2026-11-24' } as const;

const attack = (path: string, title: string) => ({
  title: `MITRE ATT&CK 19.1: ${title}`,
  url: `https://attack.mitre.org/${path}`,
  checked: '2026-11-24',
});
const threatConnect = {
  title: 'ThreatConnect: Infrastructure Research and Hunting: Boiling the Domain Ocean (2020-12-15), cited by MITRE',
  url: 'https://threatconnect.com/blog/infrastructure-research-hunting/',
  checked: '',
};

/** Techniques whose traces stand beside contact with an adversary's function, in the order of an intrusion. */
const lifecycle = [
  ...[
    'T1566.002',
    'T1189',
    'T1105',
    'T1071.001',
    'T1132',
    'T1001',
    'T1573',
    'T1102',
    'T1102.001',
    'T1090.004',
    'T1568',
    'T1008',
  ],
  ...[
    'T1029',
    'T1030',
    'T1567',
    'T1041',
    'T1048',
    'T1059',
    'T1218',
    'T1127.002',
    'T1574',
    'T1078',
    'T1528',
    'T1580',
    'T1648',
  ],
  ...['T1098', 'T1021', 'T1003'],
];

const telemetry = [
  'DNS queries with answers: the queried name names platform and tenant on most platforms; CNAME answers show functions behind a custom domain.',
  'Web proxy or inspected TLS: host, URL path, method, user agent, sizes. Platforms that keep the tenant in the path (Google Apps Script, for one) are visible nowhere else.',
  'TLS handshakes: server name, and the fingerprint of the client (JA4), which can contradict the user agent.',
  'Connection records: bytes each way, duration, rhythm. By themselves they name only a shared edge.',
  'Responses recorded by internet scans of the endpoints: headers, body hashes, redirect targets. This is the one log source that MITRE names for these analytics.',
];

const detection = [
  'Start from the tenant in the host name, path or CNAME, never from the platform: the platform is shared with everybody.',
  'Ask for two kinds of evidence before a finding: an intelligence link or a known trait of adversary software, and beside it behaviour or a stage of the intrusion.',
  'Compare requests and responses with what known software leaves: URI templates, header order, cookie and parameter shapes, default sleep and jitter, fixed body sizes.',
  'Hunt again over stored events when intelligence arrives: most endpoints are published after their use.',
  'Group by tenant key when names rotate: a new function of the same account is the same story.',
];

const mitigation = [
  'Keep DNS answers, proxy URLs and connection records long enough to look back: months, not days.',
  'Inspect TLS where policy allows, at least for platforms whose tenant stands in the path.',
  'Block or alert on the exact host, path or tenant; never on the platform or on a shared edge address.',
  'Let servers reach only the functions that they need; few of them need any.',
  'Keep a list of your own functions and accounts, so that they are known and their misuse stands out.',
];

const limits = [
  'Creation of a function, the operator’s access, its code and what lies behind it happen outside your network and cannot be seen.',
  'Whether an endpoint was acquired (T1583.007) or compromised (T1584.007) cannot be told from your traffic.',
  'A custom domain without a visible CNAME, encrypted ClientHello and DNS over HTTPS hide the tenant.',
  'Long sleeps leave too few contacts a day for any test of rhythm.',
  'No hit is no proof of absence.',
];

const analytic: AnalystNote = {
  ...base,
  about: ['AN1996', 'AN1961'],
  executive_priority:
    'High for organisations that attract patient adversaries: serverless functions are cheap, trusted by filters and used for command and control. No product setting detects this alone; what pays is evidence kept at home and a team that can read it.',
  technical_view:
    'Infected machines talk to a function under the provider’s own domain. The function answers itself or relays to a hidden server. Certificate, address and registrable domain belong to the provider, so reputation and domain age say nothing; the tenant part of the name, the path, and how the software speaks are what is left.',
  likely_telemetry: telemetry,
  detection_direction: detection,
  mitigation_priorities: mitigation,
  notes: [
    'AN1996 and AN1961 carry the same text. AN1961 belongs to acquired, AN1996 to compromised serverless infrastructure; one hunt serves both.',
    'Some mirrors show AN1996 without relations. In MITRE’s bundle DET0864 refers to it, and DET0864 detects T1584.007.',
    'The analytic names a log source, "Internet Scan" of the data component Response Content: comparing responses of suspect endpoints is part of it, besides your own logs.',
    'The cited ThreatConnect method looks for infrastructure that adversaries register themselves; for compromised functions it holds only in part.',
  ],
  limits,
  related: lifecycle,
  sources: [
    attack('detectionstrategies/DET0864#AN1996', 'AN1996'),
    attack('detectionstrategies/DET0829#AN1961', 'AN1961'),
    threatConnect,
  ],
};

const strategy: AnalystNote = {
  ...base,
  about: ['DET0864', 'DET0829'],
  executive_priority:
    'Plan for it as a question to your telemetry, not as a rule to switch on: can you recognise functions, name their tenant, and keep the proof?',
  technical_view:
    'The strategy holds one analytic and no ready logic. It is met when known or suspected traits of adversary infrastructure can be compared with what your network really did: lookups, requests, connections, and intelligence matches.',
  likely_telemetry: telemetry,
  detection_direction: [
    'Recognise the platform and the tenant in every name that leaves your network, then rank by evidence.',
    'Write down for each platform whether your logs can show its tenant at all; claim no coverage where they cannot.',
  ],
  mitigation_priorities: mitigation.slice(0, 3),
  notes: ['DET0829 (acquired) and DET0864 (compromised) ask for the same telemetry and the same hunt.'],
  limits,
  related: [],
  sources: [attack('detectionstrategies/DET0864', 'DET0864'), attack('detectionstrategies/DET0829', 'DET0829')],
};

const acquired: AnalystNote = {
  ...base,
  about: ['T1583.007'],
  executive_priority:
    'Medium to high: a free account and a minute are enough to set it up, and takedown takes days. Expect it in targeted intrusions and in ordinary crime.',
  technical_view:
    'The adversary opens an account of their own at a provider and deploys a function. All of that account’s functions share a tenant key (account subdomain, application id, project), which is the best pivot there is: one proven function convicts its neighbours far more than its platform.',
  likely_telemetry: telemetry,
  detection_direction: [
    'Pivot on the tenant key: other functions of the account, the same URI template, the same response.',
    'A tenant that nobody in your organisation contacted before, first seen from one machine, is worth a look when something else speaks against it.',
  ],
  mitigation_priorities: mitigation,
  notes: [
    'MITRE’s only procedure example up to 19.1 is campaign C0040 (APT41 DUST), with Cloudflare Workers.',
    'Report the function to its provider with the exact host and time; keep your evidence first.',
  ],
  limits,
  related: lifecycle,
  sources: [attack('techniques/T1583/007/', 'T1583.007'), attack('campaigns/C0040/', 'C0040 APT41 DUST')],
};

const compromised: AnalystNote = {
  ...base,
  about: ['T1584.007'],
  executive_priority:
    'High where you run functions yourself: yours may be the next relay. Elsewhere as for acquired functions, with one difference: the tenant has an honest past, and blocking it may hurt an honest business.',
  technical_view:
    'The adversary takes over somebody’s account or function and adds their own handler. Name, age and reputation stay good. What changes is behaviour: new paths, another client fingerprint, other sizes and rhythm on a host that was known for months.',
  likely_telemetry: [
    ...telemetry,
    'For functions of your own: the provider’s control plane (created or changed functions, public URLs without authentication, new keys).',
  ],
  detection_direction: [
    'Look for change in an old relation: paths, user agents, JA4, response sizes that the host never had before.',
    'Watch your own accounts for new public functions (T1648, T1580, T1098): that is this technique from the other side.',
    'Treat an indicator with an expiry date: a cleaned-up tenant becomes honest again.',
  ],
  mitigation_priorities: [
    'Guard deployment keys and cloud accounts; demand authentication on functions of your own.',
    ...mitigation.slice(0, 3),
    'Tell the tenant’s owner besides the provider: they are a victim too.',
  ],
  notes: [
    'Up to release 19.1 MITRE lists no procedure example for this technique: absence there says nothing about its use.',
  ],
  limits,
  related: lifecycle,
  sources: [attack('techniques/T1584/007/', 'T1584.007')],
};

export const serverless: readonly AnalystNote[] = [analytic, strategy, acquired, compromised];
