/** What a source of intelligence lists, and the CSV that it publishes. */
export type Kind = 'domain' | 'url' | 'ip' | 'sha256';

export type Listed = {
  readonly kind: Kind;
  readonly value: string;
  /** RFC 3339, UTC; when the source wrote it down, and from when to when it holds. */
  readonly created: string;
  readonly from: string;
  readonly until: string | null;
  readonly confidence: number;
  readonly says: string;
  /** False where the source calls it context, not for detection. */
  readonly detect: boolean;
};

/** CSV with a header row. */
export const asCsv = (all: readonly Listed[], source: string): string => {
  const head = 'value,type,confidence,valid_from,valid_until,created,source';
  const row = (one: Listed) =>
    [one.value, one.kind, one.confidence, one.from, one.until ?? '', one.created, source].join(',');
  return `${[head, ...all.map(row)].join('\n')}\n`;
};
