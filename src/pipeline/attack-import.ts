import { createHash } from 'node:crypto';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BundleEnd, readBundle } from '../attack/bundle.ts';
import { releaseName } from '../attack/release.ts';
import { BundleFault } from '../attack/scanner.ts';
import { wordsOf } from '../attack/words.ts';
import type { AttackRelease } from '../model/attack.ts';
import { VirgaError } from '../model/errors.ts';
import { Damage } from '../packing/damage.ts';
import { type Arrival, type Mirror, openMirror } from '../state/mirror.ts';
import { listFiles } from '../telemetry/walk.ts';
import { unpacked } from './unpacked.ts';

export type AttackImportOptions = {
  /** A file with a STIX bundle, `.gz` and `.zst` too; `-` is standard input. */
  readonly bundle: string;
  /** Such as `19.1`; null where the bundle tells it itself (STIX 2.1 collections do). */
  readonly release: string | null;
  /** Such as `enterprise-attack`; null where the bundle is to tell. */
  readonly domain: string | null;
  readonly workspace: string;
  readonly now: () => Date;
  readonly stdin: NodeJS.ReadableStream;
};

export type AttackImport = {
  readonly release: string;
  readonly domain: string;
  readonly form: string;
  readonly objects: number;
  readonly added: number;
  readonly unchanged: number;
  /** Of the bundle's bytes, unpacked. */
  readonly sha256: string;
  readonly file_sha256: string;
  readonly content_hash: string;
  readonly bytes: number;
  /** References to objects that the bundle does not hold: usual in old releases and in excerpts. */
  readonly dangling: number;
};

/** Imports one bundle as one release: wholly or not at all, and again without any change. */
export async function importAttack(options: AttackImportOptions): Promise<AttackImport> {
  const temp = mkdtempSync(path.join(tmpdir(), 'virga-'));
  const named = options.release === null ? null : nameOf(options.release);
  const mirror = openMirror(options.workspace);
  try {
    const [file, more] = await listFiles([options.bundle], temp, options.stdin);
    if (!file || more)
      throw new VirgaError('usage.wrong', `${options.bundle} is not one file; a release is one bundle.`);
    return await importFile(mirror, file, { ...options, release: named });
  } finally {
    mirror.close();
    rmSync(temp, { recursive: true, force: true });
  }
}

function nameOf(release: string): string {
  const name = releaseName(release);
  if (name === null)
    throw new VirgaError('usage.wrong', `--release takes a name such as 19.1, not ${JSON.stringify(release)}.`);
  return name;
}

async function importFile(mirror: Mirror, file: string, options: AttackImportOptions): Promise<AttackImport> {
  const known = await sameFile(mirror, file, options);
  if (known) return told(known, known, 0);
  try {
    return await mirror.receive((arrival) => receive(mirror, arrival, file, options));
  } catch (error) {
    if (error instanceof Already) return told(error.arrived, error.known, 0);
    throw await worldly(error, file, options.bundle);
  }
}

/** The release that came from this very file, where nothing else was asked for: it need not be read again. */
async function sameFile(
  mirror: Mirror,
  file: string,
  { release, domain }: AttackImportOptions,
): Promise<AttackRelease | null> {
  const candidates = mirror
    .releases()
    .filter((r) => (release === null || r.release === release) && (domain === null || r.domain === domain));
  if (candidates.length === 0) return null;
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(file)) hash.update(bytes);
  const digest = hash.digest('hex');
  return candidates.find((r) => r.file_sha256 === digest) ?? null;
}

/** Ends the transaction without a change: the release is there, with the same content. */
class Already extends Error {
  readonly known: AttackRelease;
  readonly arrived: Omit<AttackRelease, 'n'>;

  constructor(known: AttackRelease, arrived: Omit<AttackRelease, 'n'>) {
    super('already there');
    this.known = known;
    this.arrived = arrived;
  }
}

