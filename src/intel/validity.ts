/** Two clocks: when an indicator was true in the world, and when we could know it. Pure. */
import type { Standing } from '../model/finding.ts';
import type { Indicator } from '../model/indicator.ts';

/** What an indicator is good for at one moment. */
export type IndicatorState = 'active' | 'expired' | 'not-yet-valid' | 'not-for-detection';

/**
 * What a match says about time. Validity comes first: `expired` from `validUntil` on (that instant included),
 * `not-yet-valid` before `validFrom`. Then knowledge: `learned-later` where the source recorded it after the event, or
 * after `asOf` when the event is later still. `undated` where the source gives no date at all; `known-then` otherwise.
 * Times are milliseconds since 1970, UTC.
 */
export function standing(indicator: Indicator, eventTime: number, asOf: number): Standing {
  const { validFrom, validUntil, recorded } = indicator;
  if (validUntil !== null && eventTime >= validUntil) return 'expired';
  if (validFrom !== null && eventTime < validFrom) return 'not-yet-valid';
  if (recorded !== null && recorded > Math.min(eventTime, asOf)) return 'learned-later';
  return validFrom === null && validUntil === null && recorded === null ? 'undated' : 'known-then';
}

/** Whether the indicator was there to be known at `asOf`; one whose source gives no date of recording counts as known. */
export function knownAt(indicator: Indicator, asOf: number): boolean {
  return indicator.recorded === null || indicator.recorded <= asOf;
}

/** The state at `asOf`. What is not for detection stays so, valid or not. */
export function stateAt(indicator: Indicator, asOf: number): IndicatorState {
  if (!indicator.detect) return 'not-for-detection';
  if (indicator.validUntil !== null && asOf >= indicator.validUntil) return 'expired';
  return indicator.validFrom !== null && asOf < indicator.validFrom ? 'not-yet-valid' : 'active';
}
