/** What a look back found, as sightings of the indicators that it found it by. */
import { observableKey } from '../../intel/identity.ts';
import type { Finding } from '../../model/finding.ts';
import type { NewFact } from '../../state/store.ts';
import type { Met } from './look-back.ts';

/** One sighting for each finding and each indicator that convicts in it. Leads are no sightings: they may be nothing. */
export function sightingsIn(findings: readonly Finding[], met: Met): NewFact[] {
  const byId = new Map(met.hits.map((hit) => [hit.indicator.id, hit.indicator]));
  return findings.flatMap((finding) =>
    finding.evidence.flatMap((evidence): NewFact[] => {
      const indicator = evidence.indicator === undefined ? undefined : byId.get(evidence.indicator.id);
      if (indicator === undefined || evidence.weight <= 0) return [];
      const subject = { key: observableKey(indicator), value: indicator.value ?? indicator.pattern ?? '' };
      const first = Date.parse(finding.first_seen);
      const last = Date.parse(finding.last_seen);
      const where = `${evidence.where} of ${finding.internal.ip}`;
      return [
        { action: 'intel.sighted', detail: { subject, kind: 'seen', first, last, count: evidence.rows_total, where } },
      ];
    }),
  );
}
