/** A small ATT&CK of our own for tests: every kind and relation once, in both STIX forms. Nothing in it is MITRE's. */
import type { JsonObject } from './json.ts';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const idOf = (type: string, n: number): string => `${type}--${uuid(n)}`;

export const ids = {
  matrix: idOf('x-mitre-matrix', 1),
  tactic: idOf('x-mitre-tactic', 2),
  parent: idOf('attack-pattern', 3),
  technique: idOf('attack-pattern', 4),
  twinTechnique: idOf('attack-pattern', 5),
  old: idOf('attack-pattern', 6),
  strategy: idOf('x-mitre-detection-strategy', 7),
  twinStrategy: idOf('x-mitre-detection-strategy', 8),
  analytic: idOf('x-mitre-analytic', 9),
  twin: idOf('x-mitre-analytic', 10),
  component: idOf('x-mitre-data-component', 11),
  mitigation: idOf('course-of-action', 12),
  group: idOf('intrusion-set', 13),
  campaign: idOf('campaign', 14),
  malware: idOf('malware', 15),
} as const;

const DATE = '2030-01-01T00:00:00.000Z';
const own = (attackId: string, url: string): JsonObject => ({
  source_name: 'mitre-attack',
  external_id: attackId,
  url,
});

function object(id: string, attackId: string, name: string, more: JsonObject): JsonObject {
  const references = [
    own(attackId, `https://attack.example/${attackId}`),
    { source_name: 'Report 1', description: 'A. Writer. A report.', url: 'https://report.example/1' },
  ];
  return {
    ...{ type: id.split('--')[0] ?? '', id, created: DATE, modified: DATE, name, external_references: references },
    ...{ x_mitre_version: '1.0', x_mitre_domains: ['enterprise-attack'], revoked: false, x_mitre_deprecated: false },
    ...more,
  };
}

const relation = (n: number, source: string, kind: string, target: string, description: string): JsonObject => ({
  ...{ type: 'relationship', id: idOf('relationship', n), created: DATE, modified: DATE, relationship_type: kind },
  ...{ source_ref: source, target_ref: target, description, x_mitre_deprecated: false },
  external_references: [
    { source_name: 'Report 2', description: 'B. Writer. Another report.', url: 'https://report.example/2' },
  ],
});

const SAME = 'Functions can be told by how they answer.(Citation: Report 1) Much of it is out of sight.';
const phase = [{ kill_chain_name: 'mitre-attack', phase_name: 'resource-development' }];
const scan = [{ x_mitre_data_component_ref: ids.component, name: 'Internet Scan', channel: 'None' }];

/** The objects of a release, in the STIX 2.0 form. */
export function release20(): JsonObject[] {
  return [
    object(ids.matrix, 'enterprise-attack', 'Enterprise', { tactic_refs: [ids.tactic] }),
    object(ids.tactic, 'TA0042', 'Resources', {
      x_mitre_shortname: 'resource-development',
      description: 'What it takes.',
    }),
    object(ids.parent, 'T1584', 'Take infrastructure', { kill_chain_phases: phase, description: 'Others’ machines.' }),
    object(ids.technique, 'T1584.007', 'Functions', {
      kill_chain_phases: phase,
      x_mitre_is_subtechnique: true,
      description: 'A function, see [Proxy](https://attack.example/T1090).(Citation: Report 1)',
    }),
    object(ids.twinTechnique, 'T1583.007', 'Own functions', {
      kill_chain_phases: phase,
      description: 'A function of one’s own.',
    }),
    object(ids.old, 'T1999', 'Old', { revoked: true, description: 'Gone.' }),
    object(ids.strategy, 'DET0864', 'Detect functions', { x_mitre_analytic_refs: [ids.analytic] }),
    object(ids.twinStrategy, 'DET0829', 'Detect own functions', { x_mitre_analytic_refs: [ids.twin] }),
    object(ids.analytic, 'AN1996', 'Analytic 1996', {
      description: SAME,
      x_mitre_platforms: ['PRE'],
      x_mitre_log_source_references: scan,
      x_mitre_mutable_elements: [{ field: 'Window', description: 'How long.' }],
    }),
    object(ids.twin, 'AN1961', 'Analytic 1961', {
      description: SAME,
      x_mitre_platforms: ['PRE'],
      x_mitre_log_source_references: scan,
    }),
    object(ids.component, 'DC0104', 'Response Content', { description: 'What came back:\n\n- a header\n- a body' }),
    object(ids.mitigation, 'M1056', 'Before', { description: 'Little.' }),
    object(ids.group, 'G0001', 'Group One', { aliases: ['Group One', 'First'], description: 'A group.' }),
    object(ids.campaign, 'C0001', 'Campaign One', { description: 'A campaign.' }),
    object(ids.malware, 'S0001', 'Tool One', { labels: ['malware'], description: 'Software.' }),
    relation(101, ids.strategy, 'detects', ids.technique, ''),
    relation(102, ids.twinStrategy, 'detects', ids.twinTechnique, ''),
    relation(103, ids.technique, 'subtechnique-of', ids.parent, ''),
    relation(104, ids.mitigation, 'mitigates', ids.technique, 'Hard to do.'),
    relation(105, ids.campaign, 'uses', ids.twinTechnique, 'They used it.(Citation: Report 2)'),
    relation(106, ids.group, 'uses', ids.malware, 'They used that.'),
    relation(107, ids.old, 'revoked-by', ids.technique, ''),
  ];
}

/** The same in the STIX 2.1 form, with what only that adds, and in another order. */
export function release21(release: string): JsonObject[] {
  const objects = release20().map((o): JsonObject => {
    const { labels: _, x_mitre_deprecated, ...rest } = o;
    const flag = o.type === 'relationship' ? {} : { x_mitre_deprecated: x_mitre_deprecated ?? false };
    return { ...rest, ...flag, spec_version: '2.1', ...(o.type === 'malware' ? { is_family: true } : {}) };
  });
  const collection = object(idOf('x-mitre-collection', 900), 'collection', 'Enterprise', {
    spec_version: '2.1',
    x_mitre_version: release,
  });
  return [collection, ...objects.reverse()];
}

/** A bundle's text; `space` as JSON.stringify takes it. */
export function bundleText(objects: readonly JsonObject[], form: '2.0' | '2.1' = '2.0', space = 4): string {
  const head = { type: 'bundle', id: idOf('bundle', 1), ...(form === '2.0' ? { spec_version: '2.0' } : {}) };
  return JSON.stringify({ ...head, objects }, null, space);
}

/** The objects with one of them changed. */
export const withObject = (objects: readonly JsonObject[], id: string, change: JsonObject): JsonObject[] =>
  objects.map((o) => (o.id === id ? { ...o, ...change } : o));
