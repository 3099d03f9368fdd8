/** `matching_attributes` of a warning list: attribute types of MISP → our kinds. */
import { type IndicatorKind, indicatorKinds } from '../../model/indicator.ts';
import { attributeType } from '../misp-types.ts';
import type { Hint } from '../observe.ts';

const kindsOf: Readonly<Record<Hint, readonly IndicatorKind[]>> = {
  any: indicatorKinds,
  domain: ['domain'],
  url: ['url'],
  address: ['ipv4', 'ipv6', 'cidr'],
  hash: ['hash'],
  certificate: ['certificate'],
  ja3: ['ja3'],
  ja4: ['ja4'],
  email: ['email'],
};

/** Null where the list names no attribute that we know: MISP then compares it with all. */
export function kindsFor(attributes: readonly string[]): ReadonlySet<IndicatorKind> | null {
  const kinds = attributes.flatMap((name) => {
    const { hint } = attributeType(name, '');
    return hint === null ? [] : kindsOf[hint];
  });
  return kinds.length === 0 ? null : new Set(kinds);
}
