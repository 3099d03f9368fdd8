/** What adversary software looks like, for the tools of others: STIX 2.1 or Sigma. */
import { builtIn } from '../characteristics/builtin/index.ts';
import { groupsOf } from '../characteristics/groups.ts';
import { sigmaOf } from '../characteristics/rules/sigma-export.ts';
import type { Characteristic } from '../model/characteristic.ts';
import { softwareObjects } from '../stix/characteristic.ts';
import { bundle } from '../stix/object.ts';
import { collectCharacteristics } from './characteristics.ts';

export type CharacteristicsExport = {
  /** Files to read; none: the built-in set. */
  readonly paths: readonly string[];
  readonly format: 'stix' | 'sigma';
  readonly stdin: NodeJS.ReadableStream;
  /** Told of files that could not be read. */
  readonly note: (text: string) => void;
  readonly now: Date;
};

export type ExportedCharacteristics = {
  readonly text: string;
  readonly written: number;
  /** Characteristics with fewer than two groups of attributes that the format has fields for. */
  readonly left: number;
};

/** Read = written + left. */
export async function exportCharacteristics(options: CharacteristicsExport): Promise<ExportedCharacteristics> {
  const told = await collectCharacteristics(options.paths, options.stdin);
  for (const file of told.files) if (!file.parsed) options.note(`${file.file}: ${file.error}`);
  const all = options.paths.length === 0 ? builtIn : told.characteristics;
  const shared = all.filter((c) => groupsOf(c).length >= 2);
  const counts = { written: shared.length, left: all.length - shared.length };
  if (options.format === 'sigma') return { text: shared.flatMap((c) => sigmaOf(c) ?? []).join('---\n'), ...counts };
  const objects = shared.flatMap((c) => softwareObjects(forStix(c, options.now)));
  return { text: `${JSON.stringify(bundle(objects), null, 1)}\n`, ...counts };
}

const forStix = (c: Characteristic, now: Date) => ({
  ...c,
  since: c.source.date === null ? now.getTime() : Date.parse(`${c.source.date}T00:00:00Z`),
  groups: groupsOf(c),
});
