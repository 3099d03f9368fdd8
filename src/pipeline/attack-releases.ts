import { byRelease } from '../attack/release.ts';
import type { AttackRelease } from '../model/attack.ts';
import { releaseMeant, withMirror } from './attack-find.ts';

/** Every imported release, by domain, oldest first. */
export const attackReleases = (workspace: string): Promise<AttackRelease[]> =>
  withMirror(workspace, (mirror) =>
    mirror
      .releases()
      .sort((a, b) => (a.domain < b.domain ? -1 : a.domain > b.domain ? 1 : byRelease(a.release, b.release))),
  );

/** Takes a release out of the mirror; resolves to what it was. */
export const deleteRelease = (workspace: string, release: string, domain: string): Promise<AttackRelease> =>
  withMirror(workspace, async (mirror) => {
    const meant = releaseMeant(mirror, release, domain);
    await mirror.remove(meant.n);
    return meant;
  });
