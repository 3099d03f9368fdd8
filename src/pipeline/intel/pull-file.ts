/** A feed that is one file behind a URL, or a file or folder here. */
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { VirgaError } from '../../model/errors.ts';
import { openDoor } from '../../outbound/door.ts';
import { sha256 } from './digest.ts';
import { isUrl, secretHeaders } from './feed-settings.ts';
import { fileName, importPulled, nothing, type Pulled, type PullTask } from './pull.ts';

/** What the place holds now, imported; or that it did not change since the last content. */
export async function pullFile(task: PullTask): Promise<Pulled> {
  const { desk, name, feed, last } = task;
  if (!isUrl(feed.from)) return importPulled(task, feed.from, nothing(name));
  const door = openDoor({ inside: feed.inside });
  try {
    const answer = await door.ask({ url: feed.from, headers: { ...secretHeaders(feed), ...conditions(last) } });
    const { etag = null, 'last-modified': modified = null } = answer.headers;
    if (answer.status === 304 && last !== null) {
      answer.discard();
      return { ...nothing(name), etag: last.etag, modified: last.modified, cursor: last.cursor };
    }
    if (answer.status !== 200) {
      answer.discard();
      throw new VirgaError('outbound.answer', `The feed ${name} answered with status ${answer.status}.`);
    }
    const file = path.join(desk.temp, fileName(name));
    await pipeline(Readable.from(answer.body), createWriteStream(file));
    const cursor = await sha256(file);
    if (cursor === last?.cursor) return { ...nothing(name), etag, modified, cursor };
    return await importPulled(task, file, { ...nothing(name), etag, modified, cursor });
  } finally {
    await door.close();
  }
}

/** Only what changed since. */
export const conditions = (last: Pulled | null): Record<string, string> => ({
  ...(last?.etag ? { 'if-none-match': last.etag } : {}),
  ...(last?.modified ? { 'if-modified-since': last.modified } : {}),
});
