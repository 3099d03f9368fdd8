/** The configuration of a made-up implant, as an analyst takes it from a sample. */
import { profileText } from '../../src/replays/profile.ts';
import { adversary } from './planted.ts';
import { agents } from './staff.ts';

export const kestrelProfile = (): string =>
  profileText({
    says: 'KESTREL, made up for this example: nobody has such software',
    sleep: 360_000,
    jitter: 20,
    agent: agents.kestrel.name,
    poll: adversary.i.poll,
    send: adversary.i.send,
  });
