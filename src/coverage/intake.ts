/** What was noticed of a source while it was listened to; times are milliseconds since 1970. */
export type IntakeNotice = {
  readonly kind: 'silence' | 'not-listening' | 'clock-ahead' | 'late';
  readonly source: string;
  readonly from: number;
  readonly to: number;
  readonly events: number;
  readonly seconds: number;
};

/** More than this many are counted, not told one by one. */
const MAX_TOLD = 10;

/** Holes in what a source brought, and events whose times are not to be trusted, in plain words; the newest first. */
export function intakeStatement(notices: readonly IntakeNotice[]): string[] {
  const told = [...notices].reverse().slice(0, MAX_TOLD).map(words);
  const more = notices.length - told.length;
  return more > 0 ? [...told, `${more} more notices of this kind about live sources are on record.`] : told;
}

const minute = (time: number): string => `${new Date(time).toISOString().slice(0, 16)}Z`;

function words({ kind, source, from, to, events, seconds }: IntakeNotice): string {
  const span = `from ${minute(from)} to ${minute(to)}`;
  if (kind === 'silence') return `${source} was silent ${span}: what happened then may not be in these records.`;
  if (kind === 'not-listening') return `Nobody listened to ${source} ${span}: what it said then may be lost.`;
  if (kind === 'clock-ahead')
    return `${source} brought ${events} events that are up to ${duration(seconds)} ahead of the clock here (${minute(from)}): a clock is wrong.`;
  return `${source} brought ${events} events of earlier days, up to ${duration(seconds)} late (${minute(from)}); they stand under the day of the event and were matched when they came.`;
}

const duration = (seconds: number): string =>
  seconds >= 172_800
    ? `${Math.round(seconds / 86_400)} days`
    : seconds >= 7200
      ? `${Math.round(seconds / 3600)} hours`
      : `${Math.max(1, Math.round(seconds / 60))} minutes`;
