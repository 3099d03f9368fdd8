/** What a mapping file for intelligence in JSON says: where its items are, and which field means what. */
import { z } from 'zod';

/** `a.b` is the member `b` of `a`; `*` is each member of a list or object. */
const path = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\x00-\x1f]+$/, 'a path has no control characters');

/** Words of the file → words that we read. */
const words = z.record(z.string().max(200), z.string().max(200));

const source = z.union([
  path,
  z.strictObject({
    /** The first of them that holds something counts. */
    field: z.union([path, z.array(path).min(1).max(20)]),
    words: words.optional(),
    /** For a number: what stands for 100 (10 where a feed counts from 0 to 10). */
    scale: z.number().positive().max(1e9).optional(),
  }),
  z.strictObject({ constant: z.string().max(600) }),
]);
export type Source = z.infer<typeof source>;

export const intelMappingSchema = z.strictObject({
  /** Appears as the kind of the file. */
  id: z.string().regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, 'an id is two words with a dot between them, such as acme.feed'),
  /** Where the items are; left out, the document is the list, or each line is an item. */
  items: path.optional(),
  /** What means "nothing", besides an empty text. */
  unset: z.string().max(20).optional(),
  fields: z.strictObject({
    value: source,
    /** domain, url, address, hash, certificate, ja3, ja4, email; left out, the value itself decides. */
    kind: source.optional(),
    id: source.optional(),
    valid_from: source.optional(),
    valid_until: source.optional(),
    /** When the source recorded it. */
    recorded: source.optional(),
    confidence: source.optional(),
    labels: source.optional(),
    description: source.optional(),
    source: source.optional(),
    licence: source.optional(),
    tlp: source.optional(),
    /** Yes or no: for detection. */
    detect: source.optional(),
    revoked: source.optional(),
    /** acquired, compromised or unknown: whose endpoint it was. */
    endpoint: source.optional(),
  }),
});
export type IntelMapping = z.infer<typeof intelMappingSchema>;
