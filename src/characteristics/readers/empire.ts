import type { Characteristic, TraitSource } from '../../model/characteristic.ts';
import { headerTraits, identified, trait, uriTraits } from '../build.ts';
import { TraitFault, type TraitReader, type TraitRefusal } from '../reader.ts';

/** `/a.php,/b.php|User-Agent|Header:value`, as it stands in listener options, agents and source. */
const PROFILE = /(?:^|["'=:\s])((?:\/[\w./?=&%~-]{1,200})(?:,\/[\w./?=&%~-]{1,200}){0,50}\|[^"'\n]{1,2000})/;
/** A profile's second part names a browser or a program. */
const AGENT = /\|(?:Mozilla|[A-Za-z][\w.-]{1,40}\/)/;

/** Empire's communication profiles: tasking URIs, user agent, further headers. */
export const empire = {
  id: 'empire',
  name: 'Empire communication profile',
  blindTo: ['the routing packet in the cookie', 'delay and jitter, which belong to the listener'],
  detect: (text) =>
    text
      .slice(0, 262_144)
      .split('\n', 5000)
      .some((line) => profileOf(line) !== null),
  read: (text, source) => {
    const characteristics: Characteristic[] = [];
    const refused: TraitRefusal[] = [];
    for (const line of text.split('\n')) {
      const profile = profileOf(line);
      if (profile !== null) characteristics.push(fromProfile(profile, source));
    }
    if (characteristics.length === 0) throw new TraitFault('no line holds a profile of the form /uri,/uri|user agent.');
    return {
      profile: { profiles: characteristics.length },
      characteristics,
      records: characteristics.length,
      other: 0,
      refused,
    };
  },
} satisfies TraitReader;

const MAX_LINE = 8192;

const profileOf = (line: string): string | null => {
  const found = line.length > MAX_LINE ? null : (PROFILE.exec(line)?.[1] ?? null);
  return found !== null && AGENT.test(found) ? found : null;
};

function fromProfile(profile: string, source: TraitSource): Characteristic {
  const [uris = '', agent = '', ...headers] = profile.split('|').map((p) => p.trim());
  const pairs = headers.flatMap((h): [string, string][] => {
    const at = h.indexOf(':');
    return at > 0 ? [[h.slice(0, at), h.slice(at + 1).trim()]] : [];
  });
  return identified({
    name: uris,
    software: 'Empire',
    source,
    traits: [
      ...uriTraits(uris.split(','), null),
      ...trait('user-agent', [agent]),
      ...headerTraits(Object.fromEntries(pairs), null),
    ],
    rhythm: null,
    platforms: [],
    caution: null,
  });
}
