/** Every reader of intelligence, in the order in which they are listed for people; at most one detects a file. */
import type { Feed } from '../feed.ts';
import { csv } from './csv.ts';
import { json } from './json.ts';
import { maltrail } from './maltrail.ts';
import { maltrailCsv } from './maltrail-csv.ts';
import { misp } from './misp.ts';
import { mispHashes } from './misp-hashes.ts';
import { mispManifest } from './misp-manifest.ts';
import { plain } from './plain.ts';
import { report } from './report.ts';
import { reportHtml } from './report-html.ts';
import { stix } from './stix.ts';
import { zeekIntel } from './zeek-intel.ts';

export const feeds: readonly Feed[] = [
  stix,
  misp,
  mispManifest,
  mispHashes,
  json,
  zeekIntel,
  maltrail,
  maltrailCsv,
  csv,
  plain,
  report,
  reportHtml,
];
