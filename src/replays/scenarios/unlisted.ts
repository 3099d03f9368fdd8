/** Endpoints that no list knows: what the software looks like, or how it behaves, must tell. */
import { agents } from '../agents.ts';
import { day, hour, minute } from '../company.ts';
import { nameOn, oddPath } from '../names.ts';
import type { Asked, Plant, Scenario, Setting } from '../plant.ts';
import { type Agent, beats, call, type Visit } from '../visit.ts';
import {
  afternoon,
  begin,
  calls,
  LEAST_BEATS,
  NAMED,
  OPENED,
  plantOf,
  poll,
  post,
  type Rhythm,
  rhythmOf,
  toolOf,
} from './parts.ts';

/** A rhythm with so many beats is asked for wherever its host is named. */
const rhythmic = (visits: readonly Visit[]): Asked[] =>
  visits.length >= LEAST_BEATS ? [{ level: 'lead', anyOf: NAMED }] : [];

const channel = (s: Setting, about: { rhythm: Rhythm; start: number; agent: Agent }): Plant => {
  const host = nameOn(s.platform, s.random);
  const visits = calls(s, host, { ...about, request: post });
  return plantOf(s, visits, { ...about.rhythm, hosts: [host], asks: rhythmic(visits) });
};

export const beacon: Scenario = {
  id: 'beacon',
  says: 'a function on no list is called with a rhythm, by software that nobody knows',
  make: (s) => channel(s, { rhythm: rhythmOf(s), start: begin(s), agent: toolOf(s) }),
};

/** The same with everything set, from the first period of the logs on: to measure where rhythm ends. */
export const beaconOf = (rhythm: Rhythm, agent: Agent): Scenario => ({
  ...beacon,
  make: (s) => channel(s, { rhythm, agent, start: s.from + s.random.int(0, rhythm.period * 1000) }),
});

export const knownSoftware: Scenario = {
  id: 'known-software',
  says: 'a function on no list, but paths, user agent and rhythm are those of a given profile',
  make: (s) => {
    const host = nameOn(s.platform, s.random);
    const agent = {
      name: `Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 5.2; ${s.random.text('ABCDEFGHKLMNPRSTVWXZ', 3)} ${s.random.int(1, 9)}.1)`,
      ja4: 't12d190600_6f3b1c0e8a27_1d4e9b52c7f0',
    };
    const rhythm = { period: 300, jitter: 20 };
    const [pollPath, sendPath] = [oddPath(s.random), oddPath(s.random)];
    const visits = beats(s.random, begin(s), s.to, rhythm.period * 1000, rhythm.jitter)
      .filter((at) => at < s.to)
      .map((at, n) =>
        call(at, s.victim, host, n % 9 === 5 ? { ...post, path: sendPath } : { ...poll, path: pollPath }, agent),
      );
    return plantOf(s, visits, {
      ...rhythm,
      hosts: [host],
      profile: {
        says: 'made up for this replay: nobody has such software',
        sleep: rhythm.period * 1000,
        jitter: rhythm.jitter,
        agent: agent.name,
        poll: pollPath,
        send: sendPath,
      },
      asks: [{ level: 'finding', anyOf: OPENED }, ...rhythmic(visits)],
    });
  },
};

export const rotation: Scenario = {
  id: 'rotation',
  says: 'one host walks through throw-away tunnels, one after the other, with the same path',
  make: (s) => {
    const hosts = [0, 1, 2, 3].map(() => nameOn('cloudflare-quick-tunnel', s.random));
    const path = oddPath(s.random);
    const start = afternoon(s) - 4 * hour;
    const visits = hosts.flatMap((host, n) =>
      beats(s.random, start + n * 2 * hour, start + (n + 1) * 2 * hour - 20 * minute, 9 * minute, 30).map((at) =>
        call(at, s.victim, host, { ...post, path }, agents.go),
      ),
    );
    return plantOf(s, visits, {
      platform: 'cloudflare-quick-tunnel',
      hosts,
      asks: [{ level: 'lead', anyOf: [['tls.sni', 'tls.ja4'], ['http.url']] }],
    });
  },
};

export const deadDrop: Scenario = {
  id: 'dead-drop',
  says: 'a program reads a public document and at once meets a function for the first time',
  make: (s) => {
    const host = nameOn(s.platform, s.random);
    const at = afternoon(s);
    const visits = [
      call(
        at,
        s.victim,
        'docs.google.com',
        { path: `/document/d/${s.random.text('abcdefghijkmnpqrstuvwxyz', 30)}/export`, got: 900 },
        agents.python,
      ),
      ...[40_000, 9 * minute, 31 * minute].map((after) => call(at + after, s.victim, host, post, agents.python)),
    ];
    return plantOf(s, visits, {
      hosts: [host],
      asks: [{ level: 'lead', anyOf: [['tls.sni', 'tls.ja4'], ...OPENED] }],
    });
  },
};

export const delivery: Scenario = {
  id: 'delivery',
  says: 'a script fetches a program from a function',
  make: (s) => {
    const host = nameOn(s.platform, s.random);
    const program = `/files/${s.random.text('abcdefghkmnprst', 7)}.exe`;
    const request = { path: program, got: 840_000, type: 'application/x-msdownload' };
    return plantOf(s, [call(afternoon(s), s.victim, host, request, agents.curl)], {
      hosts: [host],
      asks: [{ level: 'lead', anyOf: OPENED }],
    });
  },
};

const parts = 14;
export const upload: Scenario = {
  id: 'upload',
  says: 'far more bytes go to a function than come from it',
  make: (s) => {
    const host = nameOn(s.platform, s.random);
    const visits = Array.from({ length: parts }, (_, n) =>
      call(
        afternoon(s) + n * 70_000,
        s.victim,
        host,
        { method: 'POST', path: `/upload?part=${n}`, sent: s.random.int(3_000_000, 9_000_000), got: 18 },
        agents.python,
      ),
    );
    return plantOf(s, visits, {
      hosts: [host],
      asks: [{ level: 'lead', anyOf: [['flow.bytes', 'tls.sni']] }],
    });
  },
};

/** Ordinary users of a tenant, from the first day on. */
function users({ random, others, from, to }: Setting, host: string): Visit[] {
  return random
    .some(others, 12)
    .flatMap((client) =>
      beats(random, from + random.int(hour, 10 * hour), to, 5 * hour, 60).map((at) =>
        call(at, client, host, { path: random.pick(['/', '/account', '/help']), got: 9_000, type: 'text/html' }),
      ),
    );
}

export const takenOver: Scenario = {
  id: 'taken-over',
  says: 'a tenant that many have used for days is broken into: one host asks it for a path of its own, with another program',
  make: (s) => {
    const host = nameOn('azure-app-service', s.random);
    const path = oddPath(s.random);
    const start = Math.max(afternoon(s), s.from + 1.3 * day);
    const rhythm = { period: 600, jitter: 20 };
    const mine = calls(s, host, { start, rhythm, request: { ...post, path }, agent: agents.go }).slice(0, 60);
    const made = plantOf(s, mine, {
      ...rhythm,
      platform: 'azure-app-service',
      hosts: [host],
      asks: mine.length >= LEAST_BEATS ? [{ level: 'lead', anyOf: OPENED }] : [],
    });
    return { ...made, visits: [...mine, ...users(s, host)] };
  },
};
