/** The words that every report shares: numbers, times, and what the model's terms mean in plain English. */
import type {
  EvidenceClass,
  Finding,
  FindingEndpoint,
  IndicatorCitation,
  Severity,
  Standing,
} from '../model/finding.ts';
import type { IntelOrigin } from '../model/indicator.ts';
import { show, showDefanged, showSentence } from './safe-text.ts';

/** A whole number with thousands separators: `219,530`. */
export function number(n: number): string {
  return Number.isFinite(n) ? n.toLocaleString('en-US', { maximumFractionDigits: 0 }) : 'unknown';
}

/** A number and its noun: `1 finding`, `3 findings`. */
export function count(n: number, one: string, many: string = `${one}s`): string {
  return `${number(n)} ${n === 1 ? one : many}`;
}

/** A score or weight with two digits; a weight shows its sign. */
export function score(n: number): string {
  return Number.isFinite(n) ? n.toFixed(2) : 'unknown';
}
export function weight(n: number): string {
  if (!Number.isFinite(n)) return 'unknown';
  return n > 0 ? `+${n.toFixed(1)}` : n < 0 ? `−${Math.abs(n).toFixed(1)}` : '0';
}

/** Bytes in decimal units: `1.4 MB`. */
export function bytes(n: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(n))) / 3)));
  const value = n / 1000 ** step;
  return `${step === 0 ? number(value) : value.toFixed(1)} ${units[step] ?? ''}`;
}

// RFC 3339; Date.parse alone takes almost any text with a digit in it for a time.
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds since 1970, or null where the text is no time of RFC 3339. */
export function instant(time: string | null): number | null {
  const t = time !== null && TIME.test(time) ? Date.parse(time) : Number.NaN;
  return Number.isFinite(t) ? t : null;
}

/** `2026-10-14 08:03` (UTC, to the minute); a text that is no time is shown as it is. */
export function minute(time: string | null): string {
  const t = instant(time);
  if (t === null) return time === null ? 'unknown' : show(time, 40);
  return new Date(t).toISOString().slice(0, 16).replace('T', ' ');
}

/** `2026-10-14 08:03:11 UTC`. */
export function second(time: string): string {
  const t = instant(time);
  return t === null ? show(time, 40) : `${new Date(t).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** `2026-10-14 08:03 to 23:58 UTC`: the second day only where it differs; one time where both are the same minute. */
export function span(first: string | null, last: string | null): string {
  const [a, b] = [minute(first), minute(last)];
  if (a === b) return `${a} UTC`;
  return `${a} to ${a.slice(0, 10) === b.slice(0, 10) ? b.slice(11) : b} UTC`;
}

/** The order of severities, worst first. */
export const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'informational'];

export const classWords: Readonly<Record<EvidenceClass, string>> = {
  intelligence: 'a source lists this endpoint',
  characteristic: 'it looks like known adversary software',
  behaviour: 'how and when it is contacted',
  lifecycle: 'what happened before and after',
  benign: 'speaks for a harmless cause',
};

export const standingWords: Readonly<Record<Standing, string>> = {
  'known-then': 'valid and already known at the contact',
  'learned-later': 'valid at the contact, learned later',
  expired: 'had expired before the contact',
  'not-yet-valid': 'was not yet valid at the contact',
  undated: 'the source gives no dates',
};

export const matchWords: Readonly<Record<IndicatorCitation['match'], string>> = {
  exact: 'exactly this value',
  parent: 'a parent name',
  pattern: 'a pattern',
  url: 'exactly this URL',
  'url-host': 'the host of the listed URL',
  address: 'exactly this address',
  network: 'a network that holds the address',
  'same-account': 'another function of the same account',
  fingerprint: 'a client fingerprint',
  certificate: 'a certificate',
};

/** `2026-10-01 to open`: how long the source holds the indicator valid. */
export function validity(indicator: IndicatorCitation): string {
  if (indicator.valid_from === null && indicator.valid_until === null) return 'no dates given';
  const from = indicator.valid_from === null ? 'open' : minute(indicator.valid_from);
  return `${from} to ${indicator.valid_until === null ? 'open' : `${minute(indicator.valid_until)} UTC`}`;
}

/** The endpoint as a report names it: URL, else host, else address; defanged. */
export function endpointName(endpoint: FindingEndpoint): string {
  return showDefanged(endpoint.url ?? endpoint.host ?? endpoint.ip ?? 'unnamed endpoint');
}

/** `cloudflare-workers · tenant b`; `no known platform` where there is none. */
export function platformName(endpoint: FindingEndpoint): string {
  if (endpoint.platform === null) return 'no known platform';
  return show(endpoint.platform) + (endpoint.tenant === null ? '' : ` · tenant ${show(endpoint.tenant)}`);
}

/** One internal host of the document: two that had one address in turn are two. */
export const internalKey = ({ ip, host, mac }: Finding['internal']): string => JSON.stringify([mac ?? ip, host]);

/** Where a host was when it met the endpoint, where that was at several addresses; else null. */
export function whereabouts({ addresses = [] }: Finding['internal']): string | null {
  if (addresses.length < 2) return null;
  const some = addresses.slice(0, 20).map((a) => `${show(a.ip)} (${span(a.first_seen, a.last_seen)})`);
  return some.join(', ') + (addresses.length > 20 ? `, ${addresses.length - 20} more` : '');
}

/** `10.1.2.3 (ws-12)`. */
export function internalName(internal: Finding['internal']): string {
  return show(internal.ip) + (internal.host === null ? '' : ` (${show(internal.host)})`);
}

/** Every host, URL and indicator that a finding's sentences may name. */
export function knownNames(finding: Finding): readonly string[] {
  const { host, url } = finding.endpoint;
  const cited = finding.evidence.slice(0, 50).flatMap((e) => (e.indicator === undefined ? [] : [e.indicator.value]));
  return [...new Set([host, url, ...cited].filter((v) => v !== null && v !== undefined))];
}

/** Who lists the endpoint, as what, how it matches and how the dates stand: in words, without its name. */
function listedBy(i: IndicatorCitation): string {
  const what = i.description === null ? '' : ` as ${show(i.description, 160)}`;
  return `Listed by ${show(i.source, 120)}${what}: ${matchWords[i.match]}, ${standingWords[i.standing]}.`;
}

const closed = (sentence: string): string => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`);

/** What speaks against it most, from weight -1 on; a lead's reader needs it in the same line. */
function against(finding: Finding): string {
  const [strongest] = finding.evidence.filter((e) => e.weight <= -1).sort((a, b) => a.weight - b.weight);
  return strongest === undefined ? '' : ` Against it: ${closed(strongest.summary)}`;
}

/**
 * Why the finding stands, in one line, from the heaviest evidence: its indicator in words, else its summary; then why it
 * does not convict, and what speaks against it.
 */
export function why(finding: Finding, longest: number = 420): string {
  const [heaviest] = [...finding.evidence].sort((a, b) => b.weight - a.weight);
  if (heaviest === undefined) return 'No evidence is listed.';
  const known = knownNames(finding);
  const { indicator, guard, summary } = heaviest;
  const reason = indicator === undefined ? closed(summary) : listedBy(indicator);
  const held = guard === undefined ? '' : ` Does not convict: ${closed(guard)}`;
  return showSentence(`${reason}${held}${against(finding)}`, known, longest);
}

/** Where a run has a source from, in words. */
export const originName = (from: IntelOrigin): string => (from === 'workspace' ? 'the workspace' : 'files of this run');
