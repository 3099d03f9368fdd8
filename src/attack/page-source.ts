import type { AttackEdge, AttackObject, AttackRelease } from '../model/attack.ts';
import type { JsonObject } from './json.ts';

/** One release as a page needs it: look-ups by id and by relation. The mirror gives it. */
export type PageSource = {
  readonly release: AttackRelease;
  readonly object: (id: string) => AttackObject | null;
  readonly named: (attackId: string) => readonly AttackObject[];
  readonly ofType: (type: string) => readonly AttackObject[];
  readonly json: (object: AttackObject) => JsonObject;
  readonly from: (object: AttackObject, kind: string) => readonly AttackEdge[];
  readonly to: (object: AttackObject, kind: string) => readonly AttackEdge[];
  readonly twins: (object: AttackObject) => readonly AttackObject[];
  /** The chain of what replaces it, nearest first. */
  readonly replacements: (object: AttackObject) => readonly AttackObject[];
};

/** Objects that point at this one by that relation or field, those that are not active left out where `active`. */
export const pointingAt = (source: PageSource, object: AttackObject, kind: string): Related[] =>
  related(source, source.to(object, kind), (e) => e.source);

/** Objects that this one points at. */
export const pointedAt = (source: PageSource, object: AttackObject, kind: string): Related[] =>
  related(source, source.from(object, kind), (e) => e.target);

/** An object reached, and the relationship that led there; null for a field of the object itself. */
export type Related = { readonly object: AttackObject; readonly via: AttackObject | null };

function related(source: PageSource, edges: readonly AttackEdge[], end: (edge: AttackEdge) => string): Related[] {
  return edges
    .flatMap((edge) => {
      const object = source.object(end(edge));
      const via = edge.via === null ? null : source.object(edge.via);
      // A relation that was withdrawn says nothing any more, whatever its ends are.
      if (!object || (via && via.status !== 'active')) return [];
      return [{ object, via }];
    })
    .sort((a, b) => compare(keyOf(a), keyOf(b)));
}

/** The order does not depend on that of the bundle. */
const keyOf = ({ object, via }: Related): string => `${object.attack_id ?? ''} ${object.id} ${via?.id ?? ''}`;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
