import { type DiffSide, diffReleases } from '../attack/diff.ts';
import type { AttackRelease } from '../model/attack.ts';
import type { AttackDiff } from '../model/attack-diff.ts';
import type { Mirror } from '../state/mirror.ts';
import { openObjects, releaseMeant, replacementOf, withMirror } from './attack-find.ts';

export type AttackDiffOptions = {
  readonly from: string;
  readonly to: string;
  readonly domain: string;
  readonly workspace: string;
};

/** What changed between two imported releases of a domain, by content. */
export const diffAttack = (options: AttackDiffOptions): Promise<AttackDiff> =>
  withMirror(options.workspace, (mirror) => diffOf(mirror, options));

export function diffOf(mirror: Mirror, { from, to, domain }: Omit<AttackDiffOptions, 'workspace'>): AttackDiff {
  const [a, b] = [releaseMeant(mirror, from, domain), releaseMeant(mirror, to, domain)];
  return diffReleases(domain, sideOf(mirror, a), sideOf(mirror, b));
}

const sideOf = (mirror: Mirror, { n, release }: AttackRelease): DiffSide => ({
  release,
  objects: mirror.all(n),
  open: (objects) => openObjects(mirror, n, objects),
  replacement: (object) => replacementOf(mirror, n, object),
});
