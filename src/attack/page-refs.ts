/** Objects as a page shows them: with MITRE's words, whose citations are numbered on the way. */
import type { AttackObject } from '../model/attack.ts';
import type { AnalyticRef, AttackRef, LogSource, TechniqueRef } from '../model/attack-page.ts';
import type { Citations } from './citations.ts';
import { objectsOf, textOf, textsOf } from './json.ts';
import { kindOf } from './kinds.ts';
import { phasesOf } from './object.ts';
import { type PageSource, pointedAt, pointingAt, type Related } from './page-source.ts';

export type RefMaker = {
  /** With its description. */
  readonly full: (related: Related) => AttackRef;
  /** Without: for lists that may be long. The words of the relation stay. */
  readonly brief: (related: Related) => AttackRef;
  readonly analytic: (object: AttackObject) => AnalyticRef;
  /** `depth` brief leaves out who uses it and what mitigates it. */
  readonly technique: (related: Related, depth: 'full' | 'brief') => TechniqueRef;
  readonly logSources: (object: AttackObject) => LogSource[];
  readonly tactics: (object: AttackObject) => AttackRef[];
};

export function createRefs(source: PageSource, citations: Citations): RefMaker {
  const wordsOf = (object: AttackObject | null): string | null => {
    if (!object) return null;
    const json = source.json(object);
    const text = textOf(json, 'description');
    if (text !== null) citations.text(text, object, json);
    return text;
  };
  const refOf = ({ object, via }: Related, words: boolean): AttackRef => {
    if (words && object.attack_id !== null) citations.object(object);
    return {
      ...{ id: object.id, kind: kindOf(object.type), attack_id: object.attack_id, name: object.name },
      ...{ status: object.status, url: object.url, description: words ? wordsOf(object) : null },
      ...{ relation: wordsOf(via), relation_id: via?.id ?? null },
    };
  };
  const full = (related: Related): AttackRef => refOf(related, true);
  const brief = (related: Related): AttackRef => refOf(related, false);

  const component = (id: string | null): AttackRef | null => {
    const object = id === null ? null : source.object(id);
    return object && full({ object, via: null });
  };
  const logSources = (object: AttackObject): LogSource[] => {
    const json = source.json(object);
    const own = objectsOf(json, 'x_mitre_log_source_references');
    return [...own, ...objectsOf(json, 'x_mitre_log_sources')].map((log) => ({
      name: textOf(log, 'name') ?? '',
      channel: textOf(log, 'channel'),
      component: component(textOf(log, 'x_mitre_data_component_ref')),
    }));
  };
  const tactics = (object: AttackObject): AttackRef[] => {
    const phases = new Set(phasesOf(source.json(object)).map((p) => p.phase));
    if (phases.size === 0) return [];
    return source
      .ofType('x-mitre-tactic')
      .filter((tactic) => phases.has(textOf(source.json(tactic), 'x_mitre_shortname') ?? ''))
      .map((tactic) => full({ object: tactic, via: null }));
  };
  const usersOf = (object: AttackObject) => {
    const users = pointingAt(source, object, 'uses');
    const ofType = (...types: string[]): AttackRef[] => users.filter((u) => types.includes(u.object.type)).map(brief);
    return { groups: ofType('intrusion-set'), software: ofType('malware', 'tool'), campaigns: ofType('campaign') };
  };
  return {
    full,
    brief,
    logSources,
    tactics,
    analytic: (object) => ({
      ...full({ object, via: null }),
      platforms: textsOf(source.json(object), 'x_mitre_platforms'),
      log_sources: logSources(object),
      mutable_elements: mutableElements(source, object),
    }),
    technique: (related, depth) => {
      const { object } = related;
      const [parent] = pointedAt(source, object, 'subtechnique-of');
      const deep = depth === 'full';
      return {
        ...(deep ? full(related) : brief(related)),
        ...{ tactics: tactics(object), parent: parent ? (deep ? full(parent) : brief(parent)) : null },
        platforms: textsOf(source.json(object), 'x_mitre_platforms'),
        mitigations: deep ? pointingAt(source, object, 'mitigates').map(full) : [],
        ...(deep ? usersOf(object) : { groups: [], software: [], campaigns: [] }),
        assets: deep ? pointedAt(source, object, 'targets').map(brief) : [],
      };
    },
  };
}

export const mutableElements = (source: PageSource, object: AttackObject): { field: string; description: string }[] =>
  objectsOf(source.json(object), 'x_mitre_mutable_elements').map((e) => ({
    field: textOf(e, 'field') ?? '',
    description: textOf(e, 'description') ?? '',
  }));
