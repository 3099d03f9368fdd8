/**
 * What a TAXII server serves: collections of objects in the order in which they were added. The server speaks TAXII; the
 * store knows objects. `desk.ts` fulfils this contract for reviewed indicators, `bundles.ts` for files.
 */

/** One version of one object. */
export type Entry = {
  readonly id: string;
  readonly type: string;
  /** `modified`, else `created`, else when it was added. */
  readonly version: string;
  readonly specVersion: '2.0' | '2.1';
  /** When it was added: RFC 3339 with six digits of a second; entries are sorted by it. */
  readonly added: string;
  readonly object: Readonly<Record<string, unknown>>;
};

export type ServedCollection = {
  /** A UUID that stays. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly readable: boolean;
  readonly writable: boolean;
  /** Every version of every object, oldest addition first. */
  readonly entries: () => Promise<readonly Entry[]>;
  /** Takes objects for review; the reason for each that was not taken, else null, in order. */
  readonly add: (objects: readonly Readonly<Record<string, unknown>>[]) => readonly (string | null)[];
};

export type TaxiiStore = { readonly collections: () => readonly ServedCollection[] };
