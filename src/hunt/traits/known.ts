import type { TraitKey } from '../../lake/marks.ts';
import type { SpreadKind } from '../../lake/spread.ts';
import type { Characteristic, Trait, TraitKind } from '../../model/characteristic.ts';
import { isCurrentBrowser } from '../../observables/user-agent.ts';

/** Characteristics by what opens them: a path or a user agent that a request bears. */
export type Known = {
  readonly keys: readonly TraitKey[];
  readonly byPath: ReadonlyMap<string, readonly Characteristic[]>;
  readonly byAgent: ReadonlyMap<string, readonly Characteristic[]>;
};

/** A shorter path (`/`, `/a`) is on every second site. */
const MIN_PATH = 3;

export function knownOf(characteristics: readonly Characteristic[]): Known {
  const keys = new Map<string, TraitKey>();
  const [byPath, byAgent] = [new Map<string, Characteristic[]>(), new Map<string, Characteristic[]>()];
  for (const characteristic of supported(characteristics))
    for (const { kind, values } of characteristic.traits)
      for (const value of values) {
        const asked = askedKinds[kind];
        if (asked === undefined || !worthAsking(asked, value)) continue;
        keys.set(`${asked} ${value}`, { kind: asked, value });
        if (isPath(asked)) push(byPath, value, characteristic);
        if (asked === 'user-agent') push(byAgent, value, characteristic);
      }
  return { keys: [...keys.values()], byPath, byAgent };
}

function worthAsking(kind: TraitKey['kind'], value: string): boolean {
  if (isPath(kind)) return value.length >= MIN_PATH;
  // A browser of our day opens nothing; its name is compared where something else does.
  return kind !== 'user-agent' || !isCurrentBrowser(value);
}

const isPath = (kind: TraitKey['kind']): boolean => kind.startsWith('uri');

const askedKinds: Partial<Record<TraitKind, TraitKey['kind']>> = {
  uri: 'uri',
  'uri-prefix': 'uri-prefix',
  'uri-pattern': 'uri-pattern',
  'user-agent': 'user-agent',
  cookie: 'cookie',
  parameter: 'parameter',
  referrer: 'referrer',
};

/** Kinds whose spread is counted over all requests once they were met. */
export const spreadKindOf: Partial<Record<TraitKind, SpreadKind>> = {
  'user-agent': 'user-agent',
  cookie: 'cookie',
  referrer: 'referrer',
  mime: 'mime',
};

const isFingerprint = ({ kind }: Trait): boolean => kind === 'ja3' || kind === 'ja4';

/** Fingerprints that a list gives for a software support the characteristics of that software; alone they open nothing. */
function supported(characteristics: readonly Characteristic[]): Characteristic[] {
  const lists = characteristics.filter((c) => c.traits.every(isFingerprint));
  return characteristics
    .filter((c) => !c.traits.every(isFingerprint))
    .map((c) => ({
      ...c,
      traits: [
        ...c.traits,
        ...merged(lists.filter((l) => sameSoftware(l.software, c.software)).flatMap((l) => l.traits)),
      ],
    }));
}

/** `Cobalt Strike v4.9.1` is Cobalt Strike. */
const sameSoftware = (listed: string, software: string): boolean =>
  listed
    .toLowerCase()
    .split(/[\s,]+/)
    .slice(0, software.split(' ').length)
    .join(' ') === software.toLowerCase();

/** One attribute a kind: a client has one fingerprint, whichever of the list it is. */
const merged = (traits: readonly Trait[]): Trait[] =>
  (['ja3', 'ja4'] as const).flatMap((kind) => {
    const values = [...new Set(traits.filter((t) => t.kind === kind).flatMap((t) => t.values))];
    return values.length === 0 ? [] : [{ kind, role: null, values }];
  });

function push<T>(index: Map<string, T[]>, key: string, value: T): void {
  const list = index.get(key);
  if (!list) index.set(key, [value]);
  else if (!list.includes(value)) list.push(value);
}
