import type { Characteristic, Rhythm, Trait } from '../../model/characteristic.ts';
import { identified } from '../build.ts';

/** A member of the built-in set, before it has its id. */
type Fact = {
  readonly name: string;
  readonly software: string;
  /** Where it stands, for people; `url` where one can look it up; `date` of our reading, `YYYY-MM-DD`. */
  readonly source: { readonly name: string; readonly url: string; readonly date: string };
  readonly traits: readonly (readonly Trait[])[];
  readonly rhythm?: Rhythm;
  readonly platforms?: readonly string[];
  readonly caution?: string;
};

/** What is publicly known of a software's defaults: facts, each with its source and the day of our reading. */
export const known = ({ name, software, source, traits, rhythm, platforms, caution }: Fact): Characteristic =>
  identified({
    name,
    software,
    source: { ...source, file: null, licence: null },
    traits: traits.flat(),
    rhythm: rhythm ?? null,
    platforms: platforms ?? [],
    caution: caution ?? null,
  });
