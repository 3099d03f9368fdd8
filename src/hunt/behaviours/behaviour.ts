import type { Row as EngineRow } from '../../lake/engine.ts';
import type { EvidenceClass, Tie } from '../../model/finding.ts';

/** A number that a behaviour is tuned by, and why it is what it is. */
export type Parameter = { readonly value: number; readonly reason: string };

/** A row of a statement: its columns by name. */
export type Row = EngineRow;

/**
 * A way in which adversary use shows without any list: one statement over `touch` and `endpoint` (lake/touches.ts), whose
 * rows have at least `src`, `name`, `place`, `events` and `examples` (a list of {seq, line, time}).
 */
export type Behaviour = {
  /** Dotted and stable: `hunt.rotation`. */
  readonly id: string;
  readonly says: string;
  readonly class: Extract<EvidenceClass, 'behaviour' | 'lifecycle'>;
  /** Places that the logs must show; where one is missing the behaviour is not evaluable. */
  readonly needs: readonly string[];
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly sql: string;
  /** Log-odds beside other evidence. A behaviour alone is at most a lead, whatever it weighs. */
  readonly weight: number;
  /** Why it says little by itself, in words; null where it counts as a class of its own in the rule of two. */
  readonly guard: string | null;
  /** True where it is worth a look without any other evidence. */
  readonly opens: boolean;
  /** The sentence that an analyst can check by hand from the cited rows. */
  readonly explain: (row: Row) => string;
  /** What other endpoints of the same operation would share with this row. */
  readonly ties?: (row: Row) => readonly Tie[];
  readonly blindTo: readonly string[];
};

/** What was found of one internal host and one endpoint. */
export type Observed = {
  /** Of the behaviour, or of the honest explanation. */
  readonly id: string;
  readonly src: string;
  readonly host: string;
  readonly where: string;
  readonly class: Extract<EvidenceClass, 'behaviour' | 'lifecycle' | 'benign'>;
  readonly weight: number;
  readonly summary: string;
  readonly guard: string | null;
  readonly opens: boolean;
  readonly ties: readonly Tie[];
  /** Rows in all, and some of them, oldest first. */
  readonly events: number;
  readonly examples: readonly { readonly seq: number; readonly line: number; readonly time: string }[];
};

/** The cited rows of a statement. */
export function examplesOf(value: Row[string] | undefined): Observed['examples'] {
  return (Array.isArray(value) ? value : []).flatMap((e) => {
    const example = e !== null && typeof e === 'object' && !Array.isArray(e) && 'line' in e ? e : null;
    return example ? [{ seq: Number(example.seq), line: Number(example.line), time: String(example.time) }] : [];
  });
}
