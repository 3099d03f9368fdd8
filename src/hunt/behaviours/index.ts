import type { Behaviour } from './behaviour.ts';
import { masquerade, software } from './client.ts';
import { deadDrop } from './dead-drop.ts';
import { afterDelivery, download } from './delivery.ts';
import { fronting } from './fronting.ts';
import { newHabit } from './new-habit.ts';
import { noLookup, rarity } from './rarity.ts';
import { rotation } from './rotation.ts';
import { upload } from './upload.ts';

/** Every behaviour that is a statement, in the order of the guide; the beacon has a way of its own (beacon.ts). */
export const behaviours: readonly Behaviour[] = [
  rotation,
  deadDrop,
  download,
  afterDelivery,
  upload,
  newHabit,
  fronting,
  masquerade,
  software,
  noLookup,
  rarity,
];
