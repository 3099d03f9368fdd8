import type { Lake } from '../../lake/lake.ts';
import { EXAMPLES } from '../../lake/touches.ts';
import { classifyHost } from '../../platforms/matcher.ts';
import { type Beacon, beacon, duration, SIGNIFICANT } from './beacon.ts';
import { examplesOf, type Observed } from './behaviour.ts';

/** Below this the rhythm is loose, short or uneven: it speaks beside other evidence only. */
const LEAD_SCORE = 0.6;
/** What more hosts call with a rhythm is software that was rolled out. */
const LEAD_HOSTS = 2;
/** Log-odds of a rhythm with a score of 1. */
const WEIGHT = 1.5;
/** Log-odds of one honest explanation; several add up, an exact indicator stays above them. */
const BENIGN = -0.5;

/** Rhythms as evidence, with the honest explanations beside them. */
export async function observedBeacons(lake: Lake, beacons: readonly Beacon[]): Promise<Observed[]> {
  const sure = beacons.filter((b) => b.discovery >= SIGNIFICANT);
  const cited = await citations(lake, sure);
  return sure.flatMap((b, i) =>
    (cited.get(i) ?? []).flatMap((c) => [rhythm(b, c), ...b.discounts.map((d) => explanation(b, c, d))]),
  );
}

type Cited = { readonly name: string; readonly events: number; readonly examples: Observed['examples'] };

/** The rows of each pair; of an account, those of each of its names. */
async function citations(lake: Lake, beacons: readonly Beacon[]): Promise<Map<number, Cited[]>> {
  await lake.engine.run(
    'CREATE OR REPLACE TEMP TABLE cited (n DOUBLE, src VARCHAR, place VARCHAR, name VARCHAR, tenant VARCHAR)',
  );
  await lake.engine.append(
    'cited',
    beacons.map(({ pair: p }, n) => [n, p.src, p.place, p.tenant === null ? p.name : null, p.tenant]),
  );
  const rows = await lake.engine.rows(
    `SELECT c.n, t.name, count(*) AS events, ${EXAMPLES} FROM cited c JOIN touch t ON t.src = c.src AND t.place = c.place JOIN endpoint e ON e.name = t.name
     WHERE t.name = c.name OR e.tenant = c.tenant GROUP BY ALL ORDER BY c.n, t.name`,
  );
  await lake.engine.run('DROP TABLE cited');
  const found = new Map<number, Cited[]>();
  for (const row of rows)
    found.set(Number(row.n), [
      ...(found.get(Number(row.n)) ?? []),
      { name: String(row.name), events: Number(row.events), examples: examplesOf(row.examples) },
    ]);
  return found;
}

function rhythm(b: Beacon, cited: Cited): Observed {
  const discounted = b.discounts.length > 0;
  return {
    id: 'hunt.beacon',
    src: b.pair.src,
    host: cited.name,
    where: b.pair.place,
    class: 'behaviour',
    weight: round(WEIGHT * b.score),
    summary: `hunt.beacon: ${b.pair.tenant === null ? '' : `all names of ${b.pair.tenant}: `}${b.explanation}`,
    guard: discounted ? 'there is an honest explanation for the rhythm' : null,
    opens:
      !discounted && b.discovery >= beacon.parameters.lead.value && b.score >= LEAD_SCORE && b.pair.hosts <= LEAD_HOSTS,
    ties: discounted ? [] : cadenceOf(b),
    events: cited.events,
    examples: cited.examples,
  };
}

/** Periods are alike to a tenth: one program on one host calls all its endpoints of a platform with the same sleep. */
const ALIKE = 1.1;

function cadenceOf({ pair, regularity }: Beacon): Observed['ties'] {
  const platform = pair.name === null ? null : classifyHost(pair.name).platform;
  const step = Math.round(Math.log(regularity.period) / Math.log(ALIKE));
  return platform === null
    ? []
    : [{ by: 'cadence', value: `${pair.src} on ${platform} about every ${duration(ALIKE ** step)}` }];
}

function explanation(b: Beacon, cited: Cited, discount: Beacon['discounts'][number]): Observed {
  return {
    id: discount.id,
    src: b.pair.src,
    host: cited.name,
    where: b.pair.place,
    class: 'benign',
    weight: BENIGN,
    summary: `${discount.id}: ${discount.reason}${discount.expires === null ? '' : `; to be looked at again after ${discount.expires.slice(0, 10)}`}`,
    guard: null,
    opens: false,
    ties: [],
    events: cited.events,
    examples: [],
  };
}

const round = (x: number): number => Math.round(x * 100) / 100;
