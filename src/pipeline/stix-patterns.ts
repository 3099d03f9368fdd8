/** `virga stix match` and `virga stix check`: questions a line each, answers in the same order. */
import { z } from 'zod';
import { parseJson } from '../model/json.ts';
import { checkPattern } from '../patterns/check.ts';
import { matchPattern } from '../patterns/match.ts';
import { splitLines } from './lines.ts';

/** Observations of one question, as JSON; a longer line is answered with an error. */
const MAX_LINE = 64 * 1024 * 1024;

const id = z.union([z.string(), z.number()]).nullish();
const version = z.enum(['2.0', '2.1']).default('2.1');
const checkQuestion = z.object({ id, stix_version: version, pattern: z.string() });
const matchQuestion = checkQuestion.extend({ observations: z.array(z.unknown()) });
const named = z.object({ id });

export type CheckAnswer = { readonly id: string | number | null; readonly valid: boolean; readonly error?: string };
export type MatchAnswer = {
  readonly id: string | number | null;
  readonly verdict: 'match' | 'nomatch' | 'error';
  readonly error?: string;
};

/** Whether each pattern is valid; a line that is no question is invalid. */
export function checkPatterns(chunks: AsyncIterable<string>): AsyncGenerator<CheckAnswer> {
  return answer(chunks, checkQuestion, {
    give: ({ id, pattern, stix_version }) => ({ id: id ?? null, ...checkPattern(pattern, stix_version) }),
    refuse: (id, error) => ({ id, valid: false, error }),
  });
}

/** The verdict of each pattern on its observations; a line that is no question is an error. */
export function matchPatterns(chunks: AsyncIterable<string>): AsyncGenerator<MatchAnswer> {
  return answer(chunks, matchQuestion, {
    give: ({ id, pattern, stix_version, observations }) => ({
      id: id ?? null,
      ...matchPattern(pattern, stix_version, observations),
    }),
    refuse: (id, error) => ({ id, verdict: 'error', error }),
  });
}

type Answers<Q, A> = {
  readonly give: (question: Q) => A;
  readonly refuse: (id: string | number | null, error: string) => A;
};

async function* answer<Q, A>(
  chunks: AsyncIterable<string>,
  schema: z.ZodType<Q>,
  { give, refuse }: Answers<Q, A>,
): AsyncGenerator<A> {
  let line = 0;
  for await (const { text, cut } of splitLines(chunks, MAX_LINE)) {
    line++;
    if (text.trim() === '') continue;
    const read = cut ? { fault: `longer than ${MAX_LINE} characters` } : readJson(text);
    const parsed = 'fault' in read ? null : schema.safeParse(read.json);
    if (parsed?.success === true) yield give(parsed.data);
    else yield refuse('fault' in read ? null : idOf(read.json), `line ${line}: ${faultOf(read, parsed?.error)}`);
  }
}

function readJson(text: string): { readonly json: unknown } | { readonly fault: string } {
  try {
    return { json: parseJson(text) };
  } catch {
    return { fault: 'not JSON' };
  }
}

const faultOf = (read: { fault: string } | { json: unknown }, error: z.ZodError | undefined): string => {
  if ('fault' in read) return read.fault;
  const issue = error?.issues[0];
  return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a question'}`;
};

const idOf = (json: unknown): string | number | null => named.safeParse(json).data?.id ?? null;
