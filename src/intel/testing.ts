/** Made-up indicators for tests. */
import type { Indicator } from '../model/indicator.ts';

/** A domain that nothing is known about, with the facts given. */
export function made(facts: Partial<Indicator> = {}): Indicator {
  return {
    id: 'made-up',
    kind: 'domain',
    value: 'evil.acct.workers.dev',
    pattern: null,
    match: 'equals',
    source: { name: 'made up', licence: null, file: 'list.txt' },
    confidence: null,
    validFrom: null,
    validUntil: null,
    recorded: null,
    detect: true,
    endpoint: 'unknown',
    description: null,
    labels: [],
    line: 1,
    ...facts,
  };
}
