/** Static trails of Maltrail (`trails/static/…/family.txt`): https://github.com/stamparm/maltrail (checked 2026-11-24). */
import path from 'node:path';
import type { Feed } from '../feed.ts';
import { looksLikeCsv } from '../header.ts';
import { eachLine } from '../lines.ts';
import { contentLines, hasZeekHeader, isJson } from '../shape.ts';
import { isTrail, readTrail } from '../trail.ts';
import { maltrailCsv } from './maltrail-csv.ts';

const REFERENCE = /^#\s*Reference:\s*(\S+)/im;
const MAKER = /^#.*\b(?:Maltrail|stamparm)\b/im;

/** The family is the name of the file; each trail belongs to the reference above it. */
export const maltrail = {
  id: 'maltrail',
  name: 'Static trails of Maltrail',
  blindTo: ['dates and confidence', 'trails that are only a path or a user agent'],
  detect: (head) =>
    !isJson(head) &&
    (REFERENCE.test(head) || MAKER.test(head)) &&
    !hasZeekHeader(head) &&
    !maltrailCsv.detect(head) &&
    !looksLikeCsv(head) &&
    contentLines(head, 50).filter(isTrail).length * 2 > contentLines(head, 50).length,
  read: (input) => {
    const family = path.basename(input.source.file).replace(/\.txt(?:\.gz|\.zst)?$/i, '');
    const labels = [`family:${family}`];
    let reference: string | null = null;
    let closed = true;
    return eachLine(input, (raw, number) => {
      const line = raw.trim();
      const named = REFERENCE.exec(line)?.[1];
      if (named !== undefined && closed) {
        reference = named; // of several in a row the first stands for all
        closed = false;
      }
      if (line === '' || line.startsWith('#')) return null;
      closed = true;
      const about = reference === null ? family : `${family}: ${reference}`;
      return readTrail(line, number, input.source, { description: about, labels });
    });
  },
} satisfies Feed;
