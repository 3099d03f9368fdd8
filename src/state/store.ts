/** The state store: facts, appended all or none, never edited, read by action and time. */
import path from 'node:path';
import { Kysely, sql } from 'kysely';
import { VirgaError } from '../model/errors.ts';
import { type Action, type Detail, type Fact, factSchemas } from '../model/fact.ts';
import { digestOf, ORIGIN, type StoredFact } from './chain.ts';
import { postgresDialect } from './postgres.ts';
import { openSqlite } from './sqlite.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import { migrations, type Tables } from './tables.ts';

export type NewFact = { readonly [A in Action]: { readonly action: A; readonly detail: Detail<A> } }[Action];

/** Who appends and when; `unless`: not if somebody appended a fact of that action behind number `after` meanwhile. */
export type Stamp = {
  readonly who: string;
  readonly at: number;
  readonly unless?: { readonly action: Action; readonly after: number };
};

export type State = {
  /** All or none, in order, numbered without a gap. Throws `state.moved` where `unless` holds. */
  readonly append: (facts: readonly NewFact[], stamp: Stamp) => Promise<void>;
  /** The facts of one action, oldest first; up to a time where one is given (milliseconds since 1970). */
  readonly facts: <A extends Action>(action: A, asOf?: number) => Promise<Fact<A>[]>;
  /** Number of the last fact of all; 0 where there is none. */
  readonly last: () => Promise<number>;
  /** Every fact as it is stored, oldest first. */
  readonly stored: () => AsyncIterable<StoredFact>;
  readonly close: () => Promise<void>;
};

/** Where the state is: in a workspace, or at a PostgreSQL server (`postgres://user@host/database`). */
export type StatePlace = { readonly workspace: string } | { readonly url: string };

export async function openState(place: StatePlace): Promise<State> {
  const dialect =
    'url' in place
      ? await postgresDialect(place.url)
      : sqliteDialect(openSqlite(path.join(place.workspace, 'state.db'), { migrations, busy: BUSY }));
  return stateOn(new Kysely<Tables>({ dialect }), 'url' in place);
}

/** Milliseconds that a statement itself waits for another process; transactions wait longer, see the dialect. */
const BUSY = 20;

function stateOn(db: Kysely<Tables>, server: boolean): State {
  return {
    append: (facts, stamp) =>
      db.transaction().execute(async (tx) => {
        if (server) await sql`LOCK TABLE fact IN EXCLUSIVE MODE`.execute(tx);
        if (stamp.unless) await refuseIfMoved(tx, stamp.unless);
        for (const rows of inBatches(chained(facts, stamp, await lastOf(tx)), BATCH))
          await tx.insertInto('fact').values(rows).execute();
      }),
    facts: async (action, asOf) => {
      const rows = await db
        .selectFrom('fact')
        .selectAll()
        .where('action', '=', action)
        .where('at', '<=', asOf ?? Number.MAX_SAFE_INTEGER)
        .orderBy('n')
        .execute();
      return rows.map((row) => read(action, row));
    },
    last: async () => (await lastOf(db)).n,
    stored: () => pages(db),
    close: () => db.destroy(),
  };
}

/** Rows of one statement: seven values each, and SQLite binds 32,766 at most. */
const BATCH = 4000;

async function lastOf(db: Kysely<Tables>): Promise<{ n: number; digest: string }> {
  const row = await db.selectFrom('fact').select(['n', 'digest']).orderBy('n', 'desc').limit(1).executeTakeFirst();
  return row ?? { n: 0, digest: ORIGIN };
}

async function refuseIfMoved(db: Kysely<Tables>, { action, after }: { action: Action; after: number }): Promise<void> {
  const query = db.selectFrom('fact').select('n').where('action', '=', action).where('n', '>', after).limit(1);
  if ((await query.executeTakeFirst()) !== undefined)
    throw new VirgaError(
      'state.moved',
      'Another process changed the workspace in between; nothing was changed by this one.',
    );
}

function chained(facts: readonly NewFact[], { who, at }: Stamp, last: { n: number; digest: string }): StoredFact[] {
  let { n, digest: previous } = last;
  return facts.map(({ action, detail }) => {
    n++;
    const open = { n, at: Math.floor(at), who, action, detail: JSON.stringify(detail), previous };
    const fact = { ...open, digest: digestOf(open) };
    previous = fact.digest;
    return fact;
  });
}

function* inBatches<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let i = 0; i < items.length; i += size) yield items.slice(i, i + size);
}

/** The fact with its detail read by the schema of its action. */
function read<A extends Action>(action: A, row: StoredFact): Fact<A> {
  const parsed = factSchemas[action].safeParse(JSON.parse(row.detail));
  if (!parsed.success)
    throw new VirgaError('state.damaged', `Fact ${row.n} of the state store does not read as ${action}.`, {
      cause: parsed.error,
    });
  return { ...row, action, detail: parsed.data as Detail<A> };
}

const PAGE = 5000;

async function* pages(db: Kysely<Tables>): AsyncGenerator<StoredFact> {
  for (let n = 0; ; ) {
    const rows = await db.selectFrom('fact').selectAll().where('n', '>', n).orderBy('n').limit(PAGE).execute();
    yield* rows;
    if (rows.length < PAGE) return;
    n = rows.at(-1)?.n ?? n;
  }
}
