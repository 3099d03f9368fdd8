/** What others send: taken or refused object by object, with a status that they can ask for. */
import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { z } from 'zod';
import { parseJson } from '../../model/json.ts';
import { answer, refuse } from './answer.ts';
import type { ServedCollection } from './store.ts';

export type Statuses = Map<string, unknown>;

/** How many statuses are remembered. */
const MAX_STATUSES = 1000;
const MAX_OBJECTS = 10_000;

const envelope = z.object({
  objects: z
    .array(z.looseObject({ type: z.string(), id: z.string(), modified: z.string().optional() }))
    .min(1)
    .max(MAX_OBJECTS),
});

/** Gives the objects of the request to the collection; answers with the status (202). */
export async function addObjects(
  context: Context,
  collection: ServedCollection,
  statuses: Statuses,
  now: Date,
): Promise<Response> {
  const parsed = envelope.safeParse(readJson(await context.req.text()));
  if (!parsed.success)
    return refuse(context, 422, 'Unprocessable', `An envelope has 1 to ${MAX_OBJECTS} objects, each with type and id.`);
  const { objects } = parsed.data;
  const faults = collection.add(objects);
  const rows = objects.map(({ id, modified }, i) => ({
    id,
    version: modified ?? now.toISOString(),
    message: faults[i] ?? '',
  }));
  const [failures, successes] = [
    rows.filter(({ message }) => message !== ''),
    rows.filter(({ message }) => message === ''),
  ];
  const status = {
    ...{ id: randomUUID(), status: 'complete', request_timestamp: now.toISOString(), total_count: rows.length },
    ...{ success_count: successes.length, failure_count: failures.length, pending_count: 0 },
    successes: successes.map(({ id, version }) => ({ id, version })),
    failures,
  };
  statuses.set(status.id, status);
  const [oldest] = statuses.keys();
  if (statuses.size > MAX_STATUSES && oldest !== undefined) statuses.delete(oldest);
  return answer(context, status, 202);
}

function readJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}
