import type { Column, EventClass, Place } from '../model/event.ts';
import type { Expression } from './expression.ts';
import type { Head } from './head.ts';
import type { Layout } from './layout.ts';

/**
 * A log format is a value: how bytes become raw fields (`layout`), and which expression over them fills each
 * column. The engine reads, converts and stores; nothing here touches a row.
 */
export type Format = {
  /** Stable and dotted: `zeek.dns`. */
  readonly id: string;
  readonly vendor: string;
  readonly product: string;
  /** What one record is, for people. */
  readonly record: string;
  /** OCSF class of the records; an expression where one file holds several. */
  readonly class: EventClass | Expression;
  /** Does this text look like the format? By content, never by file name. The first format of the list that says yes reads it. */
  readonly detect: (head: Head) => boolean;
  /**
   * What the beginning of each of its lines has, as a pattern of ours: set where lines of several formats may stand in
   * one file, as behind a syslog relay. Each line then goes to the first format whose pattern fits.
   */
  readonly line?: string;
  /** It reads well-known fields of whatever product, so it is asked only where no other format knows the records, wrapped or not. */
  readonly general?: true;
  readonly layout: Layout;
  /** Further fields, each computed once from the raw ones and those above it; read like raw fields. */
  readonly steps?: Readonly<Record<string, Expression>>;
  /** `time` must be filled; a record without it is refused as `bad-timestamp`. A column left out is null. */
  readonly columns: { readonly time: Expression } & {
    readonly [C in Exclude<Column, 'time' | 'class_uid'>]?: Expression;
  };
  /** The column with the time that the record itself shows, where `time` was worked out from it. */
  readonly stamp?: 'end_time';
  /** Raw fields that are read, but not said in full by a column: `normalize` prints them under `unmapped` all the same. */
  readonly keeps?: readonly string[];
  /** A reason to refuse a record that has a time, or null; SQL text. */
  readonly refuse?: Expression;
  readonly sees: readonly Place[];
  /** What this log cannot show, in plain words: quoted by coverage and findings. */
  readonly blindTo: readonly string[];
  /** The line of the sample that names its columns, where it is no comment. */
  readonly header?: string;
  /** A few own records, for the contract test and the reference. */
  readonly sample: string;
};
