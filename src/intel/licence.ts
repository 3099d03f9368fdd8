/** What a source's licence lets us do with its rows. Pure. */

/** Words of licences that let anyone pass data on: SPDX ids and the usual names (spdx.org/licenses, 2026-11). */
const OPEN =
  /^(?:cc0|cc-by(?:-sa)?-\d|cc by(?:-sa)? \d|mit\b|bsd|apache|isc\b|mpl|odc-by|pddl|unlicense|0bsd|dl-de|public domain|wtfpl)/i;
/** Words that forbid it, or some uses of it. */
const CLOSED = /(?:-nc\b|-nd\b|non-?commercial|no ?deriv|proprietary|all rights reserved|internal use|confidential)/i;

/**
 * Whether rows under this licence may be passed on. A licence that is not stated, or not known here, allows nothing: who
 * holds the rights has not said so.
 */
export function licenceAllows(licence: string | null): boolean {
  return licence !== null && OPEN.test(licence.trim()) && !CLOSED.test(licence);
}
