/** Layers for the ATT&CK Navigator, format 4.5 (https://github.com/mitre-attack/attack-navigator/blob/master/layers/spec/v4.5/layerformat.md). */
import type { AttackCoverage, TechniqueCoverage } from '../model/attack-coverage.ts';
import type { AttackDiff, ObjectChange } from '../model/attack-diff.ts';

/** As the Navigator reads it; metadata values are texts there. */
export type NavigatorLayer = {
  readonly name: string;
  readonly versions: { readonly attack: string; readonly navigator: string; readonly layer: '4.5' };
  readonly domain: string;
  readonly description: string;
  readonly techniques: readonly LayerTechnique[];
  readonly gradient: { readonly colors: readonly string[]; readonly minValue: number; readonly maxValue: number };
  readonly legendItems: readonly { readonly label: string; readonly color: string }[];
  readonly metadata: readonly Metadata[];
  readonly showTacticRowBackground: boolean;
  readonly hideDisabled: boolean;
};

type Metadata = { readonly name: string; readonly value: string };
type LayerTechnique = {
  readonly techniqueID: string;
  readonly score?: number;
  readonly color?: string;
  readonly comment: string;
  readonly enabled: boolean;
  readonly showSubtechniques: boolean;
  readonly metadata: readonly Metadata[];
  readonly links: readonly { readonly label: string; readonly url: string }[];
};

/** Readable beside black text, and apart for those who do not tell red from green. */
const COLOURS = ['#f7d4c8', '#f5eec2', '#a8cbe6'];

const base = (domain: string, release: string) => ({
  versions: { attack: release.split('.')[0] ?? release, navigator: '5.1.0', layer: '4.5' as const },
  domain,
  showTacticRowBackground: false,
  hideDisabled: false,
});

/** Coverage as a layer: the score of each technique, and in its metadata what it rests on. */
export function coverageLayer(coverage: AttackCoverage): NavigatorLayer {
  return {
    name: `Virga: coverage, ATT&CK ${coverage.release}`,
    ...base(coverage.domain, coverage.release),
    description: `Worked out from ${coverage.telemetry}. ${coverage.limits.join(' ')}`,
    techniques: coverage.techniques.map(coverageTechnique),
    gradient: { colors: COLOURS, minValue: 0, maxValue: 100 },
    legendItems: [],
    metadata: [
      { name: 'ATT&CK release', value: coverage.release },
      { name: 'telemetry from', value: coverage.start ?? 'none' },
      { name: 'telemetry to', value: coverage.end ?? 'none' },
      { name: 'internal hosts', value: String(coverage.internal_hosts) },
    ],
  };
}

function coverageTechnique(t: TechniqueCoverage): LayerTechnique {
  const { evidence: e } = t;
  const missing = e.wanted.filter((place) => !e.seen.includes(place));
  const quality = e.quality
    ? Object.entries(e.quality).map(([name, value]) => ({
        name: `quality: ${name.replaceAll('_', ' ')}`,
        value: String(value),
      }))
    : [];
  return {
    techniqueID: t.attack_id,
    score: t.score,
    comment: `${e.by}. In sight: ${e.seen.join(', ') || 'nothing'}.${missing.length > 0 ? ` Not in sight: ${missing.join(', ')}.` : ''} Log sources that MITRE names: ${t.log_sources_had} of ${t.log_sources} there, ${t.log_sources_partly} partly.`,
    ...{ enabled: true, showSubtechniques: t.attack_id.includes('.') },
    metadata: [
      { name: 'formats', value: e.formats.join(', ') || 'none' },
      ...quality,
      ...t.analytics.map((a) => ({
        name: a.attack_id ?? 'analytic',
        value: a.log_sources.map((l) => `${l.name}: ${l.have}`).join('; ') || 'names no log source',
      })),
    ],
    links: t.strategies.flatMap((s) =>
      s.url === null ? [] : [{ label: s.attack_id ?? 'detection strategy', url: s.url }],
    ),
  };
}

const CHANGE_COLOURS = { added: '#a8cbe6', revoked: '#f2b5a7', deprecated: '#f2b5a7', changed: '#f5eec2' } as const;

/** What a release did to techniques, as a layer of the newer one; revoked ones are named with what replaces them. */
export function diffLayer(diff: AttackDiff): NavigatorLayer {
  const changed = diff.objects.filter(
    (o) => o.type === 'attack-pattern' && o.attack_id !== null && !o.bookkeeping && !o.categories.includes('removed'),
  );
  return {
    name: `ATT&CK ${diff.from} to ${diff.to}`,
    ...base(diff.domain, diff.to),
    description: `Techniques whose content changed between ${diff.from} and ${diff.to}, by content.`,
    techniques: changed.map(changedTechnique),
    gradient: { colors: COLOURS, minValue: 0, maxValue: 100 },
    legendItems: Object.entries(CHANGE_COLOURS).map(([label, color]) => ({ label, color })),
    metadata: [],
  };
}

function changedTechnique(o: ObjectChange): LayerTechnique {
  const kind = o.categories.includes('added')
    ? 'added'
    : o.status === 'revoked'
      ? 'revoked'
      : o.status === 'deprecated'
        ? 'deprecated'
        : 'changed';
  const replaced = o.replaced_by ? ` Replaced by ${o.replaced_by.attack_id ?? o.replaced_by.id}.` : '';
  return {
    techniqueID: o.attack_id ?? '',
    color: CHANGE_COLOURS[kind],
    comment:
      `${o.categories.join(', ').replaceAll('_', ' ')}.${replaced} ${o.changes.flatMap((c) => c.says).join('; ')}`
        .trim()
        .slice(0, 2000),
    ...{ enabled: o.status === 'active', showSubtechniques: false },
    metadata: [{ name: 'version', value: `${o.from_version ?? 'none'} to ${o.to_version ?? 'none'}` }],
    links: o.url === null ? [] : [{ label: o.subject, url: o.url }],
  };
}
