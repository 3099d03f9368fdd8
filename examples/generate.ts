/**
 * Writes the example: one day of a company that does not exist, and the lists it hunts with.
 * Run with `npx tsx examples/generate.ts`; the same code gives the same bytes. What is planted: examples/README.md.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { asCsv } from '../src/replays/list.ts';
import { lookupsFor } from '../src/replays/lookups.ts';
import { accessLog } from '../src/replays/squid.ts';
import { zeekLogs } from '../src/replays/zeek.ts';
import { eveLog } from './company/eve.ts';
import { asMisp, asStix, asText, asZeekIntel } from './company/feeds.ts';
import { honestQuestions, honestVisits } from './company/honest.ts';
import { internet } from './company/internet.ts';
import { kestrelProfile } from './company/kestrel.ts';
import { community, feed, sensor, team, vendor } from './company/listed.ts';
import { lookAlikeVisits, plantedVisits } from './company/planted.ts';
import { day, hour } from './company/staff.ts';

/** Sign-in pages that the proxy leaves closed: it passes them on and logs the name alone. */
const closed = new Set(['login.microsoftonline.com']);

/** Every file of the example by its path below examples/, as text; names that end in .gz are packed when written. */
export const exampleFiles = (): Map<string, string> => {
  const end = day + 24 * hour;
  const made = [...honestVisits(), ...plantedVisits(), ...lookAlikeVisits()];
  const visits = made.filter(({ at }) => at > day && at < end).sort((a, b) => a.at - b.at);
  const lookups = lookupsFor(visits, honestQuestions(), internet);
  const at = (site: string) => ({
    visits: visits.filter(({ client }) => client.site === site),
    lookups: lookups.filter((one) => one.site === site),
  });
  const [quay, branch] = [at('quay'), at('branch')];
  const zeek = Object.entries(zeekLogs(quay.visits, quay.lookups, { from: day, to: end, internet }));
  return new Map([
    ...zeek.map(([name, text]): [string, string] => [`logs/zeek/${name}`, text]),
    ['logs/proxy/access.log', accessLog(visits, closed)],
    ['logs/suricata/eve.json.gz', eveLog(branch.visits, branch.lookups)],
    ['intel/vendor.stix.json', asStix(vendor)],
    ['intel/cert.misp.json', asMisp(team)],
    ['intel/feed.csv', asCsv(feed, 'Breakwater feed (made up)')],
    ['intel/community.txt', asText(community)],
    ['intel/sensor.intel', asZeekIntel(sensor)],
    ['characteristics/kestrel.profile', kestrelProfile()],
  ]);
};

const here = fileURLToPath(import.meta.url);

if (process.argv[1] === here) {
  for (const [name, text] of exampleFiles()) {
    const file = path.join(path.dirname(here), name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, name.endsWith('.gz') ? gzipSync(text, { level: 9 }) : text);
  }
}
