/** A store of what the desk of a workspace shares: approved indicators, and where they were seen. */
import type { Shared, SharedObject } from '../../pipeline/intel/share.ts';
import { stixId } from '../../stix/object.ts';
import type { Entry, ServedCollection, TaxiiStore } from './store.ts';

export function deskStore(read: () => Promise<Shared>): TaxiiStore {
  const collection = (title: 'indicators' | 'sightings', description: string): ServedCollection => ({
    id: stixId('collection', `virga ${title}`).slice('collection--'.length),
    ...{ title, description, readable: true, writable: false },
    entries: async () => (await read())[title].map(entryOf),
    add: (objects) => objects.map(() => 'this collection takes nothing'),
  });
  const all = [
    collection('indicators', 'Indicators that a person approved, with TLP and terms of their sources'),
    collection('sightings', 'Where and when they were seen'),
  ];
  return { collections: () => all };
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function entryOf({ at, object }: SharedObject): Entry {
  const added = new Date(at).toISOString().replace('Z', '000Z');
  const version = text(object.modified) ?? text(object.created) ?? added;
  return { id: object.id, type: object.type, version, specVersion: '2.1', added, object };
}

/** The collections of several stores. */
export const allOf = (stores: readonly TaxiiStore[]): TaxiiStore => ({
  collections: () => stores.flatMap((store) => store.collections()),
});
