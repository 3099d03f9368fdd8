/** What ATT&CK's STIX types are called by people, in the order in which they are shown. */
const kinds: readonly (readonly [type: string, one: string, many: string])[] = [
  ['x-mitre-tactic', 'tactic', 'tactics'],
  ['attack-pattern', 'technique', 'techniques'],
  ['x-mitre-detection-strategy', 'detection strategy', 'detection strategies'],
  ['x-mitre-analytic', 'analytic', 'analytics'],
  ['x-mitre-data-component', 'data component', 'data components'],
  ['x-mitre-data-source', 'data source', 'data sources'],
  ['course-of-action', 'mitigation', 'mitigations'],
  ['intrusion-set', 'group', 'groups'],
  ['campaign', 'campaign', 'campaigns'],
  ['malware', 'malware', 'malware'],
  ['tool', 'tool', 'tools'],
  ['x-mitre-asset', 'asset', 'assets'],
  ['x-mitre-matrix', 'matrix', 'matrices'],
  ['relationship', 'relationship', 'relationships'],
  ['identity', 'identity', 'identities'],
  ['marking-definition', 'marking', 'markings'],
  ['x-mitre-collection', 'collection', 'collections'],
];
const byType = new Map(kinds.map(([type, one, many], order) => [type, { one, many, order }]));

export const kindOf = (type: string): string => byType.get(type)?.one ?? type;
export const kindsOf = (type: string): string => byType.get(type)?.many ?? type;
/** For sorting; types that are not known come last. */
export const kindOrder = (type: string): number => byType.get(type)?.order ?? kinds.length;
