/** Drawn time: contacts and validity on one UTC axis. Inline SVG; positions in percent, so that text is never stretched. */
import type { Finding, HuntDocument, IndicatorCitation } from '../model/finding.ts';
import { html, type Markup } from './markup.ts';
import { show } from './safe-text.ts';
import { count, instant, minute, number, span, standingWords, validity } from './wording.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** More bars than this cannot be told apart; days are then added up. */
const MOST_BARS = 180;
const MOST_TICKS = 60;
const MOST_LANES = 4;
/** Percent; a day on a short axis is a bar, not a block. */
const WIDEST_BAR = 3;

const round = (n: number): number => Math.round(n * 100) / 100;

/** Milliseconds since 1970; `end` is after `start`. */
export type Axis = { readonly start: number; readonly end: number };

function axisOver(times: readonly (number | null)[], least: number): Axis {
  const known = times.filter((t) => t !== null);
  const start = known.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const end = known.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (start > end) return { start: 0, end: least };
  const missing = Math.max(0, least - (end - start)) / 2;
  return { start: start - missing, end: end + missing };
}

/** The axis that all rows of the list share: the time of the logs, or of the findings where the logs give none. */
export function sharedAxis({ telemetry, findings }: HuntDocument): Axis {
  const logs = [instant(telemetry.start), instant(telemetry.end)];
  const seen = findings.flatMap((f) => [instant(f.first_seen), instant(f.last_seen)]);
  return axisOver(logs.some((t) => t !== null) ? logs : seen, HOUR);
}

/** The moment that explains the standing of an indicator: where it was recorded, ended or began. */
function turningPoint(indicator: IndicatorCitation): number | null {
  if (indicator.standing === 'learned-later') return instant(indicator.recorded);
  if (indicator.standing === 'expired') return instant(indicator.valid_until);
  return indicator.standing === 'not-yet-valid' ? instant(indicator.valid_from) : null;
}

/** The axis of one finding: all contacts and the turning points within 120 days of them, with a margin; at least six hours. */
function ownAxis(finding: Finding): Axis {
  const seen = [instant(finding.first_seen), instant(finding.last_seen)];
  const contacts = axisOver(seen, 0);
  const near = finding.evidence
    .flatMap((e) => (e.indicator === undefined ? [] : [turningPoint(e.indicator)]))
    .filter((t) => t !== null && t > contacts.start - 120 * DAY && t < contacts.end + 120 * DAY);
  const { start, end } = axisOver([...seen, ...near], 6 * HOUR);
  const margin = (end - start) * 0.05;
  return { start: start - margin, end: end + margin };
}

function percent(t: number, { start, end }: Axis): number {
  return round(Math.min(1, Math.max(0, (t - start) / (end - start))) * 100);
}

type Bar = { readonly x: number; readonly width: number; readonly share: number };

/** Contacts by day as bars inside the axis, neighbours added up where there are too many; `share` of the highest. */
function bars(finding: Finding, axis: Axis): readonly Bar[] {
  const days = finding.by_day.flatMap(({ day, contacts }) => {
    const start = instant(`${day}T00:00:00Z`);
    return start === null || start >= axis.end || start + DAY <= axis.start ? [] : [{ start, contacts }];
  });
  const group = Math.ceil(Math.max(1, (axis.end - axis.start) / DAY) / MOST_BARS);
  const sums = new Map<number, number>();
  for (const d of days) {
    const slot = Math.floor(d.start / DAY / group) * group * DAY;
    sums.set(slot, (sums.get(slot) ?? 0) + d.contacts);
  }
  const most = [...sums.values()].reduce((a, b) => Math.max(a, b), 1);
  return [...sums].map(([slot, contacts]) => {
    const [from, to] = [percent(slot, axis), percent(slot + group * DAY, axis)];
    const width = Math.min(WIDEST_BAR, Math.max(0.35, (to - from) * 0.78));
    return { x: round(Math.max(0, (from + to - width) / 2)), width: round(width), share: contacts / most };
  });
}

/** Positions of the example rows, each once. */
function ticks(finding: Finding, axis: Axis): readonly number[] {
  const times = finding.evidence.slice(0, 20).flatMap((e) => e.events.slice(0, 20).map((row) => instant(row.time)));
  const inside = times.filter((t) => t !== null && t >= axis.start && t <= axis.end);
  return [...new Set(inside.map((t) => percent(t ?? 0, axis)))].slice(0, MOST_TICKS);
}

/** True where bars by day would be a few blocks that say nothing: then first, last and example rows are drawn. */
const isShort = (axis: Axis): boolean => axis.end - axis.start <= 3 * DAY;

/** From the first contact to the last: a line under bars by day, a band where marks alone are drawn. */
function range(finding: Finding, axis: Axis, base: number): Markup {
  const x = percent(instant(finding.first_seen) ?? axis.start, axis);
  const end = percent(instant(finding.last_seen) ?? axis.end, axis);
  const [y, height, name] = isShort(axis) ? [base - 8, 8, 'bar band'] : [base, 2, 'range'];
  return html`<rect class="${name}" x="${x}%" y="${y}" width="${round(Math.max(0.3, end - x))}%" height="${height}" rx="1"/>`;
}

function marks(finding: Finding, axis: Axis, height: number): Markup {
  const base = height - 2;
  const drawn = isShort(axis)
    ? [
        ...ticks(finding, axis).map(
          (x) =>
            html`<rect class="tick" x="${x}%" y="${round(base - height * 0.45)}" width="2" height="${round(height * 0.45)}"/>`,
        ),
        ...[finding.first_seen, finding.last_seen].map(
          (t) =>
            html`<rect class="bar" x="${percent(instant(t) ?? axis.start, axis)}%" y="${round(base - height * 0.7)}" width="3" height="${round(height * 0.7)}" rx="1"/>`,
        ),
      ]
    : bars(finding, axis).map((b) => {
        const tall = Math.max(2, round((base - 2) * b.share));
        return html`<rect class="bar" x="${b.x}%" y="${round(base - tall)}" width="${b.width}%" height="${tall}"/>`;
      });
  return html`${range(finding, axis, base)}${drawn}`;
}

