// Writes the generated parts of the papers; with --check it changes nothing and fails when one differs.
// The reference comes from the built program, so run `npm run build` first.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { layerTable } from '../layers.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const at = (...parts) => path.join(root, ...parts);
const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
const virga = (...args) =>
  execFileSync(process.execPath, [at('dist', 'cli', 'main.js'), ...args], { encoding: 'utf8' });
const generated = '<!-- Written by scripts/docs.mjs; change the source, not this file. -->';

/** `text` with what stands between the two markers replaced; a missing marker is a failure, not a silence. */
export function between(text, name, content) {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(open), text.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`the markers ${open} and ${close} are missing`);
  return `${text.slice(0, from + open.length)}\n${content}\n${text.slice(to)}`;
}

async function errorPage() {
  const { errorCatalogue } = await import(pathToFileURL(at('dist', 'model', 'errors.js')).href);
  const rows = Object.entries(errorCatalogue).map(([code, advice]) => `| \`${code}\` | ${advice} |`);
  const head = ['# Errors', '', generated, '', '| code | what to do |', '| --- | --- |'];
  return `${[...head, ...rows].join('\n')}\n`;
}

async function behaviourPage() {
  const { behaviours } = await import(pathToFileURL(at('dist', 'hunt', 'behaviours', 'index.js')).href);
  const { beacon } = await import(pathToFileURL(at('dist', 'hunt', 'behaviours', 'beacon.js')).href);
  const about = (b) => [
    `## ${b.id}`,
    '',
    `${b.says[0].toUpperCase()}${b.says.slice(1)}. Class: ${b.class}. Needs: ${b.needs.map((n) => `\`${n}\``).join(', ')}.`,
    b.weight
      ? `Weight ${b.weight}; ${b.guard ? `held back: ${b.guard}` : b.opens ? 'opens a lead' : 'speaks beside other evidence only'}.`
      : 'Weight 1.5 times the score; opens a lead from a score of 0.6 without an honest explanation.',
    '',
    '| number | value | why |',
    '| --- | --- | --- |',
    ...Object.entries(b.parameters).map(([name, p]) => `| ${name} | ${p.value} | ${p.reason} |`),
    '',
    `Cannot see: ${b.blindTo.join('; ')}.`,
    '',
  ];
  return page('Behaviours', [beacon, ...behaviours].flatMap(about).join('\n'));
}

const page = (title, body) => `# ${title}\n\n${generated}\n\n${body.trim()}\n`;

/** Every generated part: the file, and what it should hold. */
const parts = [
  ['ARCHITECTURE.md', (text) => between(text, 'layers', layerTable())],
  ['docs/reference/errors.md', errorPage],
  ['docs/reference/behaviours.md', behaviourPage],
  ['docs/reference/formats.md', () => page('Formats', virga('formats', '--format', 'markdown'))],
  [
    'docs/reference/characteristics.md',
    () => page('Known adversary software', virga('characteristics', 'list', '--format', 'markdown')),
  ],
  ['docs/reference/platforms.md', () => page('Platforms', virga('platforms', '--format', 'markdown'))],
];

/** Writes (or, with `check`, only compares) every part; the number of parts that differ. */
async function refresh(check) {
  let differ = 0;
  for (const [name, make] of parts) {
    const file = at(name);
    const old = read(file);
    const text = await make(old);
    if (text === old) continue;
    differ += 1;
    if (check) console.error(`docs: ${name} differs; run \`node scripts/docs.mjs\` and commit it`);
    else {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
  console.log(`docs: ${parts.length} generated parts, ${differ} ${check ? 'differ' : 'written'}`);
  return differ;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const check = process.argv.includes('--check');
  if (!existsSync(at('dist', 'cli', 'main.js'))) {
    console.error('docs: dist/ is missing; run `npm run build` first');
    process.exit(1);
  }
  const differ = await refresh(check);
  process.exitCode = check && differ > 0 ? 1 : 0;
}
