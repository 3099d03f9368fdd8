import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { coverageLayer, diffLayer, type NavigatorLayer } from '../attack/layer.ts';
import { attackCoverage, evidencedTechniques } from '../coverage/attack-coverage.ts';
import { readHosts } from '../hunt/hosts.ts';
import { databaseOf } from '../lake/found.ts';
import { openLake } from '../lake/lake.ts';
import { formatsSeen } from '../lake/ledger.ts';
import type { AttackCoverage } from '../model/attack-coverage.ts';
import { VirgaError } from '../model/errors.ts';
import type { TelemetryCoverage } from '../model/finding.ts';
import { insideOf } from '../observables/private.ts';
import { formats } from '../telemetry/formats/index.ts';
import { diffAttack } from './attack-diff.ts';
import { objectsNamed, type ReleaseChoice, releasesMeant, withMirror } from './attack-find.ts';
import { pageIn } from './attack-page.ts';
import { readHuntTelemetry } from './hunt-telemetry.ts';

export type AttackCoverageOptions = ReleaseChoice & {
  readonly workspace: string;
  /** A hunt document (`virga hunt --format json`); null: what the workspace holds. */
  readonly hunt: string | null;
  /** CIDR ranges of one's own besides the private ones. */
  readonly internal: readonly string[];
  readonly memory: string;
  readonly now: () => Date;
};

type Telemetry = {
  readonly rows: readonly TelemetryCoverage[];
  readonly hosts: number;
  readonly from: string;
  readonly until: number;
};

/** Which of the log sources that MITRE's analytics ask for the user's telemetry has. */
export async function coverAttack(options: AttackCoverageOptions): Promise<AttackCoverage> {
  const telemetry = options.hunt === null ? await ofLake(options) : ofHunt(options.hunt);
  return withMirror(options.workspace, (mirror) => {
    const [release] = releasesMeant(mirror, {
      release: options.release,
      domain: options.domain ?? 'enterprise-attack',
    });
    if (!release) throw new Error('no release');
    const pages = evidencedTechniques
      .flatMap((id) =>
        objectsNamed(mirror, release.n, id)
          .filter((o) => o.type === 'attack-pattern')
          .slice(0, 1),
      )
      .map((object) => pageIn(mirror, release, object, options.workspace));
    return attackCoverage({
      ...{ pages, release: release.release, domain: release.domain, telemetry: telemetry.rows },
      ...{ internalHosts: telemetry.hosts, from: telemetry.from, until: telemetry.until },
    });
  });
}

/** The same as a Navigator layer. */
export const coverageLayerOf = async (options: AttackCoverageOptions): Promise<NavigatorLayer> =>
  coverageLayer(await coverAttack(options));

/** The techniques that changed between two releases as a Navigator layer. */
export const diffLayerOf = async (
  from: string,
  to: string,
  domain: string,
  workspace: string,
): Promise<NavigatorLayer> => diffLayer(await diffAttack({ from, to, domain, workspace }));

async function ofLake({ workspace, memory, internal, now }: AttackCoverageOptions): Promise<Telemetry> {
  const until = now().getTime();
  if (!existsSync(databaseOf(workspace)))
    return { rows: [], hosts: 0, from: 'no telemetry: the workspace holds none', until };
  const temp = mkdtempSync(path.join(tmpdir(), 'virga-'));
  const lake = await openLake({ workspace, memory, temp });
  try {
    const { inside } = await readHosts(lake, insideOf(internal));
    const seen = await formatsSeen(lake);
    const hosts = new Set(seen.flatMap((f) => f.sources.filter(inside)));
    const rows = seen.map((f): TelemetryCoverage => {
      const format = formats.find((known) => known.id === f.format);
      return {
        ...{ format: f.format, files: f.files, events: f.events, start: f.start, end: f.end, gaps_hours: f.gapHours },
        ...{
          internal_hosts: f.sources.filter(inside).length,
          sees: format?.sees ?? [],
          blind_to: format?.blindTo ?? [],
        },
      };
    });
    return { rows, hosts: hosts.size, from: `the events stored in ${workspace}`, until };
  } finally {
    lake.close();
    rmSync(temp, { recursive: true, force: true });
  }
}

/** A hunt document is a few megabytes at most. */
const MOST_BYTES = 256 * 1024 * 1024;

function ofHunt(file: string): Telemetry {
  let text: string;
  try {
    if (statSync(file).size > MOST_BYTES)
      throw new VirgaError('usage.wrong', `${file} is larger than a hunt document may be.`);
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if (cause instanceof VirgaError) throw cause;
    throw new VirgaError('path.missing', `${file} could not be read.`, { cause });
  }
  const told = readHuntTelemetry(text);
  if (told === null)
    throw new VirgaError('usage.wrong', `${file} is no hunt document; make one with virga hunt --format json.`);
  return {
    rows: told.rows,
    hosts: told.hosts,
    from: `the hunt of ${told.finished} (${file})`,
    until: Date.parse(told.finished),
  };
}
