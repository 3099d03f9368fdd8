import { z } from 'zod';
import type { TelemetryCoverage } from '../model/finding.ts';

const time = z.iso.datetime({ offset: true });
const texts = z.array(z.string().max(200)).max(200);
const count = z.number().min(0);

/** What is read of a hunt document to tell its telemetry again. */
const hunt = z.object({
  virga: z.string(),
  run: z.object({ finished: time }),
  telemetry: z.object({ internal_hosts: count }),
  coverage: z.object({
    telemetry: z
      .array(
        z.object({
          ...{ format: z.string().max(200), files: count, events: count, start: time.nullable(), end: time.nullable() },
          ...{ internal_hosts: count, sees: texts, blind_to: texts, gaps_hours: count },
        }),
      )
      .max(10_000),
  }),
});

/** The telemetry of a hunt document, or null where the text is none. */
export function readHuntTelemetry(
  text: string,
): { readonly rows: readonly TelemetryCoverage[]; readonly hosts: number; readonly finished: string } | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const read = hunt.safeParse(json);
  if (!read.success) return null;
  return {
    rows: read.data.coverage.telemetry,
    hosts: read.data.telemetry.internal_hosts,
    finished: read.data.run.finished,
  };
}
