/** Written reports as web pages: what a reader sees of them. */
import { htmlPassages, isHtml } from '../../prose/html.ts';
import { mentionsIn } from '../../prose/mentions.ts';
import { isClaimed } from '../claimed.ts';
import { type Feed, HEAD_LENGTH } from '../feed.ts';
import { looksLikeCsv } from '../header.ts';
import { readReport } from '../report-records.ts';
import { hasZeekHeader } from '../shape.ts';
import { plain } from './plain.ts';

/** A page is a report where its beginning holds something defanged or a hash; of a long page the beginning is all scripts. */
export const reportHtml = {
  id: 'report-html',
  name: 'Report as a web page (HTML)',
  blindTo: ['dates', 'indicators in pictures', 'what scripts write into the page'],
  detect: (head, file) =>
    isHtml(head) &&
    !looksLikeCsv(head) &&
    !hasZeekHeader(head) &&
    !plain.detect(head, file) &&
    !isClaimed(head) &&
    (head.length >= HEAD_LENGTH || holdsAny(head)),
  read: (input) => readReport(input, htmlPassages()),
} satisfies Feed;

function holdsAny(head: string): boolean {
  const reader = htmlPassages();
  return [...reader.write(head), ...reader.end()].some(({ text }) => mentionsIn(text).some(({ defanged }) => defanged));
}
