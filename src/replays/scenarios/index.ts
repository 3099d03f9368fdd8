import type { Scenario } from '../plant.ts';
import { listedBeacon, listedNeighbour, listedOnce, listedPath, ownDomain } from './listed.ts';
import { beacon, deadDrop, delivery, knownSoftware, rotation, takenOver, upload } from './unlisted.ts';

/** Every kind of adversary use that is planted, in the order of the reports. */
export const scenarios: readonly Scenario[] = [
  listedBeacon,
  listedOnce,
  ownDomain,
  listedPath,
  listedNeighbour,
  knownSoftware,
  beacon,
  rotation,
  deadDrop,
  delivery,
  upload,
  takenOver,
];
