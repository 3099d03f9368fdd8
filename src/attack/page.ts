/** The page of an object: MITRE's words, what they are connected with, our notes apart. */
import type { AnalystNote } from '../model/analyst-note.ts';
import type { AttackObject } from '../model/attack.ts';
import type { AttackContext, AttackPage, AttackRef, ReleaseRow, TechniqueRef } from '../model/attack-page.ts';
import { fieldsOf } from './canonical.ts';
import { createCitations } from './citations.ts';
import { textOf, textsOf } from './json.ts';
import { LICENCE } from './licence.ts';
import { phasesOf } from './object.ts';
import { createRefs, mutableElements, type RefMaker } from './page-refs.ts';
import { type PageSource, pointedAt, pointingAt, type Related } from './page-source.ts';

export type PageFacts = {
  readonly source: PageSource;
  readonly object: AttackObject;
  readonly others: readonly AttackObject[];
  readonly releases: readonly ReleaseRow[];
  readonly absentFrom: readonly string[];
  /** The note about an ATT&CK id in force. */
  readonly note: (attackId: string) => AnalystNote | null;
};

export function pageOf({ source, object, others, releases, absentFrom, note }: PageFacts): AttackPage {
  const { release } = source;
  const citations = createCitations(`${release.domain} ${release.release}`);
  const refs = createRefs(source, citations);
  const json = source.json(object);
  const own = refs.full({ object, via: null });
  const context = contextOf(source, object, refs);
  const analyst = notesFor(own, context, note);
  const related = analyst.flatMap((n) => n.related).filter((id, i, all) => all.indexOf(id) === i);
  return {
    release: { release: release.release, domain: release.domain, sha256: release.sha256, imported: release.imported },
    object: {
      ...own,
      ...{ type: object.type, version: object.version, created: object.created, modified: object.modified },
      ...{ content_hash: object.content_hash, domains: textsOf(json, 'x_mitre_domains') },
      platforms: textsOf(json, 'x_mitre_platforms'),
      aliases: [...textsOf(json, 'aliases'), ...textsOf(json, 'x_mitre_aliases')].filter((a) => a !== object.name),
      mutable_elements: mutableElements(source, object),
    },
    official: Object.fromEntries(fieldsOf(json)),
    context,
    analyst,
    related: techniquesNamed(source, refs, related, context).map((technique) => ({
      technique,
      note: technique.attack_id === null ? null : note(technique.attack_id),
    })),
    citations: citations.list(),
    ...{
      releases,
      absent_from: absentFrom,
      also: others.map((o) => refs.brief({ object: o, via: null })),
      licence: LICENCE,
    },
  };
}

function contextOf(source: PageSource, object: AttackObject, refs: RefMaker): AttackContext {
  const paths = pathsOf(source, object);
  const technique = object.type === 'attack-pattern';
  const reached = paths.techniques.map((t) => refs.technique(t, paths.techniques.length > 3 ? 'brief' : 'full'));
  const [only] = reached;
  // What hangs on the one technique that a strategy or analytic leads to is said of it, and of the page.
  const ends: Pick<TechniqueRef, 'tactics' | 'mitigations' | 'groups' | 'software' | 'campaigns' | 'assets'> = technique
    ? refs.technique({ object, via: null }, 'full')
    : only && reached.length === 1
      ? only
      : { ...NOTHING, ...directEnds(source, object, refs) };
  const analytics = paths.analytics.map((a) => refs.analytic(a));
  const logs = [
    ...refs.logSources(object),
    ...analytics.flatMap((a) => (object.type === 'x-mitre-data-component' ? [] : a.log_sources)),
  ];
  const log_sources = logs.filter(
    (l, i) =>
      logs.findIndex((m) => m.name === l.name && m.channel === l.channel && m.component?.id === l.component?.id) === i,
  );
  const components = [
    ...log_sources.flatMap((l) => (l.component ? [l.component] : [])),
    ...pointingAt(source, object, 'x_mitre_data_source_ref').map(refs.brief),
  ];
  return {
    detection_strategies: paths.strategies.map(refs.full),
    ...{ analytics, log_sources },
    data_components: components.filter((c, i) => components.findIndex((d) => d.id === c.id) === i),
    techniques: reached,
    subtechniques: pointingAt(source, object, 'subtechnique-of').map(refs.brief),
    ...{ tactics: ends.tactics, mitigations: ends.mitigations, groups: ends.groups },
    ...{ software: ends.software, campaigns: ends.campaigns, assets: ends.assets },
    twins: source.twins(object).map((twin) => {
      const { strategies, techniques } = pathsOf(source, twin);
      return {
        ...refs.full({ object: twin, via: null }),
        strategies: strategies.map(refs.brief),
        techniques: techniques.map((t) => refs.technique(t, 'full')),
      };
    }),
    replaced_by: source.replacements(object).map((o) => refs.full({ object: o, via: null })),
    replaces: pointingAt(source, object, 'revoked-by').map(refs.brief),
  };
}

