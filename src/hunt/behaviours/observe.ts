import type { Lake } from '../../lake/lake.ts';
import { dropTouches, linesOfTouches, touches } from '../../lake/touches.ts';
import { type BeaconOptions, findBeacons } from './beacon.ts';
import { observedBeacons } from './beacon-evidence.ts';
import { type Behaviour, examplesOf, type Observed, type Row } from './behaviour.ts';
import { clientView } from './client.ts';
import { behaviours } from './index.ts';
import type { Network } from './network.ts';
import type { Watched } from './watched.ts';

export type ObserveOptions = Omit<BeaconOptions, 'touched' | 'network'> & { readonly watched: Watched };

/** What internal hosts do with somebody's endpoints, by every behaviour; each piece with its rows. */
export async function observe(lake: Lake, options: ObserveOptions): Promise<Observed[]> {
  const { network, endpoints } = options.watched;
  if (endpoints.every((e) => e.drop)) return [];
  await touches(lake, endpoints, options.asOf);
  await prepare(lake, network);
  const found: Observed[] = [];
  for (const behaviour of behaviours)
    for (const row of await lake.engine.rows(statement(behaviour))) found.push(observed(behaviour, row));
  const { beacons } = await findBeacons(lake, { ...options, network, touched: true });
  found.push(...(await observedBeacons(lake, beacons)));
  const told = await withLines(
    lake,
    once(found).filter((o) => options.inside(o.src)),
  );
  await lake.engine.run(
    `DROP VIEW IF EXISTS client; DROP TABLE IF EXISTS habit; DROP TABLE IF EXISTS span; ${dropTouches}`,
  );
  return told;
}

/** Lines are counted only for what is cited. */
async function withLines(lake: Lake, found: readonly Observed[]): Promise<Observed[]> {
  const open = found.flatMap((o) => o.examples.filter((e) => e.line < 0).map((e) => e.line));
  const lines = await linesOfTouches(lake, [...new Set(open)]);
  return found.map((o) => ({ ...o, examples: o.examples.map((e) => ({ ...e, line: lines.get(e.line) ?? e.line })) }));
}

/** One contact shows at several places, and an account beside its names: each behaviour speaks once of a pair, at its best. */
function once(found: readonly Observed[]): Observed[] {
  const best = new Map<string, Observed>();
  for (const o of found) {
    const key = `${o.src} ${o.host} ${o.id}`;
    const other = best.get(key);
    if (!other || better(o, other)) best.set(key, o);
  }
  return [...best.values()];
}

/** By weight, then by events; the place decides between equals, so that a run tells the same each time. */
function better(a: Observed, b: Observed): boolean {
  if (a.weight !== b.weight) return a.weight > b.weight;
  return a.events === b.events ? a.where < b.where : a.events > b.events;
}

/** What behaviours compare with: the browser of each source, the span of the logs, what makes the contacts. */
async function prepare(lake: Lake, network: Network): Promise<void> {
  await lake.engine.run('CREATE OR REPLACE TABLE habit (src VARCHAR, browser VARCHAR)');
  await lake.engine.append('habit', network.browser);
  await lake.engine.run(
    'CREATE OR REPLACE TABLE span AS SELECT epoch_ms(CAST($1 AS BIGINT)) AS start, epoch_ms(CAST($2 AS BIGINT)) AS until, CAST($3 AS INTEGER) AS sources',
    [network.start, network.end, network.sources],
  );
  await lake.engine.run(clientView);
}

/** The statement with its numbers in place; they are ours, nothing from outside is among them. */
const statement = ({ sql, parameters }: Behaviour): string =>
  sql.replace(/\$([a-z]+)/g, (whole, name) => String(parameters[name]?.value ?? whole));

function observed(behaviour: Behaviour, row: Row): Observed {
  return {
    id: behaviour.id,
    src: String(row.src),
    host: String(row.name),
    where: String(row.place),
    class: behaviour.class,
    weight: behaviour.weight,
    summary: `${behaviour.id}: ${behaviour.explain(row)}`,
    guard: behaviour.guard,
    opens: behaviour.opens,
    ties: behaviour.ties?.(row) ?? [],
    events: Number(row.events),
    examples: examplesOf(row.examples),
  };
}
