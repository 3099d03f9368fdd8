/** `virga stix export`: indicators of any kind of file as one STIX 2.1 bundle. */
import { collectIntel, type IntelSummary } from '../intel/read.ts';
import type { Indicator } from '../model/indicator.ts';
import { indicatorObjects, isWritable } from '../stix/indicator.ts';
import { type Tlp, tlpOf, tlps } from '../stix/marking.ts';
import { bundle } from '../stix/object.ts';

export type StixExport = {
  readonly paths: readonly string[];
  /** The TLP of indicators that have none. */
  readonly unmarked: Tlp;
  /** Indicators with a narrower TLP are left out. */
  readonly upTo: Tlp;
  readonly now: Date;
  readonly stdin?: AsyncIterable<Uint8Array>;
};

export type StixExported = {
  /** The bundle as JSON. */
  readonly text: string;
  readonly indicators: number;
  /** What was left out, by reason. */
  readonly left: Readonly<Record<'narrower-tlp' | 'not-for-detection' | 'part-of-a-pattern' | 'no-pattern', number>>;
  readonly summary: IntelSummary;
};

/** Reads every file and writes what may be passed on. Read = written + left out + refused (in the summary). */
export async function exportStix({ paths, unmarked, upTo, now, stdin }: StixExport): Promise<StixExported> {
  const { indicators, ...summary } = await collectIntel(paths, stdin === undefined ? {} : { stdin });
  const left = { 'narrower-tlp': 0, 'not-for-detection': 0, 'part-of-a-pattern': 0, 'no-pattern': 0 };
  const written = indicators.filter((indicator) => {
    const reason = reasonAgainst(indicator, unmarked, upTo);
    if (reason !== null) left[reason]++;
    return reason === null;
  });
  const objects = written.flatMap((indicator) => indicatorObjects(indicator, unmarked, now.getTime()));
  return { text: `${JSON.stringify(bundle(objects), null, 1)}\n`, indicators: written.length, left, summary };
}

function reasonAgainst(indicator: Indicator, unmarked: Tlp, upTo: Tlp): keyof StixExported['left'] | null {
  if (tlps.indexOf(tlpOf(indicator.labels) ?? unmarked) > tlps.indexOf(upTo)) return 'narrower-tlp';
  if (!indicator.detect) return 'not-for-detection';
  if (/^indicator--.*#\d+$/.test(indicator.id)) return 'part-of-a-pattern';
  return isWritable(indicator) ? null : 'no-pattern';
}

/** The TLP of a word; undefined where it is none. */
export const readTlp = (word: string): Tlp | undefined => tlps.find((tlp) => tlp === word.toLowerCase());
