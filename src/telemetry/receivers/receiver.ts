import type { Spool } from './spool.ts';

/**
 * A receiver is where logs come from while the program runs. It only ever makes batches: files in the spool, each with
 * an id. It tells its sender that something was taken only after the batch is safely on disk, it makes the sender wait
 * rather than grow, and it can say how far behind it is.
 */
export type Receiver = {
  /** Stable name under which its positions are kept, such as `follow:/var/log/zeek`. */
  readonly source: string;
  /** Resolves when it takes what comes. Rejects with VirgaError where it cannot (a port in use, no such folder). */
  readonly start: (intake: Intake) => Promise<Running>;
};

export type Running = {
  readonly behind: () => Behind;
  /** Takes nothing more; what was taken is safely on disk when it resolves. */
  readonly stop: () => Promise<void>;
  /** Resolves when the source came to its end (standard input), rejects when it broke for good. */
  readonly ended: Promise<void>;
};

/** How much of the source is not on disk yet, in the unit that the source can tell, and what was lost on the way. */
export type Behind = {
  readonly unit: 'bytes' | 'records' | 'objects';
  readonly amount: number;
  /** Records that the receiver had to let go because the sender cannot be slowed down (UDP), since the start. */
  readonly lost: number;
};

/** What a receiver works with. */
export type Intake = {
  readonly spool: Spool;
  /** How far this source was read by an earlier run, what waits in the spool included. */
  readonly positions: ReadonlyMap<string, string>;
  /** Requests that were taken before and may be sent again. */
  readonly receipts: Receipts;
  /** What of a file was ingested by its name before; null where nothing was. */
  readonly ingested?: (file: string) => Promise<Ingested | null>;
  readonly limits: Limits;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Something that the user should know, in one sentence. */
  readonly note: (sentence: string) => void;
};

/** The beginning of a content that is stored: its bytes, unpacked, and whether that is all of it. */
export type Ingested = { readonly bytes: number; readonly all: boolean };

export type Receipts = { readonly has: (id: string) => boolean; readonly add: (id: string) => void };

export type Limits = {
  /** A batch is closed at this size, in bytes… */
  readonly batchBytes: number;
  /** …or this long after its first record, in milliseconds. */
  readonly batchAge: number;
};

/** Small enough that a line becomes a finding within two seconds, large enough that the engine is worth its start. */
export const standardLimits: Limits = { batchBytes: 8 * 1024 * 1024, batchAge: 400 };

/** Longest record that a stream may bring, in bytes; what is longer is cut there. Lines of files have their own limit. */
export const MAX_RECORD = 256 * 1024;
