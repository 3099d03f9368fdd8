/** Texts of lines that a more telling reader takes than those of tables, lists and reports. */
import { maltrail } from './feeds/maltrail.ts';
import { maltrailCsv } from './feeds/maltrail-csv.ts';
import { mispHashes } from './feeds/misp-hashes.ts';

const readers = [maltrail, maltrailCsv, mispHashes];

export const isClaimed = (head: string): boolean => readers.some((reader) => reader.detect(head));
