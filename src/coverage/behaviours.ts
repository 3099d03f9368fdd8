import { beacon } from '../hunt/behaviours/beacon.ts';
import { behaviours } from '../hunt/behaviours/index.ts';
import { type CoverageFacts, sees } from './facts.ts';
import { measuredAlarms, measuredSentences } from './measured.ts';

/** What the behaviours cannot show in these logs: by their span, and by what no log holds. */
export function behaviourLimits(facts: CoverageFacts): string[] {
  const hours = spanHours(facts);
  const surely = beacon.parameters.surely.value;
  const least = beacon.parameters.contacts.value;
  return [
    ...(hours === 0
      ? []
      : [
          `Rhythm: these logs span ${round(hours)} h. A channel that calls at least every ${round(hours / surely)} h (${surely} contacts, jitter up to 37 %) is expected to stand out; one that calls less often than every ${round(hours / least)} h (${least} contacts) is never told from chance.`,
          ...measuredSentences(facts, hours),
          falseAlarms(facts, hours),
        ]),
    ...behaviours
      .filter((b) => b.needs.every((need) => !sees(facts, need)))
      .map((b) => `${b.id} (${b.says}) was not evaluable: no log shows ${b.needs.join(' or ')}.`),
  ];
}

/** What chance alone may have made of the rhythms that were told, and what honest programs add. */
function falseAlarms(facts: CoverageFacts, hours: number): string {
  const { rhythmLeads: n, internalHosts } = facts;
  const power = beacon.parameters.lead.value;
  const chance = n * 10 ** -power;
  const rate = internalHosts === 0 ? 0 : (chance * 1000) / (internalHosts * (hours / 24));
  return `False alarms: ${n === 1 ? '1 rhythm was' : `${n} rhythms were`} told as a lead, each where at most one in ${10 ** power} of all pairs that are as regular is chance (Benjamini–Hochberg): so chance alone made at most ${three(chance)} of them, ${three(rate)} per 1,000 hosts and day. Honest programs with a rhythm of their own come on top${measuredAlarms(facts)}.`;
}

const three = (x: number): string => String(Number(x.toPrecision(2)));
const round = (hours: number): number => Math.round(hours * 10) / 10;

function spanHours({ formats }: CoverageFacts): number {
  const starts = formats.map((f) => Date.parse(f.start)).filter(Number.isFinite);
  const ends = formats.map((f) => Date.parse(f.end)).filter(Number.isFinite);
  return starts.length === 0 ? 0 : (Math.max(...ends) - Math.min(...starts)) / 3_600_000;
}
