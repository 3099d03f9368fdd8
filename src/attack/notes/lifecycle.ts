import type { AnalystNote } from '../../model/analyst-note.ts';

/**
 * Techniques whose traces stand beside contact with an adversary's function: what shows them, and what they are worth
 * beside such a contact. Written by us, 2026-11-24.
 */
type Beside = {
  readonly about: readonly string[];
  /** What it means beside a suspected function. */
  readonly view: string;
  readonly shown: readonly string[];
  readonly look: readonly string[];
  readonly priority: string;
  readonly limit: string;
  readonly first: readonly string[];
};

const beside: readonly Beside[] = [
  {
    about: ['T1566.002', 'T1189'],
    view: 'A link or a visited page leads to a function that serves the payload.',
    shown: ['Mail gateway', 'Proxy: referrer, download'],
    look: [
      'The first visit to a tenant comes from a mail client or webmail referrer, and a file follows within minutes.',
    ],
    priority: 'Raises the suspicion of payload staging; act before anything is executed.',
    limit: 'Referrers are often stripped, and the mail may have been read outside your network.',
    first: ['Rewrite or detonate links in mail; hold downloads of executables from function platforms.'],
  },
  {
    about: ['T1105'],
    view: 'Tools are fetched through the function, which hides where they come from.',
    shown: ['Proxy: content type, file name, size', 'Endpoint: new file, new process'],
    look: [
      'Executables, archives or scripts from a function host, a content type that contradicts the name, a client that is no browser.',
      'A new process shortly after the download makes it strong.',
    ],
    priority: 'High when a process follows: the intrusion is under way.',
    limit: 'Without inspected TLS only the size of the transfer is left.',
    first: ['Let only software distribution fetch executables; alert on the rest.'],
  },
  {
    about: ['T1071.001'],
    view: 'Command and control over HTTP(S) is what most adversary functions carry.',
    shown: ['Proxy or inspected TLS', 'TLS fingerprint', 'Connection rhythm'],
    look: [
      'Regular small requests, uploads after a task, one or two URI templates and no sub-resources.',
      'A user agent that the machine or its TLS fingerprint contradicts.',
    ],
    priority: 'The core of this hunt.',
    limit: 'Telemetry of honest software beats as regularly; rhythm alone is never more than a lead.',
    first: ['Route all web traffic through a proxy that logs URLs and user agents.'],
  },
  {
    about: ['T1132', 'T1001'],
    view: 'Tasks and results travel encoded, or dressed as something else.',
    shown: ['URLs, headers, cookies, bodies of inspected TLS'],
    look: [
      'A cookie or parameter of constant length and high entropy, fixed text before and after it, or the shape of a known profile.',
    ],
    priority: 'Strong where URLs and headers can be seen.',
    limit: 'Invisible without inspected TLS.',
    first: ['Keep request headers for the function platforms at least.'],
  },
  {
    about: ['T1573'],
    view: 'The channel to the function is TLS anyway, and often encrypted once more inside.',
    shown: ['TLS handshake: JA4, server name', 'Process that connects'],
    look: ['A client fingerprint of known adversary software, or one that this program never had.'],
    priority: 'Medium: fingerprints of common libraries collide.',
    limit: 'Software that uses the system’s TLS or imitates a browser cannot be told apart.',
    first: ['Record JA4 at the edge.'],
  },
  {
    about: ['T1102', 'T1102.001'],
    view: 'The address of the function is read from a document, a calendar or a paste, so that it can be changed at will.',
    shown: ['Proxy and DNS, in sequence'],
    look: [
      'Contact with such a service minutes before the first contact with a function that nobody visited before, from the same machine or process.',
    ],
    priority: 'Strong as a sequence, nothing alone.',
    limit: 'The services are in daily use; only order and rarity speak.',
    first: ['Block services that nobody needs for work.'],
  },
  {
    about: ['T1090.004'],
    view: 'The visible name is honest, the requested host inside is the function.',
    shown: ['Inspected TLS: server name against Host header'],
    look: ['A server name or DNS name that differs from the HTTP host, on a platform that permits it.'],
    priority: 'Strong where it can be seen at all.',
    limit: 'Needs inspected TLS; most providers refuse it today.',
    first: ['Let the proxy refuse requests whose host differs from the server name.'],
  },
  {
    about: ['T1568', 'T1008'],
    view: 'When one function is taken down, the next takes over.',
    shown: ['DNS with response codes', 'Proxy with status codes'],
    look: [
      'One machine walks from tenant to tenant with the same URI template or rhythm, after failed lookups or 403, 404 and 5xx answers.',
    ],
    priority: 'Strong: it ties rotating names into one story.',
    limit: 'Names that change daily stay under every threshold for a single name.',
    first: ['Group alerts by tenant key and by URI template, not by host name.'],
  },
  {
    about: ['T1029', 'T1030'],
    view: 'Data leaves in fixed portions or at fixed hours.',
    shown: ['Connection records: bytes and times'],
    look: ['Uploads of equal size, or regularity outside of working hours.'],
    priority: 'Supports a suspicion.',
    limit: 'Backups and synchronisation look alike.',
    first: ['Know which machines may upload at night.'],
  },
  {
    about: ['T1567', 'T1041', 'T1048'],
    view: 'Results and stolen data leave through the function, or right after it through a storage service.',
    shown: ['Connection records: bytes out against bytes in', 'Proxy: methods and sizes'],
    look: ['Far more bytes out than in to a function, or to a storage service shortly after contact with one.'],
    priority: 'High: a late stage.',
    limit: 'What was in it cannot be told without inspection.',
    first: ['Limit uploads by volume and by destination.'],
  },
  {
    about: ['T1059', 'T1218', 'T1127.002', 'T1574'],
    view: 'Scripts, signed binaries and side-loaded libraries are what opens the connection.',
    shown: ['Endpoint: process creation, module loads'],
    look: [
      'PowerShell, mshta, a ClickOnce child or a signed program from an odd folder as the process behind the contact.',
    ],
    priority: 'Turns a network suspicion into a case.',
    limit: 'Needs endpoint telemetry.',
    first: ['Collect process and module events with the network connection of each.'],
  },
  {
    about: ['T1078', 'T1528'],
    view: 'The function serves a sign-in page or collects tokens.',
    shown: ['Identity provider: sign-ins, device codes, consents'],
    look: ['A visit to a function, then a device-code page, then a sign-in from a new network.'],
    priority: 'High: an account is at stake.',
    limit: 'Needs identity logs.',
    first: ['Disable device codes and user consent where they are not needed.'],
  },
  {
    about: ['T1580', 'T1648', 'T1098'],
    view: 'Your own cloud account becomes the adversary’s infrastructure: T1584.007 from the other side.',
    shown: ['Cloud control plane: functions, URLs, keys, roles'],
    look: ['A function URL without authentication, a new worker or route, a key that nobody asked for.'],
    priority: 'High: others will see you as the source.',
    limit: 'Another class of evidence than traffic; this hunt only points to it.',
    first: ['Alert on public functions and on new keys in every account that you own.'],
  },
  {
    about: ['T1021', 'T1003'],
    view: 'After the first contact the adversary moves inside.',
    shown: ['Internal connections, authentication, endpoint'],
    look: ['New internal connections or credential access from the machine soon after its first contact.'],
    priority: 'Raises the severity of everything else.',
    limit: 'Outside of what web and DNS logs show.',
    first: ['Isolate the machine before it spreads.'],
  },
];

export const lifecycle: readonly AnalystNote[] = beside.map(({ about, view, shown, look, priority, limit, first }) => ({
  ...{ about, revision: 0, author: 'Virga', written: '2026-11-24' },
  ...{ executive_priority: priority, technical_view: view, likely_telemetry: shown, detection_direction: look },
  ...{ mitigation_priorities: first, notes: [], limits: [limit], related: [] },
  sources: about.map((id) => ({
    title: `MITRE ATT&CK 19.1: ${id}`,
    url: `https://attack.mitre.org/techniques/${id.replace('.', '/')}/`,
    checked: '2026-11-24',
  })),
}));
