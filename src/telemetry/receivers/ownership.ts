/**
 * Who of a group of workers took which messages of a Kafka partition. It is kept in the text that Kafka stores with a
 * committed offset, so it changes with the offset in one step: after a crash a worker can tell whether a batch that lies
 * in its spool is its own, or was taken by another one since.
 */
export type Stretch = { readonly worker: string; readonly from: bigint; readonly to: bigint };

/** Kafka takes 4096 bytes (`offset.metadata.max.bytes`, default as of 4.3, 2026-11-24); each change of the owner costs about 40. */
const MAX_TEXT = 3900;

/** Reads what `ownershipText` wrote; anything else is no ownership at all. */
export function readOwnership(text: string | null): Stretch[] {
  if (!text?.startsWith('virga1 ')) return [];
  return text
    .slice('virga1 '.length)
    .split(' ')
    .flatMap((part) => {
      const [, worker = '', from = '', to = ''] = /^([0-9a-f]{1,32}):(\d{1,19})-(\d{1,19})$/.exec(part) ?? [];
      return worker === '' ? [] : [{ worker, from: BigInt(from), to: BigInt(to) }];
    });
}

/** The newest stretches that fit. */
export function ownershipText(stretches: readonly Stretch[]): string {
  const parts: string[] = [];
  let size = 'virga1'.length;
  for (const s of [...stretches].reverse()) {
    const part = `${s.worker}:${s.from}-${s.to}`;
    size += part.length + 1;
    if (size > MAX_TEXT) break;
    parts.unshift(part);
  }
  return ['virga1', ...parts].join(' ');
}

/** With one more stretch; one that follows the last of the same worker makes it longer. */
export function withStretch(stretches: readonly Stretch[], next: Stretch): Stretch[] {
  const last = stretches.at(-1);
  return last && last.worker === next.worker && last.to === next.from
    ? [...stretches.slice(0, -1), { ...last, to: next.to }]
    : [...stretches, next];
}

/**
 * Whether messages that a worker spooled are its own: `yes` when the group recorded them under its name, `no` when it
 * did not, `unknown` when the record no longer reaches back so far.
 */
export function owns(stretches: readonly Stretch[], claim: Stretch): 'yes' | 'no' | 'unknown' {
  if (stretches.some((s) => s.worker === claim.worker && s.from <= claim.from && s.to >= claim.to)) return 'yes';
  const [oldest] = stretches;
  return oldest && oldest.from >= claim.to ? 'unknown' : 'no';
}
