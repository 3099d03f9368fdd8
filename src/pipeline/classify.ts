/** `virga classify`: one answer for each line, in order. */
import type { Endpoint } from '../model/endpoint.ts';
import { classify } from '../platforms/matcher.ts';
import { splitLines } from './lines.ts';

/** The first twelve fields and their order are the public interface; further fields follow them. */
export type ClassifyAnswer =
  | ({ readonly input: string } & Endpoint)
  | { readonly input: string; readonly error: string };

/** The longest URL that is read; of a longer line this much is given back. */
const MAX_LINE_LENGTH = 65_536;

/** One answer for each text in order, an error for what is no host or URL. Never throws on a text. */
export async function* classifyLines(input: AsyncIterable<string> | Iterable<string>): AsyncGenerator<ClassifyAnswer> {
  for await (const text of input) yield answer(text);
}

/** As `classifyLines`, for a stream of text that holds one host or URL a line; memory is bounded whatever the lines. */
export async function* classifyStream(chunks: AsyncIterable<string>): AsyncGenerator<ClassifyAnswer> {
  for await (const { text, cut } of splitLines(chunks, MAX_LINE_LENGTH)) {
    yield cut ? { input: text, error: `line longer than ${MAX_LINE_LENGTH} characters, cut here` } : answer(text);
  }
}

function answer(input: string): ClassifyAnswer {
  const result = classify(input);
  if (!result.ok) return { input, error: `not a host or URL: ${result.why}` };
  const { host, platform, provider, kind, granularity, tenant, region, id, registrable, blockable, ...more } =
    result.endpoint;
  const { function: name, ...rest } = more;
  return {
    ...{ input, host, platform, provider, kind, granularity, tenant, function: name, region, id },
    ...{ registrable, blockable, ...rest },
  };
}
