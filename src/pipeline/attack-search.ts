import { kindOf } from '../attack/kinds.ts';
import { VirgaError } from '../model/errors.ts';
import { objectsNamed, type ReleaseChoice, releasesMeant, withMirror } from './attack-find.ts';

export type AttackHit = {
  readonly attack_id: string | null;
  readonly id: string;
  readonly kind: string;
  readonly name: string | null;
  readonly status: string;
  readonly domain: string;
  readonly release: string;
};

export type AttackSearchOptions = ReleaseChoice & {
  readonly words: readonly string[];
  /** How many at most, as text. */
  readonly most: string;
  readonly workspace: string;
};

/** Objects that hold all the words, in the newest release of each domain (or the one asked for), best first. */
export const searchAttack = ({ words, most, workspace, ...choice }: AttackSearchOptions): Promise<AttackHit[]> =>
  withMirror(workspace, (mirror) => {
    if (!/^[1-9]\d{0,3}$/.test(most))
      throw new VirgaError('usage.wrong', `--most takes a number from 1 to 9999, not ${JSON.stringify(most)}.`);
    const split = words
      .flatMap((word) => word.split(/[^\p{L}\p{N}]+/u))
      .filter((word) => word !== '')
      .slice(0, 20);
    const releases = releasesMeant(mirror, choice);
    const newest = releases.filter((r, i) => releases.findIndex((s) => s.domain === r.domain) === i);
    const hits = newest.flatMap(({ n, domain, release }) => {
      const exact = objectsNamed(mirror, n, words.join(' '));
      const found = [
        ...exact,
        ...mirror.search(n, split, Number(most)).filter((o) => !exact.some((e) => e.id === o.id)),
      ];
      return found.map((o) => ({
        attack_id: o.attack_id,
        id: o.id,
        kind: kindOf(o.type),
        name: o.name,
        status: o.status,
        domain,
        release,
      }));
    });
    return hits.slice(0, Number(most));
  });
