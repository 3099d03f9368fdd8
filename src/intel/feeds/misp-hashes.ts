/** `hashes.csv` of a MISP feed. */
import { type Feed, refusal } from '../feed.ts';
import { eachLine } from '../lines.ts';
import { contentLines, hasZeekHeader, isJson } from '../shape.ts';

const HASHED = /^"?[0-9a-f]{32}"?,"?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"?\s*$/i;

/** `hashes.csv`: MD5 of an attribute's value, event. The digests are of values, not of files: no indicators. */
export const mispHashes = {
  id: 'misp-hashes',
  name: 'Hashed values of a MISP feed (hashes.csv)',
  blindTo: ['it holds digests of values only'],
  detect: (head) => {
    if (isJson(head) || hasZeekHeader(head)) return false;
    const lines = contentLines(head);
    return lines.length > 0 && lines.every((line) => HASHED.test(line));
  },
  read: (input) =>
    eachLine(input, (line, number) => {
      if (line.trim() === '') return null;
      return HASHED.test(line)
        ? { other: 'hash', line: number }
        : refusal('bad-record', number, 'no digest and event', line);
    }),
} satisfies Feed;