const NOTHING = { tactics: [], mitigations: [], groups: [], software: [], campaigns: [], assets: [] };

/** How an object leads to detection and to techniques, whichever of them it is itself. */
function pathsOf(
  source: PageSource,
  object: AttackObject,
): { strategies: Related[]; analytics: AttackObject[]; techniques: Related[] } {
  const strategiesOf = (analytic: AttackObject): Related[] => pointingAt(source, analytic, 'x_mitre_analytic_refs');
  const analyticsOf = (strategy: AttackObject): AttackObject[] =>
    pointedAt(source, strategy, 'x_mitre_analytic_refs').map((r) => r.object);
  const techniquesOf = (strategy: AttackObject): Related[] =>
    pointedAt(source, strategy, 'detects').map((r) => ({ object: r.object, via: r.via }));
  const ofStrategies = (strategies: Related[]): Related[] => once(strategies.flatMap((s) => techniquesOf(s.object)));
  switch (object.type) {
    case 'x-mitre-analytic': {
      const strategies = strategiesOf(object);
      return { strategies, analytics: [], techniques: ofStrategies(strategies) };
    }
    case 'x-mitre-detection-strategy':
      return { strategies: [], analytics: analyticsOf(object), techniques: techniquesOf(object) };
    case 'x-mitre-data-component': {
      const analytics = pointingAt(source, object, 'x_mitre_data_component_ref').map((r) => r.object);
      const strategies = once(analytics.flatMap(strategiesOf));
      return {
        strategies,
        analytics,
        techniques: once([...ofStrategies(strategies), ...pointedAt(source, object, 'detects')]),
      };
    }
    case 'attack-pattern': {
      const strategies = pointingAt(source, object, 'detects').filter(
        (r) => r.object.type === 'x-mitre-detection-strategy',
      );
      return { strategies, analytics: strategies.flatMap((s) => analyticsOf(s.object)), techniques: [] };
    }
    case 'course-of-action':
      return { strategies: [], analytics: [], techniques: pointedAt(source, object, 'mitigates') };
    case 'x-mitre-asset':
      return { strategies: [], analytics: [], techniques: pointingAt(source, object, 'targets') };
    case 'x-mitre-tactic':
      return { strategies: [], analytics: [], techniques: techniquesOfTactic(source, object) };
    default:
      return {
        strategies: [],
        analytics: [],
        techniques: pointedAt(source, object, 'uses').filter((r) => r.object.type === 'attack-pattern'),
      };
  }
}

function techniquesOfTactic(source: PageSource, tactic: AttackObject): Related[] {
  const name = textOf(source.json(tactic), 'x_mitre_shortname');
  return source
    .ofType('attack-pattern')
    .filter((o) => o.status === 'active' && phasesOf(source.json(o)).some((p) => p.phase === name))
    .map((object) => ({ object, via: null }));
}

const once = (list: readonly Related[]): Related[] =>
  list.filter((r, i) => list.findIndex((s) => s.object.id === r.object.id) === i);

/** Who is tied to a group, campaign or software: by use, or by being named as the one behind it. */
function directEnds(
  source: PageSource,
  object: AttackObject,
  refs: RefMaker,
): Pick<AttackContext, 'groups' | 'software' | 'campaigns'> {
  const ties = [
    ...[...pointingAt(source, object, 'uses'), ...pointedAt(source, object, 'uses')],
    ...[...pointingAt(source, object, 'attributed-to'), ...pointedAt(source, object, 'attributed-to')],
  ];
  const ofType = (...types: string[]): AttackRef[] =>
    once(ties)
      .filter((t) => types.includes(t.object.type))
      .map(refs.brief);
  return { groups: ofType('intrusion-set'), software: ofType('malware', 'tool'), campaigns: ofType('campaign') };
}

function notesFor(own: AttackRef, context: AttackContext, note: PageFacts['note']): AnalystNote[] {
  const near = [own, ...context.detection_strategies, ...context.analytics, ...context.techniques];
  const ids = near.slice(0, 12).flatMap((r) => r.attack_id ?? []);
  const notes = ids.flatMap((id) => note(id) ?? []);
  return notes.filter((n, i) => notes.indexOf(n) === i);
}

function techniquesNamed(
  source: PageSource,
  refs: RefMaker,
  ids: readonly string[],
  context: AttackContext,
): AttackRef[] {
  const shown = new Set(context.techniques.map((t) => t.attack_id));
  return ids
    .filter((id) => !shown.has(id))
    .flatMap((id) => {
      const object = source.named(id).find((o) => o.type === 'attack-pattern');
      return object ? [refs.brief({ object, via: null })] : [];
    });
}
