import type { BatchRecord } from '../lake/batches.ts';
import type { Lake } from '../lake/lake.ts';
import { lastArrivals, oddTimes, recordNotice } from '../lake/notices.ts';
import type { Batch } from '../telemetry/receivers/spool.ts';

/** A source that says nothing for this long, and for ten times as long as it usually does, is silent. */
const SILENCE = 10 * 60 * 1000;
const TIMES_USUAL = 10;
/** Clocks differ by some minutes everywhere; past this, in seconds, the order of events can no longer be told. */
const AHEAD = 5 * 60;

/** Notices silence, clocks that are ahead, and events that come late, and keeps it in the lake for coverage. */
export type Watch = {
  /** The program begins to listen: from when a source was last heard until now, nobody did. */
  readonly begin: (now: number) => Promise<void>;
  readonly arrived: (batch: Batch, record: BatchRecord) => Promise<void>;
  /** Looks whether a source fell silent. */
  readonly look: (now: number, note: (says: string) => Promise<void>) => Promise<void>;
  readonly end: (now: number) => Promise<void>;
};

type Heard = { last: number; usual: number; silent: boolean };

export function watchSources(lake: Lake, sources: readonly string[]): Watch {
  const heard = new Map<string, Heard>();
  let looked = 0;
  return {
    begin: async (now) => {
      const before = await lastArrivals(lake);
      for (const source of sources) {
        const last = before.get(source);
        if (last !== undefined && now - last >= SILENCE)
          await recordNotice(lake, { kind: 'not-listening', source, from: last, to: now, events: 0, seconds: 0 });
        if (last !== undefined) heard.set(source, { last: now, usual: 0, silent: false });
      }
    },
    arrived: async ({ source, last: arrived }, { seq, accepted, first, last }) => {
      const known = heard.get(source);
      if (known?.silent)
        await recordNotice(lake, { kind: 'silence', source, from: known.last, to: arrived, events: 0, seconds: 0 });
      const gap = known ? arrived - known.last : 0;
      heard.set(source, { last: arrived, usual: known ? known.usual * 0.9 + gap * 0.1 : 0, silent: false });
      if (accepted === 0 || first === null || last === null || plausible(first, last, arrived)) return;
      const odd = await oddTimes(lake, seq, arrived, AHEAD);
      const base = { source, from: arrived, to: arrived };
      if (odd.ahead > 0)
        await recordNotice(lake, { ...base, kind: 'clock-ahead', events: odd.ahead, seconds: odd.aheadBy });
      if (odd.late > 0) await recordNotice(lake, { ...base, kind: 'late', events: odd.late, seconds: odd.lateBy });
    },
    look: async (now, note) => {
      if (now - looked < 1000) return;
      looked = now;
      for (const [source, known] of heard) {
        if (known.silent || now - known.last < Math.max(SILENCE, TIMES_USUAL * known.usual)) continue;
        known.silent = true;
        await note(`${source} has been silent since ${new Date(known.last).toISOString()}`);
      }
    },
    end: async (now) => {
      for (const [source, known] of heard)
        if (known.silent)
          await recordNotice(lake, { kind: 'silence', source, from: known.last, to: now, events: 0, seconds: 0 });
    },
  };
}

/** All events are of the day and not of the future: nothing to look closer at. */
const plausible = (first: string, last: string, arrived: number): boolean =>
  Date.parse(last) <= arrived + AHEAD * 1000 && Date.parse(first) >= arrived - 3600_000;
