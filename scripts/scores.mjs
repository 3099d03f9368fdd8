// Holds the SCORE lines of a scorer (standard input) against the least that was reached: `… | node scripts/scores.mjs hunt.traps=100 …`.
// Prints the lines that it judges; exits 1 when one is below, or is missing.
import { createInterface } from 'node:readline';

const least = new Map(
  process.argv
    .slice(2)
    .map((word) => [word.slice(0, word.lastIndexOf('=')), Number(word.slice(word.lastIndexOf('=') + 1))]),
);
const seen = new Set();
let below = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const [, name, percent] = /^SCORE (\S+) \d+\/\d+ ([\d.]+)%$/.exec(line) ?? [];
  if (name === undefined || !least.has(name)) continue;
  seen.add(name);
  const enough = Number(percent) >= (least.get(name) ?? 0);
  if (!enough) below++;
  console.log(`${line}${enough ? '' : `: below the least that was reached, ${least.get(name)}%`}`);
}
for (const name of least.keys()) if (!seen.has(name)) console.log(`SCORE ${name}: no such line`);
process.exitCode = below > 0 || seen.size < least.size ? 1 : 0;
