/** What the state store keeps: facts, appended one behind the other and never edited. */
import { z } from 'zod';

/** What people, or a guard, decided about an indicator; the latest decision counts. */
export const verdicts = ['candidate', 'approved', 'rejected', 'monitor-only', 'quarantined'] as const;
export type Verdict = (typeof verdicts)[number];

/** NATO system (STANAG 2511): A to F how far the source is trusted, 1 to 6 how far the information is. */
export const reliabilities = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export const credibilities = ['1', '2', '3', '4', '5', '6'] as const;

const count = z.number().int().min(0);
/** Milliseconds since 1970, UTC. */
const time = z.number();
/** An observable by its key (`intel/identity.ts`), and its value for people. */
const subject = z.object({ key: z.string(), value: z.string() });

/** Action → what its facts hold. Only ever add: old facts must stay readable. */
export const factSchemas = {
  /** An import of intelligence. `file` is the file of the indicator log that it wrote, with its SHA-256; null where nothing was new. */
  'intel.imported': z.object({
    seq: count,
    file: z.string().nullable(),
    sha256: z.string().nullable(),
    added: count,
    updated: count,
    unchanged: count,
    repeated: count,
    files: z.array(z.object({ file: z.string(), kind: z.string().nullable(), objects: count, indicators: count })),
  }),
  /** A decision about indicators. `until` prolongs or shortens their validity; null leaves it. */
  'intel.decided': z.object({
    subjects: z.array(subject),
    verdict: z.enum(verdicts).nullable(),
    /** True where these may be blocked: that takes two people. */
    block: z.boolean(),
    reason: z.string(),
    reliability: z.enum(reliabilities).nullable(),
    credibility: z.enum(credibilities).nullable(),
    until: time.nullable(),
  }),
  /** An indicator was seen in the logs, was no threat, or is over (MISP's types 0, 1 and 2). */
  'intel.sighted': z.object({
    subject,
    kind: z.enum(['seen', 'false-positive', 'expired']),
    first: time,
    last: time,
    count,
    where: z.string(),
  }),
  /** What expired by `upTo` was announced. */
  'intel.expired': z.object({ upTo: time, count }),
  /** A feed as configured from now on; null: removed. */
  'feed.set': z.object({ name: z.string(), feed: z.record(z.string(), z.unknown()).nullable() }),
  /** One pull of a feed, and what its health was. */
  'feed.pulled': z.object({
    name: z.string(),
    outcome: z.enum(['imported', 'unchanged', 'failed']),
    detail: z.string(),
    kind: z.string().nullable(),
    objects: count,
    indicators: count,
    bytes: count,
    etag: z.string().nullable(),
    modified: z.string().nullable(),
    cursor: z.string().nullable(),
    /** What the whole content holds (indicators of a file, events of a MISP feed); null where only news come (TAXII). */
    size: count.nullable().optional(),
  }),
  /** A warning list as it is in force from now on; `list` null: no longer, also of a built-in one. */
  'warnings.set': z.object({
    name: z.string(),
    list: z
      .object({
        version: z.string(),
        type: z.string(),
        effect: z.enum(['hold', 'inform']).nullable(),
        entries: count,
        /** Under `warnings/` beside the indicator log, with its SHA-256. */
        file: z.string(),
        sha256: z.string(),
      })
      .nullable(),
  }),
  /** Stored events were searched: up to these numbers of imports, decisions and batches. */
  'retro.searched': z.object({ imports: count, facts: count, batches: count, findings: count, leads: count }),
} as const;

export type Action = keyof typeof factSchemas;
export type Detail<A extends Action> = z.infer<(typeof factSchemas)[A]>;

/** One fact: what happened, who did it, when it was recorded, and the chain that shows that nothing was changed since. */
export type Fact<A extends Action = Action> = {
  readonly n: number;
  /** Milliseconds since 1970, UTC. */
  readonly at: number;
  readonly who: string;
  readonly action: A;
  readonly detail: Detail<A>;
  /** SHA-256 of the fact before it; 64 zeros for the first. */
  readonly previous: string;
  readonly digest: string;
};
