import type { JsonObject } from '../attack/json.ts';
import { pageOf } from '../attack/page.ts';
import type { PageSource } from '../attack/page-source.ts';
import { byRelease } from '../attack/release.ts';
import type { AttackObject, AttackRelease } from '../model/attack.ts';
import type { AttackPage, ReleaseRow } from '../model/attack-page.ts';
import type { Mirror } from '../state/mirror.ts';
import { findObject, jsonOf, type ReleaseChoice, replacementsOf, withMirror } from './attack-find.ts';
import { notesOf } from './attack-note.ts';

export type AttackShowOptions = ReleaseChoice & { readonly id: string; readonly workspace: string };

/** Everything about one object, in the release asked for or the newest that has it. */
export const showAttack = (options: AttackShowOptions): Promise<AttackPage> =>
  withMirror(options.workspace, (mirror) => {
    const { release, object, others } = findObject(mirror, options.id, options);
    return pageIn(mirror, release, object, options.workspace, others);
  });

/** The page of an object of a release. */
export function pageIn(
  mirror: Mirror,
  release: AttackRelease,
  object: AttackObject,
  workspace: string,
  others: readonly AttackObject[] = [],
): AttackPage {
  const notes = notesOf(workspace);
  try {
    const releases = releasesHolding(mirror, object);
    const holding = new Set(releases.filter((r) => r.domain === release.domain).map((r) => r.release));
    const absentFrom = mirror
      .releases()
      .filter((r) => r.domain === release.domain && !holding.has(r.release))
      .map((r) => r.release)
      .sort(byRelease);
    return pageOf({ source: sourceOf(mirror, release), object, others, releases, absentFrom, note: notes.note });
  } finally {
    notes.close();
  }
}

/** The exact bytes of an object as they stood in the bundle. */
export const rawAttack = (options: AttackShowOptions): Promise<Uint8Array> =>
  withMirror(options.workspace, (mirror) => {
    const { release, object } = findObject(mirror, options.id, options);
    for (const bytes of mirror.bytes(release.n, [object])) return bytes;
    throw new Error('no bytes');
  });

function releasesHolding(mirror: Mirror, { id }: AttackObject): ReleaseRow[] {
  return mirror
    .releases()
    .flatMap(({ n, release, domain }) => {
      const object = mirror.object(n, id);
      return object
        ? [
            {
              release,
              domain,
              version: object.version,
              modified: object.modified,
              status: object.status,
              content_hash: object.content_hash,
            },
          ]
        : [];
    })
    .sort((a, b) => byRelease(a.release, b.release) || (a.domain < b.domain ? -1 : 1));
}

/** The release as pages need it; what was read once is kept for the page. */
export function sourceOf(mirror: Mirror, release: AttackRelease): PageSource {
  const { n } = release;
  const objects = new Map<string, AttackObject | null>();
  const jsons = new Map<number, JsonObject>();
  return {
    release,
    object: (id) => remember(objects, id, () => mirror.object(n, id)),
    named: (attackId) => mirror.named(n, attackId),
    ofType: (type) => mirror.ofType(n, type),
    json: (object) => remember(jsons, object.n, () => jsonOf(mirror, n, object)),
    from: (object, kind) => mirror.from(n, object.n, kind),
    to: (object, kind) => mirror.to(n, object.n, kind),
    twins: (object) => mirror.twins(n, object),
    replacements: (object) => replacementsOf(mirror, n, object),
  };
}

function remember<K, V>(known: Map<K, V>, key: K, get: () => V): V {
  const found = known.get(key);
  if (found !== undefined) return found;
  const value = get();
  known.set(key, value);
  return value;
}
