/** Why a pattern cannot be answered on these observations: one sentence part. Thrown inside the folder only. */
export class MatchFault extends Error {}

/**
 * How much work one pattern may cost, in steps of a few hundred nanoseconds: some seconds at worst. Matching STIX
 * patterns is exponential in the number of observations for some patterns (OASIS STIX 2.1, 9.3: any assignment counts).
 */
const MAX_STEPS = 2_000_000;

export class Budget {
  #left = MAX_STEPS;

  spend(steps = 1): void {
    this.#left -= steps;
    if (this.#left < 0) throw new MatchFault('too costly to evaluate: too many combinations of observations');
  }
}
