import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ImpactSide, impactOf } from '../attack/impact.ts';
import { textOf } from '../attack/json.ts';
import { migrate } from '../attack/migrate.ts';
import { phasesOf } from '../attack/object.ts';
import { mentionsOf, type OwnFile, openOwnFile } from '../attack/own-file.ts';
import { pointedAt, pointingAt } from '../attack/page-source.ts';
import type { AttackRelease } from '../model/attack.ts';
import type { AttackImpact, Mention } from '../model/attack-impact.ts';
import { VirgaError } from '../model/errors.ts';
import type { Mirror } from '../state/mirror.ts';
import { listFiles } from '../telemetry/walk.ts';
import { diffOf } from './attack-diff.ts';
import { releaseMeant, replacementOf, withMirror } from './attack-find.ts';
import { sourceOf } from './attack-page.ts';
import { storedMentions } from './attack-stored.ts';

export type AttackImpactOptions = {
  readonly from: string;
  readonly to: string;
  readonly domain: string;
  readonly workspace: string;
  /** Sigma rules, Navigator layers, hunt documents, anything that names ATT&CK ids. */
  readonly paths: readonly string[];
  /** Ids whose migration is approved, or `all`; nothing is written without. */
  readonly approve: readonly string[];
  /** A folder for the migrated copies; the files themselves are never touched. */
  readonly into: string | null;
};

export type Migrated = { readonly file: string; readonly copy: string };

/** What a release changes for the user's own files and what the workspace keeps; migrated copies where they were approved. */
export const attackImpact = (
  options: AttackImpactOptions,
): Promise<AttackImpact & { readonly migrated: readonly Migrated[] }> =>
  withMirror(options.workspace, async (mirror) => {
    if (options.approve.length > 0 && options.into === null)
      throw new VirgaError(
        'usage.wrong',
        '--approve needs --into DIR: migrated copies go there, the files stay as they are.',
      );
    const [a, b] = [
      releaseMeant(mirror, options.from, options.domain),
      releaseMeant(mirror, options.to, options.domain),
    ];
    const [from, to] = [sideOf(mirror, a), sideOf(mirror, b)];
    const tactic = (name: string): string | null => from.tactic(name) ?? to.tactic(name);
    const { files, skipped } = await openFiles(options.paths);
    // What we say ourselves of a technique of another domain is nothing to report.
    const known = ({ kind, attack_id: id }: Mention): boolean =>
      kind === 'indicator' || from.named(id) !== null || to.named(id) !== null;
    const stored = await storedMentions(options.workspace, tactic);
    const named = files.map((own) => ({ own, mentions: mentionsOf(own, tactic) }));
    const impact = impactOf({
      ...{ diff: diffOf(mirror, options), from, to, skipped: [...skipped, ...stored.skipped] },
      mentions: [...named.flatMap((n) => n.mentions), ...stored.mentions.filter(known)],
      files: named.map(({ own, mentions }) => ({
        file: own.file,
        kind: own.kind,
        title: own.title,
        mentions: mentions.length,
      })),
    });
    const plan = { ids: approved(impact, options.approve), impact, from, to, tactic };
    const migrated = options.into === null ? [] : writeCopies(files, options.into, (own) => migrate(own, plan));
    return { ...impact, migrated };
  });

/** Larger files are no rules and no layers. */
const MOST_BYTES = 64 * 1024 * 1024;

async function openFiles(
  paths: readonly string[],
): Promise<{ files: OwnFile[]; skipped: { file: string; reason: string }[] }> {
  const temp = mkdtempSync(path.join(tmpdir(), 'virga-'));
  const files: OwnFile[] = [];
  const skipped: { file: string; reason: string }[] = [];
  try {
    for (const file of paths.length === 0 ? [] : await listFiles(paths, temp)) {
      const content = statSync(file).size > MOST_BYTES ? 'larger than 64 MiB' : readFileSync(file);
      if (typeof content === 'string') skipped.push({ file, reason: content });
      else if (content.subarray(0, 8192).includes(0)) skipped.push({ file, reason: 'not text' });
      else files.push(openOwnFile(file, content.toString('utf8')));
    }
    return { files, skipped };
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

function sideOf(
  mirror: Mirror,
  release: AttackRelease,
): ImpactSide & { readonly tactic: (shortName: string) => string | null } {
  const source = sourceOf(mirror, release);
  const tactics = new Map(
    source.ofType('x-mitre-tactic').map((t) => [textOf(source.json(t), 'x_mitre_shortname') ?? '', t]),
  );
  const named: ImpactSide['named'] = (id) => source.named(id)[0] ?? null;
  return {
    named,
    object: source.object,
    replacement: (object) => replacementOf(mirror, release.n, object),
    phases: (object) => phasesOf(source.json(object)).map((p) => p.phase),
    shortName: (object) => textOf(source.json(object), 'x_mitre_shortname'),
    tactic: (name) => tactics.get(name)?.attack_id ?? null,
    detectedBy: (object) => {
      const strategies = pointingAt(source, object, 'detects').map((r) => r.object);
      const analytics = strategies.flatMap((s) => pointedAt(source, s, 'x_mitre_analytic_refs')).map((r) => r.object);
      return [...strategies, ...analytics].map((o) => o.id);
    },
  };
}

/** Approved replacements that name one new id; what has none cannot be applied. */
function approved(impact: AttackImpact, approve: readonly string[]): Map<string, string> {
  const all = approve.includes('all');
  const wanted = new Set(approve.filter((a) => a !== 'all').map((a) => a.toUpperCase()));
  const possible = new Map(
    impact.affected.flatMap(({ attack_id, migration }) =>
      migration ? [[attack_id, migration.of === 'id' ? (migration.with[0] ?? attack_id) : attack_id] as const] : [],
    ),
  );
  const impossible = [...wanted].find((id) => !possible.has(id));
  if (impossible !== undefined)
    throw new VirgaError(
      'usage.wrong',
      `There is no migration of ${impossible} to approve; the report lists those there are.`,
    );
  return new Map([...possible].filter(([id]) => all || wanted.has(id)));
}

function writeCopies(files: readonly OwnFile[], into: string, change: (own: OwnFile) => string): Migrated[] {
  const taken = new Set<string>();
  const changed = files.map((own) => ({ own, text: change(own) })).filter(({ own, text }) => text !== own.text);
  try {
    mkdirSync(into, { recursive: true });
    return changed.map(({ own, text }) => {
      const copy = path.join(into, freeName(own.file, taken));
      writeFileSync(copy, text, { flag: 'wx' });
      return { file: own.file, copy };
    });
  } catch (cause) {
    throw new VirgaError(
      'output.failed',
      `The migrated copies could not be written to ${into}; files that are there already are not overwritten.`,
      { cause },
    );
  }
}

/** The file's own name; with a number where two files of different folders share it. */
function freeName(file: string, taken: Set<string>): string {
  const { name, ext } = path.parse(file);
  for (let i = 1; ; i++) {
    const free = i === 1 ? `${name}${ext}` : `${name}-${i}${ext}`;
    if (taken.has(free)) continue;
    taken.add(free);
    return free;
  }
}
