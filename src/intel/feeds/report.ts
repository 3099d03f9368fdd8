/** Written reports in plain text, Markdown or PDF: what the author defanged, lists as indicators, or names in passing. */

import { isDefanged } from '../../observables/defang.ts';
import { isHtml } from '../../prose/html.ts';
import { mentionsIn } from '../../prose/mentions.ts';
import { plainPassages } from '../../prose/plain.ts';
import { isClaimed } from '../claimed.ts';
import type { Feed } from '../feed.ts';
import { looksLikeCsv } from '../header.ts';
import { readReport } from '../report-records.ts';
import { hasZeekHeader, isJson } from '../shape.ts';
import { plain } from './plain.ts';

/** A text is a report where something in its beginning is defanged, or where it has pages. */
export const report = {
  id: 'report',
  name: 'Report in plain text, Markdown or PDF',
  blindTo: ['dates', 'indicators in pictures', 'values that are broken over two lines'],
  detect: (head, file) =>
    head.startsWith('\f') ||
    (!isJson(head) &&
      !isHtml(head) &&
      !looksLikeCsv(head) &&
      !hasZeekHeader(head) &&
      !plain.detect(head, file) &&
      !isClaimed(head) &&
      holdsAny(head)),
  read: (input) => readReport(input, plainPassages()),
} satisfies Feed;

const holdsAny = (head: string): boolean =>
  head.split('\n').some((line) => mentionsIn(line).some(({ word }) => isDefanged(word)));
