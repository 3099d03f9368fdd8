/** The contract of a warning list: names, addresses and hashes that feeds list by mistake, in MISP's format. */
import type { Indicator, IndicatorKind } from '../../model/indicator.ts';

export const listTypes = ['string', 'hostname', 'substring', 'regex', 'cidr'] as const;
export type ListType = (typeof listTypes)[number];

/** `hold`: what is on the list may not convict. `inform`: it may, and the evidence says that it is on the list. */
export const effects = ['hold', 'inform'] as const;
export type Effect = (typeof effects)[number];

/** One version of one list. Names are compared as they are written: a later version of the same name replaces it. */
export type WarningList = {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly type: ListType;
  /** Null: by what is matched (an address is held, a whole range of a provider only informs). */
  readonly effect: Effect | null;
  /** Attribute types of MISP that it is about, as it writes them. */
  readonly attributes: readonly string[];
  /** The same as kinds of indicator; null for all. */
  readonly kinds: ReadonlySet<IndicatorKind> | null;
  readonly entries: readonly string[];
};

/** Why an indicator is on a list: the evidence. */
export type Warned = {
  readonly list: string;
  readonly version: string;
  readonly entry: string;
  readonly effect: Effect;
  /** A sentence for the report. */
  readonly why: string;
};

/** What is compared with lists. */
export type Listed = Pick<Indicator, 'kind' | 'value' | 'match'>;

/** Lists in force. */
export type Warnings = {
  readonly lists: readonly Pick<WarningList, 'name' | 'version'>[];
  /** Every list that the indicator is on, those that hold it first. */
  readonly of: (indicator: Listed) => readonly Warned[];
};

/** The evidence in words. */
export function warned(list: WarningList, entry: string, effect: Effect, besides = ''): Warned {
  const why = `It is on the warning list "${list.name}", version ${list.version} (entry ${entry})${besides}.`;
  return { list: list.name, version: list.version, entry, effect, why };
}
