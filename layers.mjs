// The law of the folders: what each one may import (itself always; types count). Changing a row takes a decision note.
// Run `node layers.mjs` to check src/, `node layers.mjs --print` for the table in ARCHITECTURE.md.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ALL_ABOVE = Symbol('everything above');

/** folder → [what lives there, what it may import] in the order in which data flows. */
export const layers = {
  observables: ['domain, address, CIDR, URL, hash, fingerprint: parse, normalise, cover; one file a kind', []],
  model: ['the nouns: event, indicator, evidence, finding, errors; pure', ['observables']],
  patterns: [
    'the STIX pattern language: parse, check, evaluate in memory, decompose, compile to SQL; pure',
    ['model', 'observables'],
  ],
  outbound: ['the only door out: HTTP with limits of size, time and reach', ['model', 'observables']],
  packing: ['packed bytes: gzip and Zstandard, unpacked in small steps; pure', []],
  prose: ['written reports as passages, sentences and mentions: text, HTML, PDF; pure', ['model', 'observables']],
  platforms: ['serverless platforms as facts with source and date, and the matcher', ['model', 'observables']],
  telemetry: [
    'the format contract, detection, one value a log format, readers of files',
    ['model', 'observables', 'packing'],
  ],
  intel: [
    'readers of indicators, guards, validity; pure functions and values',
    ['model', 'observables', 'patterns', 'outbound', 'packing', 'prose'],
  ],
  characteristics: [
    'readers of what adversary software looks like, and the built-in set; pure',
    ['model', 'observables', 'prose'],
  ],
  attack: [
    'the ATT&CK mirror: bundles, canonical form, context, diff, impact, our notes; pure',
    ['model', 'observables'],
  ],
  replays: [
    'made-up networks with planted adversary use, as logs; how well they were told apart; pure',
    ['model', 'observables', 'platforms'],
  ],
  lake: ['the telemetry store: batches, ledgers, segments; the only user of DuckDB', ['model', 'observables']],
  state: [
    'what users decide and keep: appended facts in SQLite or PostgreSQL; the only user of their clients',
    ['model', 'observables'],
  ],
  hunt: ['the matcher and what it needs of the lake', ['model', 'observables', 'platforms', 'lake']],
  findings: ['evidence to score, level and reasons; pure', ['model', 'observables', 'platforms']],
  coverage: [
    'what could be seen and what not, derived from registries and data',
    ['model', 'platforms', 'telemetry', 'intel', 'hunt', 'replays'],
  ],
  stix: ['indicators and findings as STIX 2.1 bundles; pure', ['model', 'observables', 'patterns']],
  reports: ['the hunt document as table, Markdown, HTML and STIX; pure', ['model', 'observables', 'stix']],
  pipeline: ['the sentences: ingest, hunt, normalise; the only place that joins the above', [ALL_ABOVE]],
  server: ['what others ask of us over HTTP: the TAXII server; routes only', ['model', 'pipeline', 'stix']],
  cli: ['commands as values, one file each; the only process.exit', ['model', 'pipeline', 'server']],
};

const IMPORT =
  /(?:^|[\s;])(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|[\s;])import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

/** Folders that `folder` may import, itself included. */
export function allowed(folder) {
  const [, may] = layers[folder];
  const names = Object.keys(layers);
  return new Set([folder, ...may.flatMap((m) => (m === ALL_ABOVE ? names.slice(0, names.indexOf(folder)) : [m]))]);
}

/** Every breach of the table under `root` as `{ file, imports, why }`, and how many files were read. */
export function checkLayers(root) {
  const breaches = [];
  const files = readdirSync(root, { recursive: true })
    .map(String)
    .filter((f) => /\.tsx?$/.test(f))
    .sort();
  for (const file of files) {
    const folder = file.split(path.sep)[0];
    if (!layers[folder]) {
      breaches.push({ file, imports: folder, why: 'the folder has no row in layers.mjs' });
      continue;
    }
    const may = allowed(folder);
    for (const [, a, b, c] of readFileSync(path.join(root, file), 'utf8').matchAll(IMPORT)) {
      const target = a ?? b ?? c;
      if (!target.startsWith('.')) continue;
      const other = path.relative(root, path.resolve(root, path.dirname(file), target)).split(path.sep)[0];
      if (!may.has(other))
        breaches.push({ file, imports: target, why: `${folder}/ may import ${[...may].join(', ')}` });
    }
  }
  return { files: files.length, breaches };
}

/** The table as Markdown. */
export function layerTable() {
  const rows = Object.entries(layers).map(
    ([f, [what, may]]) =>
      `| \`${f}/\` | ${what} | ${may.map((m) => (m === ALL_ABOVE ? 'all of the above' : m)).join(', ') || '–'} |`,
  );
  return ['| folder | what lives there | may import |', '| --- | --- | --- |', ...rows].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--print')) console.log(layerTable());
  else {
    const { files, breaches } = checkLayers(path.join(path.dirname(fileURLToPath(import.meta.url)), 'src'));
    for (const b of breaches) console.error(`src/${b.file} imports ${b.imports}: ${b.why}`);
    if (files === 0) console.error('layers.mjs read no file: the check is broken');
    console.log(`layers: ${files} files, ${breaches.length} breaches`);
    process.exitCode = files === 0 || breaches.length > 0 ? 1 : 0;
  }
}
