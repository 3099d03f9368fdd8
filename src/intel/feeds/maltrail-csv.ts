/** The compiled trails of Maltrail (`trails.csv`): https://github.com/stamparm/maltrail (checked 2026-11-24). */
import { cellsOf } from '../cells.ts';
import { type Feed, refusal } from '../feed.ts';
import { eachLine } from '../lines.ts';
import { contentLines, hasZeekHeader, isJson } from '../shape.ts';
import { readTrail } from '../trail.ts';

/** Where a trail came from, as the compiled table says it. */
const ORIGIN = /^\(?(?:static|custom|dynamic|remote custom|remote|local)\)?$|^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/\S*)?$/i;

function isCompiled(head: string): boolean {
  const rows = contentLines(head, 100).map((line) => cellsOf(line, ','));
  const fits = rows.filter(
    (cells) => cells?.length === 3 && ORIGIN.test((cells[2] ?? '').trim()) && /\(|\s|[a-z]/i.test(cells[1] ?? ''),
  );
  return rows.length > 0 && fits.length * 10 >= rows.length * 9;
}

/** `trail,info,reference` without a header: what it is, why, and the list that it came from. */
export const maltrailCsv = {
  id: 'maltrail-csv',
  name: 'Compiled trails of Maltrail (trails.csv)',
  blindTo: ['dates and confidence', 'trails that are only a path or a user agent'],
  detect: (head) =>
    !isJson(head) &&
    !hasZeekHeader(head) &&
    /\((?:malware|suspicious|malicious|static|custom)\)/.test(head) &&
    isCompiled(head),
  read: (input) =>
    eachLine(input, (raw, number) => {
      const line = raw.trim();
      if (line === '' || line.startsWith('#')) return null;
      const cells = cellsOf(line, ',');
      if (cells === null) return refusal('bad-quotes', number, 'open quote', line);
      const [trail = '', info = '', origin = ''] = cells.map((cell) => cell.trim());
      if (number === 1 && trail === 'trail') return null;
      if (trail === '') return refusal('missing-value', number, 'no trail', line);
      return readTrail(trail, number, input.source, {
        description: info,
        labels: origin === '' ? [] : [`from:${origin}`],
      });
    }),
} satisfies Feed;
