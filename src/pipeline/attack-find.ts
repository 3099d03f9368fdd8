import { existsSync } from 'node:fs';
import { isObject, type JsonObject, parseJson } from '../attack/json.ts';
import { isStixId } from '../attack/object.ts';
import { byRelease, releaseName } from '../attack/release.ts';
import type { AttackObject, AttackRelease } from '../model/attack.ts';
import { VirgaError } from '../model/errors.ts';
import { type Mirror, mirrorFile, openMirror } from '../state/mirror.ts';

/** Which releases are meant; null means any. */
export type ReleaseChoice = { readonly release: string | null; readonly domain: string | null };

export type Found = {
  readonly release: AttackRelease;
  readonly object: AttackObject;
  /** Others of that release with the same ATT&CK id: old mitigations that were numbered like techniques. */
  readonly others: readonly AttackObject[];
};

/** Opens the mirror of a workspace for reading, does the work, closes it. */
export async function withMirror<T>(workspace: string, work: (mirror: Mirror) => T | Promise<T>): Promise<T> {
  if (!existsSync(mirrorFile(workspace)))
    throw new VirgaError('attack.no-release', `${workspace} holds no ATT&CK release yet.`);
  const mirror = openMirror(workspace);
  try {
    return await work(mirror);
  } finally {
    mirror.close();
  }
}

/** Domains in the order in which an id is looked for. */
const DOMAINS = ['enterprise-attack', 'mobile-attack', 'ics-attack'];
const domainOrder = (domain: string): number => (DOMAINS.indexOf(domain) + DOMAINS.length + 1) % (DOMAINS.length + 1);

/** The releases meant, the newest of the first domain first; never none. */
export function releasesMeant(mirror: Mirror, { release, domain }: ReleaseChoice): AttackRelease[] {
  const name = release === null ? null : (releaseName(release) ?? release);
  const meant = mirror
    .releases()
    .filter((r) => (name === null || r.release === name) && (domain === null || r.domain === domain))
    .sort((a, b) => domainOrder(a.domain) - domainOrder(b.domain) || byRelease(b.release, a.release));
  if (meant.length > 0) return meant;
  const what = [domain, name].filter((part) => part !== null).join(' ');
  throw new VirgaError(
    'attack.no-release',
    what === '' ? 'No ATT&CK release is imported yet.' : `ATT&CK ${what} is not imported.`,
  );
}

/** The one release of that name and domain. */
export function releaseMeant(mirror: Mirror, release: string, domain: string): AttackRelease {
  const [found] = releasesMeant(mirror, { release, domain });
  if (!found) throw new Error('no release');
  return found;
}

/** The object of that ATT&CK or STIX id, in the newest release that has it. */
export function findObject(mirror: Mirror, text: string, choice: ReleaseChoice): Found {
  const releases = releasesMeant(mirror, choice);
  for (const release of releases) {
    const [object, ...others] = objectsNamed(mirror, release.n, text);
    if (object) return { release, object, others };
  }
  const where =
    releases.length === 1
      ? `${releases[0]?.domain} ${releases[0]?.release}`
      : 'any imported release that was asked for';
  throw new VirgaError('attack.no-object', `No object ${JSON.stringify(text.slice(0, 100))} in ${where}.`);
}

export function objectsNamed(mirror: Mirror, release: number, text: string): AttackObject[] {
  if (!isStixId(text)) return mirror.named(release, text.trim().toUpperCase());
  const object = mirror.object(release, text);
  return object ? [object] : [];
}

/** The JSON of one object. */
export function jsonOf(mirror: Mirror, release: number, object: AttackObject): JsonObject {
  for (const bytes of mirror.bytes(release, [object])) return asObject(bytes);
  throw new Error('no bytes');
}

/** The JSON of many: their bytes are read in the order of their places, parsed when asked for. */
export function openObjects(
  mirror: Mirror,
  release: number,
  objects: readonly AttackObject[],
): (id: string) => JsonObject {
  const sorted = [...objects].sort((a, b) => a.start - b.start);
  const bytes = new Map<string, Uint8Array>();
  let at = 0;
  for (const one of mirror.bytes(release, sorted)) bytes.set(sorted[at++]?.id ?? '', one);
  return (id) => {
    const found = bytes.get(id);
    if (!found) throw new Error(`${id} was not opened`);
    return asObject(found);
  };
}

function asObject(bytes: Uint8Array): JsonObject {
  const json = parseJson(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  if (!isObject(json)) throw new Error('an object of the mirror is none');
  return json;
}

/** What replaces a revoked object: the end of its chain of `revoked-by`, which may turn back on itself. */
export function replacementOf(mirror: Mirror, release: number, object: AttackObject): AttackObject | null {
  const chain = replacementsOf(mirror, release, object);
  return chain.at(-1) ?? null;
}

/** The chain of `revoked-by`, nearest first. */
export function replacementsOf(mirror: Mirror, release: number, object: AttackObject): AttackObject[] {
  const chain: AttackObject[] = [];
  for (let next = successor(mirror, release, object); next; next = successor(mirror, release, next)) {
    if (next.id === object.id || chain.some((o) => o.id === next?.id)) break;
    chain.push(next);
  }
  return chain;
}

function successor(mirror: Mirror, release: number, object: AttackObject): AttackObject | null {
  const [edge] = mirror.from(release, object.n, 'revoked-by');
  return edge ? mirror.object(release, edge.target) : null;
}
