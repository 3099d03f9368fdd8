import type { Engine } from './engine.ts';

/** Works on the items with up to `width` connections at once, each item on one of them. */
export async function eachAtOnce<T>(
  items: readonly T[],
  width: number,
  engine: Engine,
  work: (connection: Engine, item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    const connection = await engine.another();
    try {
      for (let item = items[next++]; item !== undefined; item = items[next++]) await work(connection, item);
    } finally {
      connection.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
}
