import { isTree, type Tree } from './nest.ts';

/** Flow logs nest: flows in rules in groups in the record. Deeper is no flow log. */
const MAX_DEPTH = 8;

/**
 * Azure's flow logs put many flows into one record, as lists `flowTuples` somewhere inside it. Each becomes a record of
 * its own, with the plain values that stand above it (rule, mac, time). Null where the record holds none.
 */
export function openFlowTuples(line: string): string[] | null {
  if (!line.includes('"flowTuples"')) return null;
  const records = tuplesOf(parsed(line), {}, 0).map((record) => JSON.stringify(record));
  return records.length > 0 ? records : null;
}

function tuplesOf(node: unknown, above: Tree, depth: number): Tree[] {
  if (depth > MAX_DEPTH) return [];
  if (Array.isArray(node)) return node.flatMap((item) => tuplesOf(item, above, depth + 1));
  if (!isTree(node)) return [];
  const entries = Object.entries(node);
  const plain = entries.filter(([, value]) => typeof value !== 'object');
  const here = Object.fromEntries([...Object.entries(above), ...plain]);
  const own = Array.isArray(node.flowTuples) ? node.flowTuples.map((tuple) => ({ ...here, tuple: String(tuple) })) : [];
  const inner = entries.flatMap(([name, value]) => (name === 'flowTuples' ? [] : tuplesOf(value, here, depth + 1)));
  return [...own, ...inner];
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
