import type { Place } from '../model/event.ts';
import type { Level } from '../model/finding.ts';
import type { Names } from './internet.ts';
import type { Listed } from './list.ts';
import type { Profile } from './profile.ts';
import type { Random } from './random.ts';
import type { Client, Visit } from './visit.ts';

/** What a plant is made for: one internal host, one platform, a stretch of time, chance of its own. */
export type Setting = {
  /** Counts the plants of the scenario, so that it can walk through its variants. */
  readonly turn: number;
  readonly random: Random;
  readonly victim: Client;
  /** Of the company, for what needs other users. */
  readonly others: readonly Client[];
  readonly platform: string;
  /** Milliseconds since 1970: begin and end of the logs. */
  readonly from: number;
  readonly to: number;
};

/** What must be seen to ask for a level: any one of the sets, all of its places. */
export type Asked = { readonly level: Level; readonly anyOf: readonly (readonly Place[])[] };

/** One use of a function that must (or must not) be told: what happens, and what a list or a profile knows of it. */
export type Plant = {
  readonly src: string;
  /** Every name by which it may be told. */
  readonly hosts: readonly string[];
  readonly platform: string;
  /** Seconds and percent, where it has a rhythm. */
  readonly period: number | null;
  readonly jitter: number | null;
  /** First and last contact, milliseconds since 1970. */
  readonly first: number;
  readonly last: number;
  readonly contacts: number;
  readonly visits: readonly Visit[];
  readonly listed: readonly Listed[];
  readonly names?: Names;
  readonly profile?: Profile;
  /** Highest level first; the first that is in sight is asked for. Empty: nothing is asked for, and nothing is wrong. */
  readonly asks: readonly Asked[];
};

/** A kind of plant: adversary use of a function, told from a sentence. */
export type Scenario = {
  readonly id: string;
  readonly says: string;
  /** Throws nothing, reads no clock: the same setting gives the same plant. */
  readonly make: (setting: Setting) => Plant;
};

/** What of a plant is asked for with these places in sight; null where it is out of sight. */
export const askedOf = ({ asks }: Pick<Plant, 'asks'>, shows: ReadonlySet<Place>): Level | null =>
  asks.find((ask) => ask.anyOf.some((set) => set.every((place) => shows.has(place))))?.level ?? null;
