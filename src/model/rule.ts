import type { TraitSource } from './characteristic.ts';
import type { Column, Place } from './event.ts';

/** The rule: a condition over the columns of one event, as somebody else wrote it (Sigma, Suricata). */

/** A column, or what is put together from several: `url` whole, `target` (path and query), `extension` of the path, `peer` (any name of the other side). */
export type RuleField = Column | 'url' | 'target' | 'extension' | 'peer';

export type RuleTest = {
  readonly field: RuleField;
  readonly op:
    | 'equals'
    | 'contains'
    | 'starts'
    | 'ends'
    | 'regex'
    | 'cidr'
    | 'less'
    | 'at-most'
    | 'more'
    | 'at-least'
    | 'absent';
  /** Of `regex`: RE2 that finds anywhere. Of `cidr`: an IPv4 range. Of `absent`: unused. Lower case where `cased` is false. */
  readonly value: string;
  readonly cased: boolean;
};

export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly test: RuleTest };

export type RuleLevel = 'informational' | 'low' | 'medium' | 'high' | 'critical';

export type Rule = {
  readonly id: string;
  readonly title: string;
  readonly kind: 'sigma' | 'suricata';
  readonly level: RuleLevel;
  /** A sign of the software and its channel, or of another stage of an attack. */
  readonly stage: 'characteristic' | 'lifecycle';
  /** Kind of event that it is about: what must be there besides the fields of the condition. */
  readonly about: 'dns' | 'http' | 'tls' | 'network';
  readonly condition: Condition;
  /** ATT&CK ids, as the rule gives them. */
  readonly techniques: readonly string[];
  readonly source: TraitSource;
};

/** The events of one rule of one internal host and one endpoint. */
export type RuleMatch = {
  readonly rule: Rule;
  readonly src: string;
  readonly host: string;
  readonly place: Place;
  readonly events: number;
  /** Sources and endpoints that meet the rule in all. */
  readonly sources: number;
  readonly endpoints: number;
  readonly examples: readonly { readonly file: string; readonly line: number; readonly time: string }[];
};

/** Every test of a condition, whatever stands around it. */
export function testsOf(condition: Condition): RuleTest[] {
  if ('test' in condition) return [condition.test];
  if ('not' in condition) return testsOf(condition.not);
  return ('all' in condition ? condition.all : condition.any).flatMap(testsOf);
}
