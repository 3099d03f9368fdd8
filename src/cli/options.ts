import { VirgaError } from '../model/errors.ts';

/** An RFC 3339 time (a date alone is its first instant, UTC) as milliseconds since 1970. */
export function readTime(option: string, text: string): number {
  const shaped = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(text);
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text) || !text.includes(':') ? text : `${text}Z`;
  const time = shaped ? Date.parse(zoned.replace(' ', 'T')) : Number.NaN;
  if (Number.isNaN(time))
    throw new VirgaError(
      'usage.wrong',
      `${option} takes a time such as 2026-09-09T12:00:00Z, not ${JSON.stringify(text)}.`,
    );
  return time;
}

/** A size such as 700MB or 2GB, as the engine takes it. */
export function readBytes(option: string, text: string): string {
  if (!/^\d{2,6}(MB|MiB)$|^\d{1,4}(GB|GiB)$/.test(text))
    throw new VirgaError('usage.wrong', `${option} takes a size such as 700MB or 2GB, not ${JSON.stringify(text)}.`);
  return text;
}

/** A whole number from 1. */
export function readCount(option: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new VirgaError('usage.wrong', `${option} takes a whole number from 1, not ${JSON.stringify(text)}.`);
}

/** A time such as 30s, 5m or 2h as milliseconds. */
export function readDuration(option: string, text: string): number {
  const [, number = '', unit = ''] = /^(\d{1,5})(s|m|h)$/.exec(text) ?? [];
  const seconds = { s: 1, m: 60, h: 3600 }[unit];
  if (seconds === undefined)
    throw new VirgaError('usage.wrong', `${option} takes a time such as 30s, 5m or 2h, not ${JSON.stringify(text)}.`);
  return Number(number) * seconds * 1000;
}
