/** Honest look-alikes: as regular, as rare or as odd as what is planted, and nobody's attack. */
import { agents } from './agents.ts';
import { type Company, chanceOf, day, hour, minute, officeHours, officeMoments, withRole } from './company.ts';
import type { Listed } from './list.ts';
import { nameOn, plantedPlatforms } from './names.ts';
import type { Random } from './random.ts';
import { type Agent, beats, type Client, call, type Request, type Visit } from './visit.ts';

/** A kind of honest contact that tempts a detector. */
export type Twin = {
  readonly id: string;
  readonly says: string;
  readonly visits: (company: Company) => readonly Visit[];
  /** What lists say of it, by mistake or out of date. */
  readonly listed?: (company: Company) => readonly Listed[];
};

const beat: Request = { method: 'POST', path: '/v1/batch', sent: 412, got: 2, status: 204, type: 'application/json' };
const hostFor = (company: Company, label: string): string => {
  const random = chanceOf(company, `twin ${label}`);
  return nameOn(random.pick(plantedPlatforms), random);
};

/** Office hours only: the program runs while somebody works. */
const whileWorking = (
  company: Company,
  client: Client,
  host: string,
  { every, agent, request = beat }: { every: number; agent: Agent; request?: Request },
): Visit[] => {
  const random = chanceOf(company, `working ${host} ${client.name}`);
  return officeHours(company, random).flatMap(({ from, to }) =>
    beats(random, from + random.int(0, every), to, every, 2).map((at) => call(at, client, host, request, agent)),
  );
};

const allDay = (company: Company, client: Client, host: string, every: number, request = beat): Visit[] => {
  const random = chanceOf(company, `all day ${host} ${client.name}`);
  return beats(random, company.start + random.int(0, every), company.end, every, 1).map((at) =>
    call(at, client, host, request, client.agent),
  );
};

/** One of so many hosts has the thing; at least one. */
const oneIn = (company: Company, label: string, share: number, ...roles: string[]): Client[] => {
  const among = withRole(company, ...roles);
  return chanceOf(company, label).some(among, Math.max(1, Math.round(company.clients.length / share)));
};

const kits: Twin = {
  id: 'telemetry-kit',
  says: 'development kits report from many desks at a fixed beat',
  visits: (company) =>
    [
      { label: 'kit a', share: 4, every: 5 * minute },
      { label: 'kit b', share: 7, every: 15 * minute },
      { label: 'kit c', share: 12, every: 20 * minute },
    ].flatMap(({ label, share, every }) =>
      oneIn(company, label, share, 'staff', 'engineer').flatMap((client) =>
        whileWorking(company, client, hostFor(company, label), { every, agent: agents.sdk }),
      ),
    ),
};

const panels: Twin = {
  id: 'panel',
  says: 'panels on walls report day and night to one function of their maker',
  visits: (company) =>
    withRole(company, 'panel').flatMap((client) => allDay(company, client, hostFor(company, 'panel'), 15 * minute)),
};

const webhooks: Twin = {
  id: 'webhook',
  says: 'each server tells a function of its own about its jobs',
  visits: (company) =>
    withRole(company, 'server').flatMap((client, n) =>
      allDay(company, client, hostFor(company, `webhook ${n}`), (5 + 5 * (n % 6)) * minute),
    ),
};

const tabs: Twin = {
  id: 'open-tab',
  says: 'a page that stays open in a browser and asks for news each minute',
  visits: (company) =>
    oneIn(company, 'tab', 60, 'staff').flatMap((client, n) =>
      whileWorking(company, client, hostFor(company, `tab ${n}`), {
        every: minute,
        agent: client.agent,
        request: { path: '/api/status', got: 1_900, type: 'application/json' },
      }),
    ),
};

const loners: Twin = {
  id: 'lone-program',
  says: 'one desk alone has a program that calls its maker’s function with a rhythm: nothing in the logs tells it from an implant',
  visits: (company) =>
    oneIn(company, 'loner', 300, 'staff').flatMap((client, n) =>
      whileWorking(company, client, hostFor(company, `loner ${n}`), { every: 10 * minute, agent: agents.python }),
    ),
};

const backups: Twin = {
  id: 'backup',
  says: 'a server copies its data to a function of its own each night',
  visits: (company) =>
    withRole(company, 'server')
      .slice(0, 1)
      .flatMap((client) => {
        const host = hostFor(company, 'backup');
        const nights = beats(chanceOf(company, 'nights'), company.start + 2 * hour, company.end, day, 0);
        return nights.flatMap((night) =>
          Array.from({ length: 8 }, (_, n) =>
            call(night + n * minute, client, host, { method: 'POST', path: '/copy', sent: 4_000_000, got: 20 }),
          ),
        );
      }),
};

const installers: Twin = {
  id: 'installer',
  says: 'an engineer’s script fetches a tool that a colleague put on a function',
  visits: (company) =>
    oneIn(company, 'installer', 300, 'engineer').flatMap((client, n) => {
      const random = chanceOf(company, `installer ${n}`);
      const request = { path: '/tools/setup.exe', got: 3_000_000, type: 'application/x-msdownload' };
      return officeMoments(company, random, 1)
        .slice(0, 1)
        .map((at) => call(at, client, hostFor(company, `installer ${n}`), request, agents.curl));
    }),
};

const iso = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

/** Honest visits to what lists hold wrongly. */
const misListed = (id: string, says: string, dates: (company: Company) => Partial<Listed>, share: number): Twin => ({
  id,
  says,
  visits: (company) =>
    oneIn(company, id, share, 'staff', 'engineer').flatMap((client) =>
      officeMoments(company, chanceOf(company, `${id} ${client.name}`), 1).map((at) =>
        call(at, client, hostFor(company, id), { path: '/', got: 22_000, type: 'text/html' }),
      ),
    ),
  listed: (company) => [
    {
      kind: 'domain',
      value: hostFor(company, id),
      created: iso(company.start - 200 * day),
      from: iso(company.start - 200 * day),
      until: iso(company.end + 90 * day),
      confidence: 80,
      says: id,
      detect: true,
      ...dates(company),
    },
  ],
});

/** Every honest look-alike. */
export const twins: readonly Twin[] = [
  kits,
  panels,
  webhooks,
  tabs,
  loners,
  backups,
  installers,
  misListed(
    'expired-listing',
    'a listing that expired before the contact',
    (company) => ({ until: iso(company.start - 30 * day) }),
    100,
  ),
  misListed(
    'early-contact',
    'a name that is listed from a day after the logs on',
    (company) => ({ created: iso(company.end + day), from: iso(company.end + day) }),
    100,
  ),
  misListed('mass-market', 'a listing by mistake of what half of the company uses', () => ({}), 2),
];

/** Names that lists hold and that stand for a whole platform. */
export const sharedNames = (random: Random): readonly string[] =>
  random.some(['workers.dev', 'pages.dev', 'netlify.app', 'azurewebsites.net'], 2);
