/** Endpoints that a list knows, in one way or another. */
import { agents } from '../agents.ts';
import { hour, minute } from '../company.ts';
import { nameOn, scriptPath, siteName, workerOf, workersAccount } from '../names.ts';
import type { Scenario } from '../plant.ts';
import { call } from '../visit.ts';
import { afternoon, begin, calls, listing, NAMED, plantOf, poll, post, rhythmOf, toolOf } from './parts.ts';

export const listedBeacon: Scenario = {
  id: 'listed-beacon',
  says: 'a listed function is called with a rhythm',
  make: (s) => {
    const host = nameOn(s.platform, s.random);
    const rhythm = rhythmOf(s);
    const visits = calls(s, host, { start: begin(s), rhythm, request: post, agent: toolOf(s) });
    return plantOf(s, visits, {
      ...rhythm,
      hosts: [host],
      listed: [listing(s, 'domain', host)],
      asks: [{ level: 'finding', anyOf: NAMED }],
    });
  },
};

export const listedOnce: Scenario = {
  id: 'listed-once',
  says: 'a listed function is contacted a single time',
  make: (s) => {
    const host = nameOn(s.platform, s.random);
    const visits = [call(afternoon(s), s.victim, host, { path: '/', got: 48_000 }, toolOf(s))];
    return plantOf(s, visits, {
      hosts: [host],
      listed: [listing(s, 'domain', host)],
      asks: [{ level: 'finding', anyOf: NAMED }],
    });
  },
};

export const ownDomain: Scenario = {
  id: 'own-domain',
  says: 'a domain of the adversary’s own stands in front of a listed function: the function is in the DNS answer alone',
  make: (s) => {
    const host = nameOn(s.platform, s.random);
    const front = siteName(s.random).replace('www.', 'portal.');
    const visits = [0, 4, 90].map((m) => call(afternoon(s) + m * minute, s.victim, front, poll, toolOf(s)));
    return plantOf(s, visits, {
      hosts: [front, host],
      names: { [front]: { pool: 'elsewhere', via: [host] } },
      listed: [listing(s, 'domain', host)],
      asks: [{ level: 'finding', anyOf: [['dns.answer']] }],
    });
  },
};

export const listedPath: Scenario = {
  id: 'listed-path',
  says: 'a listed Apps Script deployment: the tenant stands in the URL path, the host is everyone’s',
  make: (s) => {
    const path = scriptPath(s.random);
    const host = 'script.google.com';
    const rhythm = { period: 1800, jitter: 20 };
    const request = { ...post, path, status: 302, got: 420 };
    const visits = calls(s, host, { start: afternoon(s), rhythm, request, agent: agents.python }).slice(0, 12);
    return plantOf(s, visits, {
      ...rhythm,
      platform: 'google-apps-script',
      hosts: [host],
      listed: [listing(s, 'url', `https://${host}${path}`)],
      asks: [{ level: 'finding', anyOf: [['http.url']] }],
    });
  },
};

export const listedNeighbour: Scenario = {
  id: 'listed-neighbour',
  says: 'one function of an account is listed, another of its functions is contacted',
  make: (s) => {
    const account = workersAccount(s.random);
    const [listed, host] = [workerOf(account, s.random), workerOf(account, s.random)];
    const visits = [0, 1, 2].map((n) => call(afternoon(s) + n * hour, s.victim, host, post, toolOf(s)));
    return plantOf(s, visits, {
      platform: 'cloudflare-workers',
      hosts: [host],
      listed: [listing(s, 'domain', listed)],
      asks: [{ level: 'lead', anyOf: NAMED }],
    });
  },
};
