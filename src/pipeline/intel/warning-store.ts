/** The warning lists that a workspace keeps: each version under the digest of its content, in force as of any time. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { builtInLists, ours } from '../../intel/warnings/built-in.ts';
import { warningsOf } from '../../intel/warnings/in-force.ts';
import { readList } from '../../intel/warnings/read.ts';
import type { WarningList, Warnings } from '../../intel/warnings/warning-list.ts';
import { VirgaError } from '../../model/errors.ts';
import type { Detail, Fact } from '../../model/fact.ts';
import { sharedEdges } from '../../platforms/edges.ts';
import type { State } from '../../state/store.ts';
import { endpointOf } from '../intel-log.ts';
import type { Desk } from './desk.ts';
import { sha256 } from './digest.ts';

type Place = Pick<Desk, 'state' | 'directory'>;
type SetList = Fact<'warnings.set'>;
type Kept = NonNullable<Detail<'warnings.set'>['list']>;

/** Ours, with the edges that the platform catalogue knows. */
export const ownLists: readonly WarningList[] = [
  ...builtInLists,
  ours(
    'shared edge addresses',
    'cidr',
    ['ip-src', 'ip-dst'],
    `Addresses of ${sharedEdges.map(({ owner }) => owner).join(', ')} at which all customers are reached alike.`,
    sharedEdges.flatMap(({ ranges }) => ranges).join(' '),
  ),
];

/** Of each name the last word on it. */
export async function lastWords(state: Pick<State, 'facts'>, asOf?: number): Promise<ReadonlyMap<string, SetList>> {
  return new Map((await state.facts('warnings.set', asOf)).map((fact) => [fact.detail.name, fact]));
}

/** Writes a list where it can be read again whatever comes after it. */
export async function keepList(directory: string, list: WarningList): Promise<Pick<Kept, 'file' | 'sha256'>> {
  const { kinds: _, entries, effect, attributes, ...rest } = list;
  const document = { ...rest, ...(effect && { effect }), matching_attributes: attributes, list: entries };
  const part = path.join(directory, 'warnings', `part-${process.pid}.json`);
  try {
    mkdirSync(path.dirname(part), { recursive: true });
    writeFileSync(part, JSON.stringify(document));
    const digest = await sha256(part);
    const file = path.join('warnings', `${digest}.json`);
    renameSync(part, path.join(directory, file));
    return { file, sha256: digest };
  } catch (cause) {
    throw new VirgaError('state.unwritable', `The list could not be kept beside ${part}.`, { cause });
  }
}

/** The lists in force: the workspace's, and those of ours that it did not replace or remove. */
export async function listsAt({ state, directory }: Place, asOf?: number): Promise<readonly WarningList[]> {
  const words = await lastWords(state, asOf);
  const lists = ownLists.filter(({ name }) => !words.has(name));
  for (const { detail } of words.values()) {
    if (detail.list === null) continue;
    const { list, fault } = await readList(path.join(directory, detail.list.file));
    if (list === null)
      throw new VirgaError(
        'state.damaged',
        `The warning list ${JSON.stringify(detail.name)} cannot be read: ${fault}.`,
      );
    lists.push(list);
  }
  return lists;
}

/** The same, ready to be asked. */
export const warningsAt = async (place: Place, asOf?: number): Promise<Warnings> =>
  warningsOf(await listsAt(place, asOf), endpointOf);
