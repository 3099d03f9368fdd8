/** Sightings: where and when indicators were seen, were no threat, or are over; by people and by the look back. */

import { observableKey } from '../../intel/identity.ts';
import { observe } from '../../intel/observe.ts';
import { readWho } from '../../intel/person.ts';
import { VirgaError } from '../../model/errors.ts';
import type { Detail } from '../../model/fact.ts';
import { classifyHost } from '../../platforms/matcher.ts';
import { type DeskOptions, openDesk, personOf } from './desk.ts';

export type Sight = {
  readonly value: string;
  readonly kind: Detail<'intel.sighted'>['kind'];
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly where: string;
};

type Person = { readonly by: string | null; readonly now: () => Date };

/** Records that somebody saw, or cleared, an observable; it need not be listed by any source. */
export async function addSighting(options: DeskOptions & Person, sight: Sight): Promise<Detail<'intel.sighted'>> {
  const seen = observe(sight.value);
  if (!seen.ok) throw new VirgaError('usage.wrong', `${JSON.stringify(sight.value)} is no observable: ${seen.detail}.`);
  const key = observableKey({ kind: seen.kind, match: 'equals', value: seen.value, pattern: null });
  const detail = {
    subject: { key, value: seen.value },
    kind: sight.kind,
    first: sight.at,
    last: sight.at,
    count: 1,
    where: sight.where,
  };
  const desk = await openDesk(options);
  try {
    await desk.state.append([{ action: 'intel.sighted', detail }], {
      who: personOf(options.by),
      at: options.now().getTime(),
    });
    return detail;
  } finally {
    await desk.close();
  }
}

/** Every sighting, oldest first. */
export async function* listSightings(options: DeskOptions) {
  const desk = await openDesk(options);
  try {
    for (const { at, who, detail } of await desk.state.facts('intel.sighted'))
      yield {
        value: detail.subject.value,
        kind: detail.kind,
        first: new Date(detail.first).toISOString(),
        last: new Date(detail.last).toISOString(),
        count: detail.count,
        where: detail.where,
        platform: platformOf(detail.subject.value),
        by: readWho(who).name,
        claimed_by: readWho(who).account,
        recorded: new Date(at).toISOString(),
        key: detail.subject.key,
      };
  } finally {
    await desk.close();
  }
}

const platformOf = (value: string): string | null => (value.includes('/') ? null : classifyHost(value).platform);
