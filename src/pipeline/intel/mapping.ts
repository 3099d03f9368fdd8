/** Mapping files for intelligence in JSON, and their dry run. */
import type { Feed } from '../../intel/feed.ts';
import { mappedFeed, type Watch } from '../../intel/mapping/mapped-feed.ts';
import { intelMappingSchema } from '../../intel/mapping/schema.ts';
import { collectIntel } from '../../intel/read.ts';
import { VirgaError } from '../../model/errors.ts';
import type { Indicator } from '../../model/indicator.ts';
import { readYaml } from '../../telemetry/mapping/read.ts';

/** The reader that a mapping file makes. What is wrong with the file is one sentence. */
export function readIntelMapping(file: string, watch?: Watch): Feed {
  const checked = intelMappingSchema.safeParse(readYaml(file));
  if (checked.success) return mappedFeed(checked.data, watch);
  const [issue] = checked.error.issues;
  const where = issue?.path.join('.');
  throw new VirgaError('intel.mapping', `${file}: ${where ? `${where}: ` : ''}${issue?.message ?? 'no mapping'}.`);
}

/** What a dry run ends with. */
export type IntelTrial = {
  readonly accepted: number;
  readonly other: number;
  readonly refused: Readonly<Record<string, number>>;
  /** Fields that the mapping does not read, and in how many items they stand; the most frequent first. */
  readonly unmapped: Readonly<Record<string, number>>;
};

/** The first records as indicators or refusals, then the sum of all. Nothing is kept. */
export async function tryIntelMapping(
  mapping: string,
  paths: readonly string[],
  first: number,
): Promise<readonly object[]> {
  const shown: object[] = [];
  const unmapped = new Map<string, number>();
  const feed = readIntelMapping(mapping, (record, names) => {
    if (shown.length < first) shown.push('indicator' in record ? said(record.indicator) : record);
    for (const name of names)
      if (unmapped.has(name) || unmapped.size < 1000) unmapped.set(name, (unmapped.get(name) ?? 0) + 1);
  });
  const { files } = await collectIntel(paths, { reader: feed });
  const refused: Record<string, number> = {};
  for (const file of files)
    for (const [reason, count] of Object.entries(file.refused)) refused[reason] = (refused[reason] ?? 0) + count;
  const sum = (of: 'indicators' | 'other'): number => files.reduce((total, file) => total + file[of], 0);
  const trial: IntelTrial = {
    accepted: sum('indicators'),
    other: sum('other'),
    refused,
    unmapped: Object.fromEntries([...unmapped].sort((a, b) => b[1] - a[1])),
  };
  return [...shown, trial];
}

const time = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** An indicator as `intel list` names its parts. */
const said = (i: Indicator): object => ({
  ...{ line: i.line, value: i.value, kind: i.kind, source: i.source.name, licence: i.source.licence },
  ...{ confidence: i.confidence, valid_from: time(i.validFrom), valid_until: time(i.validUntil) },
  ...{
    created: time(i.recorded),
    detect: i.detect,
    endpoint: i.endpoint,
    description: i.description,
    labels: i.labels,
  },
});
