/** A replay: the logs of a made-up network (or of plants alone), the lists beside them, and the truth. */
import { type Company, type CompanyOptions, chanceOf, companyOf, withRole } from './company.ts';
import { honestVisits } from './honest.ts';
import { internetOf, type Names } from './internet.ts';
import { asCsv, type Listed } from './list.ts';
import { lookupsFor } from './lookups.ts';
import { plantedPlatforms } from './names.ts';
import type { Plant, Scenario } from './plant.ts';
import { profileText } from './profile.ts';
import { accessLog } from './squid.ts';
import { sharedNames, twins } from './twins.ts';
import type { Client, Visit } from './visit.ts';
import { zeekLogs } from './zeek.ts';

/** A plant with the scenario that it is of. */
export type Planted = Plant & { readonly scenario: string };

export type Replay = {
  /** Log files by name (telemetry.ts says which go together). */
  readonly logs: ReadonlyMap<string, string>;
  readonly intel: ReadonlyMap<string, string>;
  readonly characteristics: ReadonlyMap<string, string>;
  readonly plants: readonly Planted[];
  /** Honest look-alikes: who met what, and of which kind it is. */
  readonly honest: readonly { readonly twin: string; readonly src: string; readonly host: string }[];
};

export type PlantOptions = {
  readonly scenarios: readonly Scenario[];
  /** Plants of each scenario. */
  readonly each: number;
};

/** A whole made-up network with plants in it. The same options give the same bytes. */
export function replayOf(options: CompanyOptions & PlantOptions): Replay {
  const company = companyOf(options);
  const plants = plantsIn(company, withRole(company, 'staff', 'engineer'), options);
  const honest = twins.map((twin) => ({ twin: twin.id, visits: twin.visits(company) }));
  const visits = [...honestVisits(company), ...honest.flatMap((h) => h.visits)];
  const listed = [
    ...twins.flatMap((twin) => twin.listed?.(company) ?? []),
    ...sharedNames(chanceOf(company, 'shared')).map((value) => sharedListing(company, value)),
  ];
  return written(company, plants, visits, listed, pairsOf(honest));
}

/** Plants alone, for a network whose own logs are at hand: its hosts, its span. */
export function plantsFor(company: Company, options: PlantOptions, shows: ReadonlySet<string>): Replay {
  const plants = plantsIn(company, company.clients, options);
  return written(
    company,
    plants.map((p) => ({ ...p, visits: p.visits.map((v) => masked(v, shows)) })),
    [],
    [],
    [],
  );
}

/** Without what these logs do not show of a program. */
const masked = (visit: Visit, shows: ReadonlySet<string>): Visit => ({
  ...visit,
  agent: {
    name: shows.has('http.user_agent') ? visit.agent.name : '-',
    ja4: shows.has('tls.ja4') ? visit.agent.ja4 : '',
  },
});

/** One plant a host, so that each can be told by its host; platforms and variants in turn. */
function plantsIn(company: Company, among: readonly Client[], { scenarios, each }: PlantOptions): Planted[] {
  const order = chanceOf(company, 'victims').shuffled(among);
  const all = Array.from({ length: each }, (_, turn) => scenarios.map((scenario) => ({ scenario, turn }))).flat();
  return all.slice(0, order.length).flatMap(({ scenario, turn }, n) => {
    const victim = order[n];
    if (!victim) return [];
    const plant = scenario.make({
      turn: turn + company.seed,
      random: chanceOf(company, `plant ${scenario.id} ${turn} ${n}`),
      victim,
      others: among.filter((c) => c !== victim),
      platform: plantedPlatforms[(turn + company.seed) % plantedPlatforms.length] ?? 'cloudflare-workers',
      from: company.start,
      to: company.end,
    });
    return plant.contacts === 0 ? [] : [{ ...plant, scenario: scenario.id }];
  });
}

function written(
  company: Company,
  plants: readonly Planted[],
  honest: readonly Visit[],
  listed: readonly Listed[],
  pairs: Replay['honest'],
): Replay {
  const names: Names = Object.assign({}, ...plants.map((p) => p.names ?? {}));
  const internet = internetOf(names, { upstream: '9.9.9.9', internal: () => true, clientCache: 300 });
  const visits = [...honest, ...plants.flatMap((p) => p.visits)]
    .filter(({ at }) => at >= company.start && at < company.end)
    .sort((a, b) => a.at - b.at);
  const lookups = lookupsFor(visits, [], internet);
  const recording = { from: company.start, to: company.end, internet };
  const list = asCsv([...listed, ...plants.flatMap((p) => p.listed)], 'Replay feed (made up)');
  return {
    logs: new Map([
      ...Object.entries(zeekLogs(visits, lookups, recording)),
      ['access.log', accessLog(visits, new Set())],
    ]),
    intel: new Map([['list.csv', list]]),
    characteristics: new Map(
      plants.flatMap((p, n): [string, string][] => (p.profile ? [[`${n}.profile`, profileText(p.profile)]] : [])),
    ),
    plants,
    honest: pairs,
  };
}

const pairsOf = (honest: readonly { twin: string; visits: readonly Visit[] }[]): Replay['honest'] =>
  honest.flatMap(({ twin, visits }) => [
    ...new Map(visits.map((v) => [`${v.client.ip} ${v.host}`, { twin, src: v.client.ip, host: v.host }])).values(),
  ]);

const sharedListing = (company: Company, value: string): Listed => ({
  kind: 'domain',
  value,
  created: new Date(company.start).toISOString(),
  from: new Date(company.start - 86_400_000).toISOString(),
  until: null,
  confidence: 60,
  says: 'a whole platform',
  detect: true,
});
