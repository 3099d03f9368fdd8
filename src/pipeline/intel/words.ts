/** What the desk tells people on a terminal. */
import { refusalReasons } from '../../intel/feed.ts';
import type { ImportReport } from './import.ts';

export { statuses } from '../../intel/merge.ts';

const safe = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '?');

/** The account of an import: one line a file, then what changed, then the first refusals. */
export function importTable({ files, indicators, refusals, warned }: ImportReport): string {
  const lines = files.map((f) => {
    const refused = Object.values(f.refused).reduce((sum, n) => sum + n, 0);
    return `${safe(f.file)}: ${f.kind ?? 'not read'}, ${f.objects} objects, ${f.indicators} indicators, ${f.other} other, ${refused} refused`;
  });
  const { added, updated, unchanged, repeated } = indicators;
  lines.push('', `${added} added, ${updated} updated, ${unchanged} unchanged, ${repeated} said twice in this run`);
  if (refusals.length > 0) lines.push('', 'Refused, the first of each kind:');
  for (const r of refusals.slice(0, 20))
    lines.push(`  ${safe(r.file)}:${r.line}: ${refusalReasons[r.reason]} (${safe(r.detail)})`);
  if (warned.held > 0) {
    lines.push('', `${warned.held} on warning lists: kept, but they may not convict`);
    for (const e of warned.examples) lines.push(`  ${safe(e.file)}:${e.line}: ${safe(e.value)}: ${safe(e.why)}`);
  }
  return `${lines.join('\n')}\n`;
}
