import { z } from 'zod';
import type { Characteristic, Rhythm, Trait, TraitRole, TraitSource } from '../../model/characteristic.ts';
import { parseJson } from '../../model/json.ts';
import { headerTraits, identified, mimeOf, trait, uriTraits } from '../build.ts';
import { TraitFault, type TraitReader } from '../reader.ts';

const texts = z
  .record(z.string(), z.string())
  .nullish()
  .transform((v) => v ?? {});
const sideSchema = z.object({
  headers: texts,
  parameters: texts,
  message: z.object({ location: z.string(), name: z.string().nullish() }).nullish(),
});
const requestSchema = z.object({
  verb: z.string().nullish(),
  uris: z
    .array(z.string())
    .nullish()
    .transform((v) => v ?? []),
  client: sideSchema.nullish(),
  server: sideSchema.partial().nullish(),
});
/** The httpx profile's agent variation. */
const variationSchema = z.object({ name: z.string().nullish(), get: requestSchema, post: requestSchema });
type Variation = z.infer<typeof variationSchema>;

const whole = z.union([z.number(), z.string().regex(/^\d{1,9}$/)]).transform(Number);
/** Parameters of a payload that uses the http profile. */
const parametersSchema = z.object({
  get_uri: z.string().optional(),
  post_uri: z.string(),
  query_path_name: z.string().optional(),
  callback_interval: whole.optional(),
  callback_jitter: whole.optional(),
  headers: z
    .union([
      texts,
      z
        .array(z.object({ name: z.string(), value: z.string() }))
        .transform((l) => Object.fromEntries(l.map((h) => [h.name, h.value]))),
    ])
    .optional(),
});

/** Operator configurations of Mythic's http and httpx profiles (docs.mythic-c2.net, checked 2026-11-24). */
export const mythic = {
  id: 'mythic',
  name: 'Mythic http or httpx configuration',
  blindTo: ['bodies and transforms', 'headers other than User-Agent, Referer, Host and cookies'],
  detect: (text) =>
    /^\s*[[{]/.test(text.slice(0, 200)) &&
    ((/"uris"\s*:/.test(text) && /"verb"\s*:/.test(text)) || /"post_uri"\s*:/.test(text)),
  read: (text, source) => {
    const document = parse(text);
    const found = [...objectsIn(document, 0)];
    const characteristics = found.flatMap(([name, value]) => {
      const variation = variationSchema.safeParse(value);
      if (variation.success) return fromVariation(variation.data, name, source);
      const parameters = parametersSchema.safeParse(value);
      return parameters.success ? fromParameters(parameters.data, name, source) : [];
    });
    if (characteristics.length === 0) throw new TraitFault('no object holds get and post requests, or a post_uri.');
    return {
      profile: { profiles: characteristics.length },
      characteristics,
      records: characteristics.length,
      other: 0,
      refused: [],
    };
  },
} satisfies TraitReader;

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    throw new TraitFault('the file is no valid JSON.', { cause });
  }
}

/** A configuration lies at most so deep in what exports wrap around it. */
const MAX_DEPTH = 6;

function* objectsIn(value: unknown, depth: number, name = ''): Generator<readonly [string, object]> {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [name, value];
  for (const [key, member] of Object.entries(value))
    yield* objectsIn(member, depth + 1, Array.isArray(value) ? name : key);
}

function fromVariation({ name, get, post }: Variation, key: string, source: TraitSource): Characteristic[] {
  const traits = [...requestTraits(get, 'get'), ...requestTraits(post, 'post')];
  return made(name ?? (key || source.name), traits, null, source);
}

function requestTraits(request: Variation['get'], role: TraitRole): Trait[] {
  const { client, server, uris, verb } = request;
  const at = client?.message;
  const name = at?.name ?? '';
  const carrier =
    at?.location === 'cookie'
      ? trait('cookie', [name], role)
      : at?.location === 'query'
        ? trait('parameter', [name], role)
        : [];
  return [
    ...uriTraits(uris, role),
    ...trait('method', [verb?.toUpperCase()], role),
    ...headerTraits(client?.headers ?? {}, role),
    ...Object.keys(client?.parameters ?? {}).flatMap((p) => trait('parameter', [p], role)),
    ...carrier,
    ...Object.entries(server?.headers ?? {}).flatMap(([h, v]) =>
      h.toLowerCase() === 'content-type'
        ? trait('mime', [mimeOf(v)], role)
        : trait('response-header', [`${h}: ${v}`], role),
    ),
  ];
}

function fromParameters(p: z.infer<typeof parametersSchema>, key: string, source: TraitSource): Characteristic[] {
  const seconds = p.callback_interval ?? 0;
  const rhythm = seconds > 0 ? { interval: seconds * 1000, jitter: Math.min(p.callback_jitter ?? 0, 99) } : null;
  const traits = [
    ...uriTraits(p.get_uri === undefined ? [] : [p.get_uri], 'get'),
    ...trait('parameter', [p.query_path_name], 'get'),
    ...uriTraits([p.post_uri], 'post'),
    ...trait('method', ['POST'], 'post'),
    ...headerTraits(p.headers ?? {}, null),
  ];
  return made(key || source.name, traits, rhythm, source);
}

const made = (name: string, traits: readonly Trait[], rhythm: Rhythm | null, source: TraitSource): Characteristic[] =>
  traits.some((t) => t.kind === 'uri')
    ? [identified({ name, software: 'Mythic', source, traits, rhythm, platforms: [], caution: null })]
    : [];
