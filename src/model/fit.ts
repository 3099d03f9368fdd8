import type { Characteristic, Trait } from './characteristic.ts';
import type { Place } from './event.ts';
import type { Row } from './finding.ts';

/**
 * What one attribute shows in the requests of one internal host to one endpoint. `hidden`: no log that covers them
 * shows such a thing. `unseen`: it could be shown, and was neither met nor contradicted.
 */
export type AttributeState = 'matched' | 'different' | 'unseen' | 'hidden';

export type Attribute = {
  readonly trait: Trait;
  readonly place: Place | null;
  readonly state: AttributeState;
  /** The value that was met; of a different one, what was seen instead. */
  readonly value: string | null;
  /** How many other endpoints of this network show the same value, of how many; null where it was not counted. */
  readonly spread: { readonly others: number; readonly of: number } | null;
};

/** The pauses between the matching requests, in milliseconds. */
export type Pauses = {
  readonly count: number;
  readonly low: number;
  readonly median: number;
  readonly high: number;
};

/** How well the requests of one internal host to one endpoint fit one characteristic. */
export type Fit = {
  readonly src: string;
  readonly host: string;
  readonly characteristic: Characteristic;
  readonly attributes: readonly Attribute[];
  /** How many internal hosts show the same characteristic toward this endpoint. */
  readonly sources: number;
  readonly pauses: Pauses | null;
  /** Requests that show at least one attribute; example rows, oldest first. */
  readonly requests: number;
  readonly examples: readonly Row[];
};
