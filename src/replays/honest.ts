/** What people do on ordinary days, and which names they and their programs meet. */
import { type Company, chanceOf, officeMoments, withRole } from './company.ts';
import { nameOn, plantedPlatforms, siteName } from './names.ts';
import type { Random } from './random.ts';
import type { Request, Visit } from './visit.ts';

/** Visits of a person on a working day. */
const VISITS = 26;
/** Of 100 visits: to the services of the company, to sites that many read, to sites that few know; the others go to functions. */
const MIX = { office: 35, common: 35, rare: 24 } as const;

const office: readonly string[] = [
  'outlook.office365.com',
  'login.microsoftonline.com',
  'teams.microsoft.com',
  'slack.com',
  'app.payroll-service.example',
  'wiki.intranet-service.example',
];

type Places = {
  readonly common: readonly string[];
  readonly rare: readonly string[];
  readonly functions: readonly string[];
};

/** More names than people: most names that a network meets are met by one or two of its hosts. */
function placesOf(company: Company): Places {
  const random = chanceOf(company, 'places');
  const many = (count: number, make: (random: Random) => string): string[] =>
    Array.from({ length: count }, () => make(random));
  const people = withRole(company, 'staff', 'engineer').length;
  return {
    common: many(60, siteName),
    rare: many(8 * people, siteName),
    functions: many(3 * people, (r) => nameOn(r.pick(plantedPlatforms), r)),
  };
}

const pages: readonly Request[] = [
  { path: '/', got: 21_000, type: 'text/html' },
  { path: '/about', got: 9_000, type: 'text/html' },
  { path: '/assets/site.css', got: 14_000, type: 'text/css' },
  { path: '/assets/app.js', got: 160_000, type: 'text/javascript' },
  { path: '/api/items', got: 2_400, type: 'application/json' },
];

function place(random: Random, { common, rare, functions }: Places): string {
  const turn = random.int(1, 100);
  if (turn <= MIX.office) return random.pick(office);
  if (turn <= MIX.office + MIX.common) return random.pick(common);
  return turn <= MIX.office + MIX.common + MIX.rare ? random.pick(rare) : random.pick(functions);
}

/** Every visit of every person with a browser. */
export function honestVisits(company: Company): Visit[] {
  const places = placesOf(company);
  return withRole(company, 'staff', 'engineer').flatMap((client) => {
    const random = chanceOf(company, `browse ${client.name}`);
    return officeMoments(company, random, VISITS).map((at): Visit => {
      const requests = random.some(pages, random.int(1, 4));
      return {
        at,
        client,
        host: place(random, places),
        agent: client.agent,
        requests,
        lasts: random.int(2_000, 90_000),
      };
    });
  });
}
