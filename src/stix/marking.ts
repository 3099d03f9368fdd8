/** Who may see an object, and under which terms: TLP 2.0 and statements. */
import { domainObject, type StixObject } from './object.ts';

/** From the widest audience to the narrowest (FIRST, TLP 2.0). */
export const tlps = ['clear', 'green', 'amber', 'amber+strict', 'red'] as const;
export type Tlp = (typeof tlps)[number];

/** Ids that OASIS gave TLP 2.0 (https://github.com/oasis-open/cti-stix-common-objects, read 2026-11-24). */
const ids: Readonly<Record<Tlp, string>> = {
  clear: '94868c89-83c2-464b-929b-a1a8aa3c8487',
  green: 'bab4a63c-aed9-4cf5-a766-dfca5abac2bb',
  amber: '55d920b0-5e8b-4f79-9ee9-91f868d9b421',
  'amber+strict': '939a9414-2ddd-4d32-a0cd-375ea402b003',
  red: 'e828b379-4e03-4974-9ac4-e53a884c97c1',
};

export const tlpMarking = (tlp: Tlp): StixObject => ({
  type: 'marking-definition',
  spec_version: '2.1',
  id: `marking-definition--${ids[tlp]}`,
  created: '2022-10-01T00:00:00.000Z',
  name: `TLP:${tlp.toUpperCase()}`,
  extensions: {
    'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d': {
      extension_type: 'property-extension',
      tlp_2_0: tlp,
    },
  },
});

/** The narrowest TLP among labels such as `tlp:amber`; `white` is the old word for clear. Null where there is none. */
export function tlpOf(labels: readonly string[]): Tlp | null {
  const words = labels.map((label) => label.toLowerCase().replace(/^tlp:white$/, 'tlp:clear'));
  return tlps.findLast((tlp) => words.includes(`tlp:${tlp}`)) ?? null;
}

/** The day on which our identity and terms were first written; they do not change with the data. */
const FIRST = '2026-11-24T00:00:00.000Z';

/** The terms of a source, in its words. */
export function statementMarking(statement: string): StixObject {
  const { modified: _none, ...marking } = domainObject('marking-definition', [statement], FIRST, FIRST, {
    definition_type: 'statement',
    definition: { statement },
  });
  return marking;
}

/** Who writes: this program, on behalf of whoever runs it. */
export const ourIdentity: StixObject = domainObject('identity', ['virga'], FIRST, FIRST, {
  name: 'Virga',
  description: 'Finds adversary use of serverless functions in DNS, proxy and network logs.',
  identity_class: 'system',
});
