/** A characteristic as others can ask for it: groups of alternatives, of which two must be met. */
import type { Characteristic, Trait, TraitKind } from '../model/characteristic.ts';

/** Kinds that formats of others have a field for. */
const SHARED = ['uri', 'uri-prefix', 'uri-pattern', 'user-agent', 'cookie', 'referrer'] as const satisfies TraitKind[];
export type SharedKind = (typeof SHARED)[number];

/** Any one of the values, by any one of the kinds, meets the group. */
export type Group = {
  readonly id: 'path' | 'agent' | 'cookie' | 'referrer';
  readonly any: readonly { readonly kind: SharedKind; readonly values: readonly string[] }[];
};

const GROUP_OF: Readonly<Record<SharedKind, Group['id']>> = {
  uri: 'path',
  'uri-prefix': 'path',
  'uri-pattern': 'path',
  'user-agent': 'agent',
  cookie: 'cookie',
  referrer: 'referrer',
};

/** A pattern of more alternatives is one that nobody runs. */
const MOST_VALUES = 40;

const isShared = (trait: Trait): trait is Trait & { kind: SharedKind } => SHARED.some((kind) => kind === trait.kind);

/** The groups, each once, the path first. A list of one group says too little to be asked for alone. */
export function groupsOf({ traits }: Characteristic): Group[] {
  const kinds = new Map<SharedKind, Set<string>>();
  for (const trait of traits)
    if (isShared(trait)) {
      const values = kinds.get(trait.kind) ?? new Set<string>();
      for (const value of trait.values) if (values.size < MOST_VALUES) values.add(value);
      kinds.set(trait.kind, values);
    }
  const groups = new Map<Group['id'], { kind: SharedKind; values: string[] }[]>();
  for (const kind of SHARED) {
    const values = kinds.get(kind);
    if (values && values.size > 0)
      groups.set(GROUP_OF[kind], [...(groups.get(GROUP_OF[kind]) ?? []), { kind, values: [...values] }]);
  }
  return [...groups].map(([id, any]) => ({ id, any }));
}
