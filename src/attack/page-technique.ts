/** What a page says of a technique: MITRE's words, who uses it, what mitigates it. */
import type { AttackPage, AttackRef, TechniqueRef } from '../model/attack-page.ts';
import type { Part, Section } from '../model/paper.ts';
import { computed, type Lookup, linked, quoted, relationBlocks, section, sentence, text } from './paper-parts.ts';
import { titleOf } from './title.ts';

/** A technique that the object leads to, in full. */
export function techniqueSection(t: TechniqueRef, lookup: Lookup): Section {
  const parts = [
    ...quoted(t, lookup),
    ...(t.parent ? quoted(t.parent, lookup, `${titleOf(t.parent)}, the technique above it`) : []),
    ...t.tactics.flatMap((tactic) => quoted(tactic, lookup, `tactic ${titleOf(tactic)}`)),
    ...procedures(t, lookup),
    ...mitigations(t, lookup),
  ];
  return section(`technique-${t.attack_id ?? t.id}`, `Technique ${titleOf(t)}`, parts);
}

export function ownTechnique({ object, context }: AttackPage, lookup: Lookup): Section[] {
  if (object.type !== 'attack-pattern') return [];
  const parts = [
    ...context.tactics.flatMap((tactic) => quoted(tactic, lookup, `tactic ${titleOf(tactic)}`)),
    ...procedures({ ...object, ...context }, lookup),
    ...mitigations({ ...object, ...context }, lookup),
  ];
  return [section('use', 'Use and mitigation', parts)];
}

type Ends = AttackRef & Pick<TechniqueRef, 'groups' | 'software' | 'campaigns' | 'mitigations'>;

/** Procedure examples that a paper shows in full; the JSON has them all. */
const MOST_EXAMPLES = 60;

export function procedures(t: Ends, lookup: Lookup): Part[] {
  const users = [...t.groups, ...t.software, ...t.campaigns];
  if (users.length === 0)
    return [
      computed(
        sentence(
          `MITRE lists no group, software or campaign for ${titleOf(t)} in this release. That says nothing about its use.`,
        ),
      ),
    ];
  const more = users.length - MOST_EXAMPLES;
  return [
    ...users.slice(0, MOST_EXAMPLES).flatMap((user): Part[] => {
      const blocks = relationBlocks(user, lookup);
      return blocks.length === 0
        ? []
        : [
            {
              by: 'mitre',
              credit: [text(`procedure example of ${titleOf(t)}: `), ...linked(user, lookup)],
              blocks,
            },
          ];
    }),
    ...(more > 0 ? [computed(sentence(`${more} more procedure examples are in the JSON of this page.`))] : []),
  ];
}

function mitigations(t: Ends, lookup: Lookup): Part[] {
  return t.mitigations.flatMap((m): Part[] => {
    const blocks = relationBlocks(m, lookup);
    const why: Part[] =
      blocks.length === 0
        ? []
        : [{ by: 'mitre', credit: [text(`mitigation of ${titleOf(t)}: `), ...linked(m, lookup)], blocks }];
    return [...why, ...quoted(m, lookup, `mitigation ${titleOf(m)}`)];
  });
}
