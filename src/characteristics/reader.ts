/** The contract of a reader of characteristics: how one kind of file tells what adversary software looks like. */
import type { Characteristic, TraitSource } from '../model/characteristic.ts';
import type { Rule } from '../model/rule.ts';

/** A part of a file that was not taken, and why. */
export type TraitRefusal = {
  /** 1-based line, or number of the record where the file is one document. */
  readonly line: number;
  readonly why: string;
};

/** What one file told. */
export type TraitFile = {
  /** The file as data, for people and scripts; its shape is the reader's own. */
  readonly profile: Readonly<Record<string, unknown>>;
  readonly characteristics: readonly Characteristic[];
  /** Conditions on one event, where the file holds rules. */
  readonly rules?: readonly Rule[];
  /** Records of the file: taken as characteristics, other by right (rules of another kind, comments with a value), refused. */
  readonly records: number;
  readonly other: number;
  readonly refused: readonly TraitRefusal[];
};

/** A file that cannot be read as what it seems to be; the message begins with `line N:` where the line is known. */
export class TraitFault extends Error {}

/** One kind of file. */
export type TraitReader = {
  /** Stable, as in `characteristics import`'s `kind`. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  /** What the kind of file cannot tell, or what of it is not compared. */
  readonly blindTo: readonly string[];
  /** By content; the first reader of the list that says yes reads it. Never throws. */
  readonly detect: (text: string) => boolean;
  /** The whole file; records = characteristics + other + refused where one record makes one characteristic. Throws TraitFault. */
  readonly read: (text: string, source: TraitSource) => TraitFile;
};
