export type DamageReason = 'truncated-gzip' | 'broken-gzip' | 'truncated-zstd' | 'broken-zstd';

/** A packed file ended early or broke: everything read before it stands, nothing after it can be read. */
export class Damage extends Error {
  readonly reason: DamageReason;

  constructor(reason: DamageReason, detail: string) {
    super(detail);
    this.name = 'Damage';
    this.reason = reason;
  }
}
