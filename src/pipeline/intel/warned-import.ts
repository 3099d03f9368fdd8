/** What an import brings that warning lists name: kept all the same, and told with its evidence. */
import type { Effect, Warnings } from '../../intel/warnings/warning-list.ts';
import type { Indicator } from '../../model/indicator.ts';

export type WarnedImport = {
  /** Indicators that may not convict for a list; those that may, though a list names them. */
  readonly held: number;
  readonly informed: number;
  /** List → how many of them it names. */
  readonly lists: readonly { readonly name: string; readonly version: string; readonly indicators: number }[];
  /** The first of them that are held. */
  readonly examples: readonly {
    readonly file: string;
    readonly line: number;
    readonly value: string;
    readonly effect: Effect;
    readonly why: string;
  }[];
};

const MAX_EXAMPLES = 20;

/** Looks at indicators as they pass. */
export function watchImport(warnings: Warnings): {
  readonly look: (indicators: readonly Indicator[]) => void;
  readonly report: () => WarnedImport;
} {
  const lists = new Map<string, { name: string; version: string; indicators: number }>();
  const examples: WarnedImport['examples'][number][] = [];
  const counts = { hold: 0, inform: 0 };
  const note = (indicator: Indicator): void => {
    const [first, ...more] = warnings.of(indicator);
    if (first === undefined) return;
    counts[first.effect]++;
    for (const { list: name, version } of [first, ...more]) {
      const list = lists.get(name) ?? { name, version, indicators: 0 };
      list.indicators++;
      lists.set(name, list);
    }
    const { source, line, value } = indicator;
    if (first.effect === 'hold' && examples.length < MAX_EXAMPLES)
      examples.push({ file: source.file, line, value: value ?? '', effect: first.effect, why: first.why });
  };
  return {
    look: (indicators) => {
      for (const indicator of indicators) note(indicator);
    },
    report: () => ({
      ...{ held: counts.hold, informed: counts.inform },
      lists: [...lists.values()].sort((a, b) => b.indicators - a.indicators),
      examples,
    }),
  };
}
