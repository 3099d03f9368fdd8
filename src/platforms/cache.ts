/** A bounded cache in two generations: what was asked lately stays, the rest goes at once and costs no bookkeeping. */

export type Cache<Value> = {
  readonly get: (key: string) => Value | undefined;
  readonly set: (key: string, value: Value) => void;
};

/** Holds between `limit` and `2 * limit` entries once it is full. */
export function createCache<Value>(limit: number): Cache<Value> {
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();
  const set = (key: string, value: Value) => {
    if (young.size >= limit) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
  };
  const get = (key: string) => {
    const fresh = young.get(key);
    if (fresh !== undefined) return fresh;
    const kept = old.get(key);
    if (kept !== undefined) set(key, kept);
    return kept;
  };
  return { get, set };
}
