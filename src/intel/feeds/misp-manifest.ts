/** `manifest.json` of a MISP feed: which events it holds. */
import { asObject, inBatches, readDocument } from '../document.ts';
import { type Feed, type FeedRecord, refusal } from '../feed.ts';
import { stix } from './stix.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const FIRST_MEMBER = /^\s*\{\s*"([0-9a-f-]{36})"\s*:\s*\{/i;

/** `manifest.json`: event → what it is about. One event is one record; the events are files beside it. */
export const mispManifest = {
  id: 'misp-manifest',
  name: 'Manifest of a MISP feed (manifest.json)',
  blindTo: ['it names events; their attributes are in the files beside it'],
  detect: (head) =>
    UUID.test(FIRST_MEMBER.exec(head)?.[1] ?? '') && /"(?:Orgc|info|timestamp)"\s*:/.test(head) && !stix.detect(head),
  async *read(input) {
    const read = await readDocument(input);
    if (!('document' in read)) yield [read];
    else yield* inBatches(entries(read.document));
  },
} satisfies Feed;

function* entries(document: unknown): Generator<FeedRecord> {
  let line = 0;
  for (const [uuid, about] of Object.entries(asObject(document) ?? {})) {
    line++;
    if (UUID.test(uuid) && asObject(about) !== null) yield { other: 'event', line };
    else yield refusal('bad-record', line, 'an entry is the uuid of an event and what it is about', uuid);
  }
}