/** The small strip of the list: all contacts of a finding on the shared axis. The row's text says the same in words. */
export function strip(finding: Finding, axis: Axis): Markup {
  return html`<svg class="strip" width="100%" height="30" aria-hidden="true" focusable="false"><line class="base" x1="0" x2="100%" y1="29" y2="29"/>${marks(finding, axis, 30)}</svg>`;
}

const STEPS = [HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 90 * DAY, 365 * DAY];

/** Round UTC times inside the axis, at most seven. */
function gridTimes({ start, end }: Axis): readonly number[] {
  const step = STEPS.find((s) => (end - start) / s <= 6) ?? (end - start) / 6;
  const first = Math.ceil(start / step) * step;
  return Array.from({ length: 7 }, (_, i) => first + i * step).filter((t) => t <= end);
}

/** Times along an axis, as text under a drawing. */
export function axisLabels(axis: Axis): Markup {
  const times = gridTimes(axis);
  const withClock = axis.end - axis.start <= 6 * DAY;
  return html`<svg class="axis" width="100%" height="20" aria-hidden="true" focusable="false">${times.map((t, i) => {
    const x = percent(t, axis);
    const anchor = x < 8 ? 'start' : x > 92 ? 'end' : 'middle';
    const [day, clock] = minute(new Date(t).toISOString()).slice(5).split(' ');
    const label = (withClock && clock !== '00:00' ? clock : day) ?? '';
    return html`<line class="notch" x1="${x}%" x2="${x}%" y1="0" y2="4"/><text class="${i % 2 === 1 ? 'alt' : 'main'}" x="${x}%" y="16" text-anchor="${anchor}">${label}</text>`;
  })}</svg>`;
}

function grid(axis: Axis, height: number): Markup {
  return html`${gridTimes(axis).map((t) => {
    const x = percent(t, axis);
    return html`<line class="grid" x1="${x}%" x2="${x}%" y1="0" y2="${height}"/>`;
  })}`;
}

/** How long an indicator is valid, and when it was recorded, against the finding's axis; no drawing without dates. */
function lane(indicator: IndicatorCitation, axis: Axis): Markup {
  const { source, valid_from, valid_until, recorded, standing } = indicator;
  const known = recorded === null ? 'not dated' : `${minute(recorded)} UTC`;
  const valid = valid_from === null && valid_until === null ? 'no validity given' : `valid ${validity(indicator)}`;
  const dates = standing === 'undated' ? '' : `${valid}; recorded ${known}; `;
  const words = `${show(source, 60)}: ${dates}${standingWords[standing]}`;
  const said = html`<p>${words}</p>`;
  const [x, end] = [percent(instant(valid_from) ?? axis.start, axis), percent(instant(valid_until) ?? axis.end, axis)];
  const at = instant(recorded);
  const band =
    valid_from === null && valid_until === null
      ? null
      : html`<rect class="valid" x="${x}%" y="4" width="${round(Math.max(0, end - x))}%" height="6" rx="3"/>`;
  const point =
    at === null || at < axis.start || at > axis.end
      ? null
      : html`<rect class="recorded" x="${percent(at, axis)}%" y="0" width="3" height="14" rx="1"/>`;
  if (band === null && point === null) return html`<div class="lane">${said}</div>`;
  return html`<div class="lane">${said}<svg width="100%" height="14" role="img"><title>${words}</title>${grid(axis, 14)}${band}${point}</svg></div>`;
}

function describe(finding: Finding): string {
  const busiest = finding.by_day.reduce((best, d) => (d.contacts > best.contacts ? d : best), { day: '', contacts: 0 });
  const peak = finding.by_day.length > 1 ? `; most on ${show(busiest.day, 20)}: ${number(busiest.contacts)}` : '';
  const days = finding.by_day.length === 0 ? '' : ` on ${count(finding.by_day.length, 'day')}`;
  return `${count(finding.contacts, 'contact')}${days}, ${span(finding.first_seen, finding.last_seen)}${peak}`;
}

/** The large drawing of a finding: contacts, then the validity of each cited indicator under the same axis. */
export function timeline(finding: Finding): Markup {
  const axis = ownAxis(finding);
  const cited = finding.evidence.flatMap((e) => (e.indicator === undefined ? [] : [e.indicator]));
  const lanes = [
    ...new Map(cited.map((i) => [`${i.source} ${i.valid_from} ${i.valid_until} ${i.recorded}`, i])).values(),
  ];
  const words = describe(finding);
  const legend = isShort(axis)
    ? 'Tall marks: first and last contact; short marks: the example rows.'
    : 'Bars: contacts by UTC day.';
  const more = lanes.length > MOST_LANES ? ` ${count(lanes.length - MOST_LANES, 'more indicator')} not drawn.` : '';
  return html`<figure class="timeline"><figcaption><strong>${words}.</strong> ${legend} ${
    lanes.length > 0 ? 'Bands: how long the source holds the indicator valid; the mark: when it recorded it.' : null
  }${more}</figcaption>
<svg class="contacts" width="100%" height="72" role="img"><title>${words}</title>${grid(axis, 72)}${marks(finding, axis, 72)}</svg>
${lanes.slice(0, MOST_LANES).map((i) => lane(i, axis))}${axisLabels(axis)}</figure>`;
}
