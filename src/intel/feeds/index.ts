/** Every reader of intelligence, in the order in which they are listed for people; at most one detects a file. */
import type { Feed } from '../feed.ts';
import { csv } from './csv.ts';
import { misp } from './misp.ts';
import { plain } from './plain.ts';
import { report } from './report.ts';
import { stix } from './stix.ts';
import { zeekIntel } from './zeek-intel.ts';

export const feeds: readonly Feed[] = [stix, misp, zeekIntel, csv, plain, report];