async function receive(
  mirror: Mirror,
  arrival: Arrival,
  file: string,
  options: AttackImportOptions,
): Promise<AttackImport> {
  const fileHash = createHash('sha256');
  const hash = createHash('sha256');
  let end: BundleEnd | null = null;
  for await (const piece of readBundle(unpacked(file, (bytes) => fileHash.update(bytes)))) {
    if (piece.kind === 'bytes') {
      hash.update(piece.bytes);
      arrival.bytes(piece.bytes);
    } else if (piece.kind === 'end') end = piece;
    else if (!arrival.object({ ...piece, words: wordsOf(piece.json) }))
      throw new BundleFault(`holds the object ${piece.facts.id} twice`, piece.start);
  }
  if (!end) throw new Error('a bundle without an end');
  const settled = arrival.settle();
  const arrived = {
    ...keyOf(end, options),
    ...{ form: end.form, bundle: end.id, bytes: end.bytes, objects: end.objects },
    ...{ sha256: hash.digest('hex'), file_sha256: fileHash.digest('hex'), ...settled },
    imported: options.now().toISOString(),
  };
  const known = mirror.release(arrived);
  if (known) throw alreadyThere(arrival, known, arrived);
  arrival.finish(arrived);
  return told(arrived, arrived, arrived.objects);
}

/** The domain and release: as the user says, where the bundle does not contradict; else as the bundle says. */
function keyOf(end: BundleEnd, { release, domain, bundle }: AttackImportOptions): { domain: string; release: string } {
  if (domain !== null && end.domain !== null && domain !== end.domain)
    throw new VirgaError(
      'usage.wrong',
      `${bundle} holds ${end.domain}, not ${domain}; leave --domain out, or name that.`,
    );
  const own = end.release === null ? null : releaseName(end.release);
  if (release !== null && own !== null && release !== own)
    throw new VirgaError(
      'usage.wrong',
      `${bundle} says that it is release ${own}, not ${release}; leave --release out, or name that.`,
    );
  const name = release ?? own;
  if (name === null)
    throw new VirgaError('usage.wrong', `${bundle} does not say which release it is; name it with --release.`);
  return { domain: domain ?? end.domain ?? 'enterprise-attack', release: name };
}

function alreadyThere(arrival: Arrival, known: AttackRelease, arrived: Omit<AttackRelease, 'n'>): Error {
  if (known.content_hash === arrived.content_hash) return new Already(known, arrived);
  const { more, fewer, other } = arrival.against(known.n);
  return new VirgaError(
    'attack.conflict',
    `${known.domain} ${known.release} is there already, from another bundle: this one holds ${more} objects more, ${fewer} fewer and ${other} with other content.`,
  );
}

const told = (arrived: Omit<AttackRelease, 'n'>, known: Omit<AttackRelease, 'n'>, added: number): AttackImport => ({
  ...{ release: known.release, domain: known.domain, form: arrived.form },
  ...{ objects: arrived.objects, added, unchanged: arrived.objects - added },
  ...{ sha256: arrived.sha256, file_sha256: arrived.file_sha256, content_hash: arrived.content_hash },
  ...{ bytes: arrived.bytes, dangling: arrived.dangling },
});

/** Failures of the bundle as one sentence with the line that it is about; others as they are. */
async function worldly(error: unknown, file: string, name: string): Promise<unknown> {
  if (error instanceof Damage) return new VirgaError('attack.bundle', `${name}: ${error.message}.`, { cause: error });
  if (!(error instanceof BundleFault)) return error;
  const line = await lineAt(file, error.at);
  return new VirgaError('attack.bundle', `${name}:${line} ${error.message} (byte ${error.at}).`, { cause: error });
}

/** The 1-based line of a byte of the unpacked file. */
async function lineAt(file: string, at: number): Promise<number> {
  let line = 1;
  let offset = 0;
  try {
    for await (const bytes of unpacked(file, () => {})) {
      for (let i = bytes.indexOf(10); i >= 0 && offset + i < at; i = bytes.indexOf(10, i + 1)) line++;
      offset += bytes.length;
      if (offset >= at) break;
    }
  } catch {
    // The damage is what is being reported already.
  }
  return line;
}
