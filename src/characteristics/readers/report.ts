import type { Characteristic, TraitSource } from '../../model/characteristic.ts';
import { htmlPassages, isHtml } from '../../prose/html.ts';
import { type Passage, ProseFault } from '../../prose/passage.ts';
import { plainPassages } from '../../prose/plain.ts';
import { sentenceAt } from '../../prose/sentence.ts';
import { type TraitMention, traitsIn } from '../../prose/traits.ts';
import { headerTraits, identified, trait, uriTraits } from '../build.ts';
import { TraitFault, type TraitReader } from '../reader.ts';

/** Traits that one report is taken for at most: more is a list, not a story. */
const MAX_TRAITS = 200;

/** Written reports: user agents, request paths and headers that the author names, each with its sentence. */
export const report = {
  id: 'report',
  name: 'written report (text, Markdown, HTML, PDF)',
  blindTo: ['which of several programs a trait belongs to', 'timing'],
  detect: (text) => passagesOf(text.slice(0, 1_000_000)).some((p) => traitsIn(p.text).length > 0),
  read: (text, source) => {
    const found = passagesOf(text)
      .filter((passage) => passage.section !== 'aside')
      .flatMap((passage) => traitsIn(passage.text).map((mention) => ({ mention, passage })))
      .slice(0, MAX_TRAITS);
    if (found.length === 0) throw new TraitFault('no sentence names a user agent, a request path or a header.');
    return {
      profile: { mentions: found.map(({ mention, passage }) => cited(mention, passage)) },
      characteristics: [
        characteristicOf(
          found.map((f) => f.mention),
          source,
        ),
      ],
      records: 1,
      other: 0,
      refused: [],
    };
  },
} satisfies TraitReader;

function passagesOf(text: string): Passage[] {
  const reader = isHtml(text) ? htmlPassages() : plainPassages();
  try {
    return [...reader.write(text), ...reader.end()];
  } catch (error) {
    if (error instanceof ProseFault) return [];
    throw error;
  }
}

const cited = ({ kind, value, start }: TraitMention, passage: Passage): Record<string, unknown> => ({
  kind,
  value,
  page: passage.page,
  offset: passage.offset + start,
  sentence: sentenceAt(passage.text, start, start + value.length).text,
});

function characteristicOf(mentions: readonly TraitMention[], source: TraitSource): Characteristic {
  const of = (kind: TraitMention['kind']): string[] => mentions.filter((m) => m.kind === kind).map((m) => m.value);
  const headers = of('header').flatMap((line) => {
    const colon = line.indexOf(':');
    return headerTraits({ [line.slice(0, colon)]: line.slice(colon + 1).trim() }, null);
  });
  return identified({
    name: `what ${source.name} says of requests`,
    software: source.name,
    source,
    traits: [...uriTraits(of('uri'), null), ...trait('user-agent', of('user-agent')), ...headers],
    rhythm: null,
    platforms: [],
    caution: 'Read from prose: the traits may belong to different programs.',
  });
}
