import { createHash } from 'node:crypto';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import type { TraitSource } from '../../model/characteristic.ts';
import type { Condition, Rule } from '../../model/rule.ts';
import { TraitFault, type TraitReader, type TraitRefusal } from '../reader.ts';
import { parseCondition } from './sigma-condition.ts';
import { aboutOf } from './sigma-fields.ts';
import { parseSearch } from './sigma-search.ts';
import { RuleFault } from './tests.ts';

const text = z
  .union([z.string(), z.number(), z.date()])
  .transform((v) => (v instanceof Date ? v.toISOString().slice(0, 10) : String(v)));
const schema = z.object({
  title: text,
  id: text.optional(),
  level: z.enum(['informational', 'low', 'medium', 'high', 'critical']).catch('medium').optional(),
  tags: z.array(z.string()).nullish(),
  logsource: z.object({
    category: z.string().optional(),
    product: z.string().optional(),
    service: z.string().optional(),
  }),
  detection: z.record(z.string(), z.unknown()),
  date: text.optional(),
  modified: text.optional(),
  license: z.string().optional(),
});

/** A rule has some kilobytes; a bundle of all public ones some megabytes. */
const MAX_TEXT = 32 * 1024 * 1024;

/** Sigma rules on proxy, web server, DNS, network and Zeek log sources. */
export const sigma = {
  id: 'sigma',
  name: 'Sigma rule',
  blindTo: [
    'log sources of endpoints',
    'correlations and aggregations: more than one event',
    'fields that are in no column, such as cookie values',
  ],
  detect: (given) => /^\s*logsource\s*:/m.test(given) && /^\s*detection\s*:/m.test(given),
  read: (given, source) => {
    if (given.length > MAX_TEXT) throw new TraitFault('the file is too long for a rule.');
    const rules: Rule[] = [];
    const refused: TraitRefusal[] = [];
    let [records, other] = [0, 0];
    for (const document of documentsOf(given)) {
      records++;
      const read = readRule(document, source);
      if (typeof read === 'string') refused.push({ line: records, why: read });
      else if (read === null) other++;
      else rules.push(read);
    }
    return {
      profile: { rules: rules.map((r) => ({ id: r.id, title: r.title, level: r.level })) },
      characteristics: [],
      rules,
      records,
      other,
      refused,
    };
  },
} satisfies TraitReader;

function documentsOf(given: string): unknown[] {
  const documents = parseAllDocuments(given, { uniqueKeys: false, logLevel: 'silent' });
  if (!Array.isArray(documents)) return [];
  return documents.map((d) => {
    const [error] = d.errors;
    // A document bomb made of aliases is refused by the library itself.
    if (error)
      throw new TraitFault(`line ${error.linePos?.[0].line ?? 1}: ${error.message.split('\n', 1)[0] ?? 'broken YAML'}`);
    try {
      const value: unknown = d.toJS({ maxAliasCount: 100 });
      return value;
    } catch (cause) {
      throw new TraitFault('the YAML uses too many aliases.', { cause });
    }
  });
}

/** The rule; null where it is about no network log; a sentence where it cannot be compared. */
function readRule(document: unknown, source: TraitSource): Rule | null | string {
  const parsed = schema.safeParse(document);
  if (!parsed.success) return `not a rule: ${parsed.error.issues[0]?.path.join('.') ?? 'empty'} is missing or odd`;
  const rule = parsed.data;
  const about = aboutOf(rule.logsource);
  if (about === null) return null;
  try {
    const condition = conditionOf(rule.detection, about);
    const tags = rule.tags ?? [];
    return {
      id: rule.id ?? `sigma--${createHash('sha256').update(rule.title).digest('hex').slice(0, 24)}`,
      title: rule.title,
      kind: 'sigma',
      level: rule.level ?? 'medium',
      stage: stageOf(tags),
      about,
      condition,
      techniques: tags.flatMap((t) => /^attack\.(t\d{4}(?:\.\d{3})?)$/i.exec(t)?.[1]?.toUpperCase() ?? []),
      source: {
        ...source,
        licence: rule.license ?? source.licence,
        date: (rule.modified ?? rule.date)?.replaceAll('/', '-') ?? source.date,
      },
    };
  } catch (error) {
    if (error instanceof RuleFault) return `${rule.title}: ${error.message}`;
    throw error;
  }
}

function conditionOf(detection: Readonly<Record<string, unknown>>, about: Rule['about']): Condition {
  const searches = new Map<string, Condition>();
  for (const [name, search] of Object.entries(detection))
    if (name !== 'condition' && name !== 'timeframe') searches.set(name, parseSearch(search, about));
  if (detection.timeframe !== undefined) throw new RuleFault('a timeframe needs more than one event');
  const conditions = [detection.condition].flat().filter((c) => typeof c === 'string');
  if (conditions.length === 0) throw new RuleFault('it has no condition');
  const parsed = conditions.map((c) => parseCondition(c, searches));
  return parsed.length === 1 && parsed[0] ? parsed[0] : { any: parsed };
}

/** Command and control and what serves it; every other tactic is another stage. */
const CHANNEL =
  /^attack\.(?:command.and.control|resource.development|t1071|t1090|t1095|t1102|t1132|t1001|t1568|t1572|t1573|t1583|t1584)\b/i;

const stageOf = (tags: readonly string[]): Rule['stage'] => {
  const attack = tags.filter((t) => /^attack\./i.test(t));
  return attack.length === 0 || attack.some((t) => CHANNEL.test(t)) ? 'characteristic' : 'lifecycle';
};
