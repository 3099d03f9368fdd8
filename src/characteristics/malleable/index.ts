import { TraitFault, type TraitReader } from '../reader.ts';
import { ProfileFault } from './lexer.ts';
import { readProfile } from './profile.ts';
import { traitsOf } from './traits.ts';

/** A word that only a profile has at the beginning of a line, outside strings or not: told apart from prose by its brace or value. */
const MARK =
  /^[ \t]*(?:http-(?:get|post|stager|config|beacon)|https-certificate|dns-beacon|code-signer|process-inject|post-ex|stage)(?:[ \t]+"[^"\n]{0,200}")?\s*\{|^[ \t]*set[ \t]+(?:sleeptime|jitter|useragent|sample_name|host_stage)[ \t]+"/m;

/** Cobalt Strike's Malleable C2 language. */
export const malleable = {
  id: 'malleable-c2',
  name: 'Malleable C2 profile',
  blindTo: [
    'headers other than User-Agent, Referer, Host and the names of cookies: no log column holds them',
    'bodies and response headers other than Content-Type',
    'settings of the memory, processes and pipes: nothing of them is on the network',
  ],
  detect: (text) => MARK.test(text),
  read: (text, source) => {
    try {
      const profile = readProfile(text);
      const characteristics = traitsOf(profile, source);
      return { profile, characteristics, records: 1, other: characteristics.length === 0 ? 1 : 0, refused: [] };
    } catch (error) {
      if (error instanceof ProfileFault) throw new TraitFault(error.message, { cause: error });
      throw error;
    }
  },
} satisfies TraitReader;
