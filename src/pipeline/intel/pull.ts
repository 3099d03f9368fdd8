/** What a pull gets and gives; importing what it brought. */
import type { Detail } from '../../model/fact.ts';
import type { Desk } from './desk.ts';
import type { FeedSettings } from './feed-settings.ts';
import { type ImportReport, importInto } from './import.ts';

export type Pulled = Detail<'feed.pulled'>;

export type PullTask = {
  readonly desk: Desk;
  readonly name: string;
  readonly feed: FeedSettings;
  /** The last pull that did not fail. */
  readonly last: Pulled | null;
  readonly by: string | null;
  readonly now: () => Date;
};

/** A pull that brought nothing. */
export const nothing = (name: string): Pulled => ({
  name,
  outcome: 'unchanged',
  detail: '',
  kind: null,
  objects: 0,
  indicators: 0,
  bytes: 0,
  etag: null,
  modified: null,
  cursor: null,
});

/** The name of a feed as the name of a file: rows without a source of their own are then that feed's. */
export const fileName = (name: string): string =>
  name
    .replace(/[^A-Za-z0-9._-]/g, '_')
    .replace(/^\.+/, '_')
    .slice(0, 120);

/** Imports what lies at `from`, and says what came of it. */
export async function importPulled(task: PullTask, from: string, pulled: Pulled): Promise<Pulled> {
  const { files, refusals, indicators } = await importInto(task.desk, [from], { ...task, mapping: task.feed.mapping });
  const sum = (of: (file: ImportReport['files'][number]) => number): number =>
    files.reduce((total, file) => total + of(file), 0);
  const first = refusals[0];
  const changed = `${indicators.added} added, ${indicators.updated} updated`;
  return {
    ...pulled,
    outcome: 'imported',
    detail: first === undefined ? changed : `${changed}; first refusal: line ${first.line}, ${first.detail}`,
    kind: files.find((file) => file.kind !== null)?.kind ?? null,
    objects: sum((file) => file.objects),
    indicators: sum((file) => file.indicators),
  };
}
