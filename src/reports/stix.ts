import { huntBundle } from '../stix/hunt.ts';
import { escapeInvisible } from './json.ts';
import type { Renderer } from './renderer.ts';

/** One STIX 2.1 bundle; characters that a terminal could act on are escaped, as in JSON. */
export const stix: Renderer = {
  id: 'stix',
  says: 'one STIX 2.1 bundle: indicators, sightings, observed data, infrastructure, notes with the limits',
  extensions: ['stix', 'stix.json'],
  render: (document) => `${escapeInvisible(JSON.stringify(huntBundle(document), null, 1))}\n`,
};
