/** What a workspace knows around its intelligence: the warning lists in force, and how its feeds stand. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { warningsOf } from '../../intel/warnings/in-force.ts';
import type { WarningList, Warnings } from '../../intel/warnings/warning-list.ts';
import { openState } from '../../state/store.ts';
import { endpointOf } from '../intel-log.ts';
import type { Desk } from './desk.ts';
import { type FeedStanding, standingsOfFeeds } from './feed-health.ts';
import { listsAt, ownLists, warningsAt } from './warning-store.ts';

export type Around = { readonly warnings: Warnings; readonly feeds: readonly FeedStanding[] };

/** At a desk that is open. */
export const aroundDesk = async (desk: Desk, asOf: number): Promise<Around> => ({
  warnings: await warningsAt(desk, asOf),
  feeds: await standingsOfFeeds(desk.state, asOf),
});

type Place = { readonly workspace: string | null; readonly stateUrl?: string | null };

/** For a hunt, which may have no workspace: then the built-in lists count, and those given besides. */
export async function aroundHunt(
  { workspace, stateUrl = null }: Place,
  asOf: number,
  besides: readonly WarningList[] = [],
): Promise<Around> {
  const { lists, feeds } = workspace === null ? bare : await known(workspace, stateUrl, asOf);
  const replaced = new Set(besides.map(({ name }) => name));
  return { warnings: warningsOf([...lists.filter(({ name }) => !replaced.has(name)), ...besides], endpointOf), feeds };
}

type Known = { readonly lists: readonly WarningList[]; readonly feeds: readonly FeedStanding[] };

const bare: Known = { lists: ownLists, feeds: [] };

async function known(workspace: string, url: string | null, asOf: number): Promise<Known> {
  if (url === null && !existsSync(path.join(workspace, 'state.db'))) return bare;
  const state = await openState(url === null ? { workspace } : { url });
  try {
    const lists = await listsAt({ state, directory: path.join(workspace, 'intel') }, asOf);
    return { lists, feeds: await standingsOfFeeds(state, asOf) };
  } finally {
    await state.close();
  }
}
