/** Source quality of a workspace, as of any time. */
import { measureSources, type Outcome, type SourceQuality } from '../../intel/source-quality.ts';
import { endpointOf } from '../intel-log.ts';
import { type Desk, type DeskOptions, openDesk } from './desk.ts';
import { indicatorsOf } from './list.ts';

export type { SourceQuality } from '../../intel/source-quality.ts';

/** A row for each source, those with most indicators first. */
export async function intelSources(
  options: DeskOptions & { readonly asOf: number; readonly source: string | null },
): Promise<readonly SourceQuality[]> {
  const desk = await openDesk(options);
  try {
    const outcomes = await outcomesOf(desk, options.asOf);
    const { add, rows } = measureSources(options.asOf, endpointOf);
    for await (const indicator of indicatorsOf(desk, options.asOf)) add(indicator, outcomes.get(indicator.key) ?? none);
    return rows().filter(({ source }) => options.source === null || source === options.source);
  } finally {
    await desk.close();
  }
}

const none: Outcome = { firstSeen: null, cleared: null };

async function outcomesOf(desk: Desk, asOf: number): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  for (const { at, detail } of await desk.state.facts('intel.sighted', asOf)) {
    const { key } = detail.subject;
    const before = outcomes.get(key) ?? none;
    if (detail.kind === 'seen')
      outcomes.set(key, { ...before, firstSeen: Math.min(before.firstSeen ?? detail.first, detail.first) });
    if (detail.kind === 'false-positive') outcomes.set(key, { ...before, cleared: at });
  }
  return outcomes;
}
