import { z } from 'zod';
import type { TraitRole } from '../../model/characteristic.ts';
import { parseJson } from '../../model/json.ts';
import { headerTraits, identified, trait } from '../build.ts';
import { wordPattern } from '../patterns.ts';
import { TraitFault, type TraitReader } from '../reader.ts';

const words = z
  .array(z.string().max(200))
  .max(5000)
  .nullish()
  .transform((v) => v ?? []);
const named = z
  .array(z.object({ name: z.string(), value: z.string().optional() }))
  .nullish()
  .transform((v) => v ?? []);
const extension = z
  .string()
  .max(20)
  .nullish()
  .transform((v) => v?.replace(/^\./, '') ?? null);
const schema = z.object({
  implant_config: z.object({
    user_agent: z.string().nullish(),
    url_parameters: named,
    headers: named,
    extensions: words,
    files: words,
    paths: words,
    poll_file_ext: extension,
    poll_files: words,
    poll_paths: words,
    start_session_file_ext: extension,
    session_file_ext: extension,
    session_files: words,
    session_paths: words,
    close_file_ext: extension,
    close_files: words,
    close_paths: words,
  }),
  server_config: z
    .object({
      cookies: z.array(z.union([z.string(), z.object({ name: z.string() }).transform((c) => c.name)])).nullish(),
    })
    .nullish(),
});

/** Sliver's HTTP C2 profile (`http-c2.json`, `c2profile export`): paths are put together from lists of words. */
export const sliver = {
  id: 'sliver',
  name: 'Sliver HTTP C2 profile',
  blindTo: ['the random user agent where the profile sets none', 'bodies and their encoders'],
  detect: (text) => /"implant_config"\s*:/.test(text) && /"(?:poll_|session_)?(?:files|paths)"\s*:/.test(text),
  read: (text, source) => {
    const profile = schema.safeParse(parse(text));
    if (!profile.success)
      throw new TraitFault(`the profile is not what Sliver exports: ${profile.error.issues[0]?.path.join('.') ?? ''}.`);
    const c = profile.data.implant_config;
    const paths = (
      role: TraitRole,
      dirs: readonly string[],
      files: readonly string[],
      ends: readonly (string | null)[],
    ) =>
      trait(
        'uri-pattern',
        [
          wordPattern(
            dirs,
            files,
            ends.filter((e) => e !== null),
          ),
        ],
        role,
      );
    const traits = [
      ...paths('get', c.poll_paths, c.poll_files, [c.poll_file_ext]),
      ...paths('post', c.session_paths, c.session_files, [c.session_file_ext, c.start_session_file_ext]),
      ...paths('stage', c.close_paths, c.close_files, [c.close_file_ext]),
      ...paths(null, c.paths, c.files, c.extensions),
      ...trait('user-agent', [c.user_agent]),
      ...c.url_parameters.flatMap((p) => trait('parameter', [p.name])),
      ...headerTraits(Object.fromEntries(c.headers.map((h) => [h.name, h.value ?? ''])), null),
      ...trait('cookie', profile.data.server_config?.cookies ?? []),
    ];
    if (!traits.some((t) => t.kind === 'uri-pattern')) throw new TraitFault('the profile holds no paths and files.');
    const characteristic = identified({
      name: source.name.replace(/\.json$/, ''),
      software: 'Sliver',
      source,
      traits,
      rhythm: null,
      platforms: [],
      caution: null,
    });
    return {
      profile: { user_agent: c.user_agent ?? null },
      characteristics: [characteristic],
      records: 1,
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
