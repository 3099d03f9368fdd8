/** Export: reviewed indicators for other systems and people, with what their sources allow. */
import { guardIndicator } from '../../intel/guards.ts';
import { licenceAllows } from '../../intel/licence.ts';
import type { MergedIndicator } from '../../intel/merge.ts';
import type { Warnings } from '../../intel/warnings/warning-list.ts';
import type { StoredIndicator } from '../../model/indicator.ts';
import { indicatorObjects, isWritable } from '../../stix/indicator.ts';
import { type Tlp, tlpOf, tlps } from '../../stix/marking.ts';
import { bundle } from '../../stix/object.ts';
import { endpointOf } from '../intel-log.ts';
import { type DeskOptions, openDesk } from './desk.ts';
import { type Filter, indicatorsOf } from './list.ts';
import { warningsAt } from './warning-store.ts';

export const exportFormats = ['csv', 'plain', 'stix'] as const;

export type ExportOptions = DeskOptions & {
  readonly filter: Filter;
  readonly format: (typeof exportFormats)[number];
  /** `own`: for one's own controls; `share`: for others, so that the licence must allow it. */
  readonly use: 'own' | 'share';
  /** Only what two people said may be blocked. */
  readonly blockable: boolean;
  /** Of those, only what they said from two accounts of the system. */
  readonly twoAccounts?: boolean;
  readonly upTo: Tlp;
  readonly unmarked: Tlp;
  readonly now: () => Date;
};

export type Exported = {
  readonly text: string;
  readonly indicators: number;
  /** What was left out, by reason. */
  readonly left: Readonly<Record<string, number>>;
};

/** Every active indicator that the filter means = written + left out. */
export async function exportIntel(options: ExportOptions): Promise<Exported> {
  const desk = await openDesk(options);
  try {
    const left: Record<string, number> = {};
    const kept: MergedIndicator[] = [];
    const now = options.now().getTime();
    const warnings = await warningsAt(desk, now);
    for await (const indicator of indicatorsOf(desk, now, { status: 'active', ...options.filter })) {
      const back = options.blockable ? heldBack(indicator, warnings) : null;
      const allowed = back === null ? allowedOf(indicator, options) : { left: back };
      if ('left' in allowed) left[allowed.left] = (left[allowed.left] ?? 0) + 1;
      else kept.push(allowed.kept);
    }
    return { text: written(kept, options, now), indicators: kept.length, left };
  } finally {
    await desk.close();
  }
}

/** What nobody may block, whoever approved it: a name that many share, or one that a warning list holds. */
function heldBack({ leading }: MergedIndicator, warnings: Warnings): string | null {
  const guard = guardIndicator(leading, endpointOf);
  if (guard !== null) return guard.reason;
  return warnings.of(leading)[0]?.effect === 'hold' ? 'warning-list' : null;
}

type Rules = Pick<ExportOptions, 'blockable' | 'twoAccounts' | 'upTo' | 'unmarked' | 'use' | 'format'>;

/** The indicator with the statements alone that may go out; or why none may. */
export function allowedOf(indicator: MergedIndicator, options: Rules): { kept: MergedIndicator } | { left: string } {
  if (options.blockable && !indicator.stand.blockable) return { left: 'not-blockable' };
  if (options.twoAccounts && indicator.stand.oneAccount) return { left: 'one-account' };
  const narrow = (s: StoredIndicator): boolean =>
    tlps.indexOf(tlpOf(s.labels) ?? options.unmarked) > tlps.indexOf(options.upTo);
  const wide = indicator.statements.filter((s) => !narrow(s));
  if (wide.length === 0) return { left: 'narrower-tlp' };
  const free = wide.filter((s) => options.use === 'own' || licenceAllows(s.source.licence));
  const leading = free.includes(indicator.leading) ? indicator.leading : free[0];
  if (leading === undefined) return { left: 'licence' };
  if (options.format === 'stix' && !isWritable(leading)) return { left: 'no-pattern' };
  if (options.format === 'plain' && leading.value === null) return { left: 'no-single-value' };
  return { kept: { ...indicator, leading, statements: free } };
}

function written(kept: readonly MergedIndicator[], { format, unmarked }: ExportOptions, now: number): string {
  if (format === 'plain') return kept.map(({ leading }) => `${leading.value}\n`).join('');
  if (format === 'csv') return csvOf(kept, unmarked);
  const objects = kept.flatMap(({ leading, expiry }) =>
    indicatorObjects({ ...leading, validUntil: expiry.at }, unmarked, now),
  );
  return `${JSON.stringify(bundle(objects), null, 1)}\n`;
}

const COLUMNS = 'value,kind,pattern,valid_from,valid_until,confidence,tlp,licence,source,description,verdict,blockable';

function csvOf(kept: readonly MergedIndicator[], unmarked: Tlp): string {
  const time = (at: number | null): string => (at === null ? '' : new Date(Math.min(at, 8.64e15)).toISOString());
  const rows = kept.map(({ leading: l, statements, stand, expiry }) =>
    [
      l.value ?? '',
      l.kind,
      l.value === null ? (l.pattern ?? '') : '',
      time(l.validFrom),
      time(expiry.at),
      l.confidence ?? '',
      tlpOf(l.labels) ?? unmarked,
      [...new Set(statements.map((s) => s.source.licence ?? ''))].filter((text) => text !== '').join('; '),
      [...new Set(statements.map((s) => s.source.name))].join('; '),
      l.description ?? '',
      stand.verdict,
      stand.blockable,
    ]
      .map((cell) => cellOf(String(cell)))
      .join(','),
  );
  return `${[COLUMNS, ...rows].join('\n')}\n`;
}

/** A cell that no spreadsheet takes for a formula. */
function cellOf(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
