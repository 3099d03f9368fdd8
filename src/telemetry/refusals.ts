import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { openSpool, type Spool } from './spool.ts';

/** A record that was refused before the engine saw it. `line` as in the log: 1-based. */
export type Refusal = { readonly line: number; readonly reason: string; readonly detail: string };

/** What was refused: counted by reason, the first ones kept, all of them to be read again in the order of lines. */
export type RefusalLog = {
  readonly total: number;
  readonly reasons: Readonly<Record<string, number>>;
  readonly examples: readonly Refusal[];
  readonly each: () => AsyncGenerator<Refusal>;
};

/** What is said of a refusal when nothing more is known. */
export const refusalDetails = {
  binary: 'the file is not text',
  'unknown-format': 'no known format reads this line',
  'line-too-long': 'the line is longer than 1 MiB',
  'record-too-long': 'the record is longer than 1 MiB',
  'too-deep': 'the record is nested more than 200 levels deep',
  'cut-short': 'the record is not closed before the end of the file',
  'outside-document': 'text outside the array of records; it was not read',
  'too-many-headers': 'the columns change more than 256 times in this file',
  'truncated-gzip': 'the file ends in the middle of the packed data',
  'broken-gzip': 'the packed data is broken here',
  'truncated-zstd': 'the file ends in the middle of the packed data',
  'broken-zstd': 'the packed data is broken here',
} as const;
export type RefusalReason = keyof typeof refusalDetails;

const MAX_EXAMPLES = 20;

export const noRefusals: RefusalLog = { total: 0, reasons: {}, examples: [], each: async function* () {} };

/** Collects refusals; beyond the examples only line and reason go to a temporary file. */
export class RefusalSink {
  readonly #temp: string;
  readonly #reasons = new Map<string, number>();
  readonly #examples: Refusal[] = [];
  #total = 0;
  #text: string[] = [];
  #spool: Spool | null = null;

  constructor(temp: string) {
    this.#temp = temp;
  }

  add(line: number, reason: RefusalReason, detail: string = refusalDetails[reason]): void {
    this.#total++;
    this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + 1);
    if (this.#examples.length < MAX_EXAMPLES) this.#examples.push({ line, reason, detail });
    else this.#text.push(`${line} ${reason}\n`);
  }

  async flush(): Promise<void> {
    if (this.#text.length === 0) return;
    this.#spool ??= await openSpool(this.#temp, 'refusals');
    const text = this.#text.join('');
    this.#text = [];
    await this.#spool.write(text);
  }

  async finish(): Promise<RefusalLog> {
    await this.flush();
    await this.#spool?.finish();
    const [examples, spool] = [this.#examples, this.#spool];
    return {
      total: this.#total,
      reasons: Object.fromEntries(this.#reasons),
      examples,
      each: () => eachRefusal(examples, spool),
    };
  }

  async remove(): Promise<void> {
    await this.#spool?.remove();
  }
}

async function* eachRefusal(examples: readonly Refusal[], spool: Spool | null): AsyncGenerator<Refusal> {
  yield* examples;
  if (!spool) return;
  for await (const text of createInterface({ input: createReadStream(spool.path) })) {
    const [line = '', reason = ''] = text.split(' ');
    yield { line: Number(line), reason, detail: isReason(reason) ? refusalDetails[reason] : '' };
  }
}

const isReason = (text: string): text is RefusalReason => text in refusalDetails;
