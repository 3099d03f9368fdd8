import type { Support } from '../findings/entity.ts';
import { ownName } from '../findings/own.ts';
import { beacon } from '../hunt/behaviours/beacon.ts';
import type { Observed } from '../hunt/behaviours/behaviour.ts';
import { type ObserveOptions, observe } from '../hunt/behaviours/observe.ts';
import type { Lake } from '../lake/lake.ts';
import { type Places, placesOf } from '../lake/ledger.ts';

/** What internal hosts do with somebody's endpoints, as evidence with file and line. */
export async function behaviourSupports(lake: Lake, options: ObserveOptions): Promise<Support[]> {
  const found = await observe(lake, options);
  const places = await placesOf(lake);
  return found
    .filter((o) => o.id !== 'own-tenant') // said once, of everything that is seen of the endpoint (findings/own.ts)
    .map((o) => ({ ...o, opens: o.opens && ownName(o.host, null, options.own) === null }))
    .map((o) => support(o, places));
}

/** How many pairs a rhythm alone opens. */
export const rhythmLeads = (supports: readonly Support[]): number =>
  supports.filter((s) => s.opens && s.evidence.summary.startsWith(`${beacon.id}:`)).length;

const support = (o: Observed, places: Places): Support => ({
  src: o.src,
  host: o.host,
  opens: o.opens,
  evidence: {
    class: o.class,
    where: o.where,
    weight: o.weight,
    summary: o.summary,
    events: o.examples.map((e) => ({ ...places(e.seq, e.line), time: e.time })),
    rows_total: o.events,
    ...(o.guard === null ? {} : { guard: o.guard }),
    ...(o.ties.length === 0 ? {} : { ties: o.ties }),
  },
});
