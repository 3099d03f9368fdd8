import type { Characteristic, Rhythm, Trait, TraitRole, TraitSource } from '../../model/characteristic.ts';
import { cookieNames, headerTraits, identified, mimeOf, trait, uriTraits } from '../build.ts';
import type { MalleableProfile, MalleableVariant, Side, Transaction, TransformStep } from './profile.ts';

/** One characteristic for each variant of the profile that has a transaction. */
export function traitsOf(profile: MalleableProfile, source: TraitSource): Characteristic[] {
  const rhythm: Rhythm | null =
    profile.sleeptime === null ? null : { interval: profile.sleeptime, jitter: Math.min(profile.jitter ?? 0, 99) };
  return [profile, ...profile.variants].flatMap((variant) => {
    const traits = variantTraits(variant);
    if (traits.length === 0) return [];
    const suffix = variant.variant === 'default' ? '' : ` (${variant.variant})`;
    return [
      identified({
        name: `${profile.name ?? source.name.replace(/\.profile$/, '')}${suffix}`,
        software: 'Cobalt Strike',
        source,
        traits,
        rhythm,
        platforms: [],
        caution: null,
      }),
    ];
  });
}

const variantTraits = ({ useragent, get, post, stager }: MalleableVariant): Trait[] => [
  ...(get ? transactionTraits(get, get.uris, 'get') : []),
  ...(post ? transactionTraits(post, post.uris, 'post') : []),
  ...(stager ? transactionTraits(stager, [...stager.uris, ...stager.urisX64], 'stage') : []),
  ...trait('user-agent', [useragent]),
];

function transactionTraits(t: Transaction, uris: readonly string[], role: TraitRole): Trait[] {
  const carried = [t.metadata, t.id, t.output].map(carrierOf);
  const names = (where: string): string[] => carried.flatMap((c) => (c?.where === where ? [c.name] : []));
  const cookies = carried.flatMap((c) =>
    c?.where === 'header' && c.name.toLowerCase() === 'cookie' ? cookieNames(c.text) : [],
  );
  const headers = names('header').filter((n) => n.toLowerCase() !== 'cookie');
  const appended = carried.some((c) => c?.where === 'uri-append');
  return [
    ...uriTraits(uris, role, appended),
    ...trait('method', [t.verb?.toUpperCase() ?? (role === 'post' ? 'POST' : 'GET')], role),
    ...[...Object.keys(t.parameters), ...names('parameter')].flatMap((p) => trait('parameter', [p], role)),
    ...headerTraits(t.headers, role),
    ...[...new Set(cookies)].flatMap((c) => trait('cookie', [c], role)),
    ...headers.flatMap((h) => trait('request-header', [`${h}: (data)`], role)),
    ...serverTraits(t.server, role),
  ];
}

const serverTraits = (server: Side, role: TraitRole): Trait[] =>
  Object.entries(server.headers).flatMap(([name, value]) =>
    name.toLowerCase() === 'content-type'
      ? trait('mime', [mimeOf(value)], role)
      : trait('response-header', [`${name}: ${value}`], role),
  );

/** Steps after which text that was put around the data before is no longer readable. */
const encodings: ReadonlySet<string> = new Set(['base64', 'base64url', 'netbios', 'netbiosu', 'mask']);

/** Where a transform puts the data, and the constant text around it; null where it puts it nowhere. */
function carrierOf(steps: readonly TransformStep[]): { where: string; name: string; text: string } | null {
  let [before, after] = ['', ''];
  for (const { step, value } of steps) {
    if (encodings.has(step)) [before, after] = ['', ''];
    else if (step === 'prepend') before = (value ?? '') + before;
    else if (step === 'append') after += value ?? '';
    else if (step === 'header' || step === 'parameter' || step === 'uri-append' || step === 'print')
      return { where: step, name: value ?? '', text: `${before}${DATA}${after}` };
  }
  return null;
}

/** Stands for the data in the text around it; no cookie has such a name. */
const DATA = '\u0000';
