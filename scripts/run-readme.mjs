// Runs every ```sh block of README.md in this checkout, in order, each in a shell of its own: what the README
// promises is what runs. Blocks that need the reader's own data are marked ```text and are not run.
// A block given as an argument is left out, because the caller has run it by itself.
// Last line: `README blocks: N passed, N failed`. Exit 1 when one fails, or when there is none.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const limit = 20 * 60 * 1000; // the tests are the longest block; more than this is a hang

/** The text of each block marked `sh`, in order; a block that is not closed is an error. */
export function blocks(markdown) {
  const found = [];
  let open = null;
  for (const line of markdown.split('\n')) {
    if (open === null && line.trim() === '```sh') open = [];
    else if (open !== null && line.trim() === '```') {
      found.push(open.join('\n'));
      open = null;
    } else open?.push(line);
  }
  if (open !== null) throw new Error('README.md: a ```sh block is not closed');
  return found;
}

/** Runs one block; true when its exit status is 0. */
function run(block, number, count) {
  console.log(`--- README block ${number} of ${count}\n${block}\n---`);
  const started = Date.now();
  const options = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], timeout: limit };
  const { status, signal } = spawnSync('bash', ['-euo', 'pipefail', '-c', block], options);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const how = status === 0 ? 'ok' : `FAILED (${signal ?? `exit status ${status}`})`;
  console.log(`--- README block ${number}: ${how} after ${seconds} s\n`);
  return status === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const ran = process.argv.slice(2); // blocks that this job has run already, word for word: not again, and not counted
  const all = blocks(readFileSync(path.join(root, 'README.md'), 'utf8')).filter((block) => !ran.includes(block));
  const passed = all.filter((block, n) => run(block, n + 1, all.length)).length;
  console.log(`README blocks: ${passed} passed, ${all.length - passed} failed`);
  process.exitCode = all.length > 0 && passed === all.length ? 0 : 1;
}
