// Written by scripts/fit.ts on 2026-11-24 (Virga 1.0.0, seeds 11, 12, 13, 14, 15, 16); how far to believe it: docs/reference/calibration.md.
import type { EvidenceClass } from '../model/finding.ts';

/** Log-odds before any evidence, and what the weights of each class are multiplied by. */
export const fittedFactors: { readonly prior: number; readonly of: Readonly<Record<EvidenceClass, number>> } = {
  prior: -2.3,
  of: { intelligence: 1, characteristic: 1.01, behaviour: 0.7, lifecycle: 0.89, benign: 1.5 },
};
