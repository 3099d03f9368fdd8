import { detectFormat } from './detect.ts';
import type { Format } from './format.ts';
import { type Head, readHead } from './head.ts';
import type { CleanPart, Laundered, LaunderJob } from './launder.ts';
import type { LineSorter } from './mixture.ts';
import { type RefusalReason, RefusalSink } from './refusals.ts';
import { MAX_LINE } from './select.ts';
import { openSpool, type Spool } from './spool.ts';

/** A log that changes its header more often than this is no log; each part costs a file. */
const MAX_PARTS = 256;

type Part = { readonly format: Format; readonly head: Head; readonly lines: string[]; spool: Spool | null };

/** Where laundered records and refusals go: parts, counts and their temporary files. */
export class LaunderSink {
  readonly #temp: string;
  readonly #as: Format | undefined;
  readonly #sorter: LineSorter | undefined;
  readonly #head: Head;
  readonly #parts: Part[] = [];
  readonly #refusals: RefusalSink;
  /** The last of each kind, so that a header may say only what changes. */
  #directives: readonly string[] = [];
  #tooMany = false;

  constructor(job: LaunderJob) {
    this.#temp = job.temp;
    this.#as = job.as;
    this.#refusals = new RefusalSink(job.temp);
    this.#sorter = job.sorter;
    this.#head = job.shape.head;
    if (job.format) this.#begin(job.format, job.shape.head);
  }

  record(line: number, raw: string): void {
    const part = this.#sorter ? this.#sorted(raw) : this.#parts.at(-1);
    if (part && !this.#tooMany) {
      // Cleaning may make a line longer: three bytes for each that is no UTF-8.
      if (raw.length > MAX_LINE / 3 && Buffer.byteLength(raw) > MAX_LINE) this.refuse(line, 'line-too-long');
      else if (raw !== '') part.lines.push(`${line}\x01${raw}\n`);
    } else if (raw.trim() !== '' && !raw.startsWith('#')) {
      this.refuse(line, part ? 'too-many-headers' : 'unknown-format');
    }
  }

  /** The part of the line's own format; where none reads it, that of the most frequent one, which refuses it. */
  #sorted(raw: string): Part | undefined {
    const format = this.#sorter?.(raw);
    if (!format) return this.#parts[0];
    const there = this.#parts.find((part) => part.format === format);
    if (!there) this.#begin(format, this.#head);
    return there ?? this.#parts.at(-1);
  }

  refuse(line: number, reason: RefusalReason, detail?: string): void {
    this.#refusals.add(line, reason, detail);
  }

  /** Directives of a Zeek or W3C log stood here: other columns than before begin a new part; what they leave out stays. */
  header(directives: readonly string[]): void {
    const all = [...this.#directives, ...directives];
    const head = divided(readHead(all.join('\n'), true), this.#parts.at(-1)?.head ?? this.#head);
    if (head.zeek || head.w3c)
      this.#directives = [...new Map(all.map((line) => [/^#[a-zA-Z_]+/.exec(line)?.[0], line])).values()];
    const format = this.#as ?? detectFormat(head);
    if (!(head.zeek || head.w3c) || !format || identity(head) === identity(this.#parts.at(-1)?.head)) return;
    if (this.#parts.length >= MAX_PARTS) this.#tooMany = true;
    else this.#begin(format, head);
  }

  #begin(format: Format, head: Head): void {
    this.#parts.push({ format, head, lines: [], spool: null });
  }

  /** Writes out what has come in. */
  async flush(): Promise<void> {
    for (const part of this.#parts) {
      if (part.lines.length === 0) continue;
      part.spool ??= await openSpool(this.#temp, 'lines');
      await part.spool.write(part.lines.splice(0).join(''));
      if (!this.#sorter && part !== this.#parts.at(-1)) await part.spool.finish();
    }
    await this.#refusals.flush();
  }

  async finish(): Promise<Laundered> {
    await this.flush();
    for (const part of this.#parts) await part.spool?.finish();
    const parts: CleanPart[] = this.#parts.flatMap(({ format, head, spool }) =>
      spool ? [{ format, head, path: spool.path }] : [],
    );
    return { parts, refusals: await this.#refusals.finish(), close: () => this.close() };
  }

  /** Removes every temporary file. */
  async close(): Promise<void> {
    for (const part of this.#parts) await part.spool?.remove();
    await this.#refusals.remove();
  }
}

/** A W3C header alone may not show that tabs divide the records: what was known before stays. */
const divided = (head: Head, before: Head): Head =>
  head.w3c && before.w3c?.tabs ? { ...head, w3c: { ...head.w3c, tabs: true } } : head;

const identity = (head: Head | undefined): string =>
  JSON.stringify({ zeek: { ...head?.zeek, lines: 0 }, w3c: head?.w3c });
