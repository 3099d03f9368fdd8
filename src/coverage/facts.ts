import type { IdentityFacts } from '../hunt/hosts.ts';
import { platforms } from '../platforms/catalogue/index.ts';
import type { Platform } from '../platforms/platform.ts';
import type { Format } from '../telemetry/format.ts';
import type { IntakeNotice } from './intake.ts';

export type Hidden = { readonly names: readonly string[]; readonly sources: number; readonly events: number };

/** What coverage is derived from: registries and the data itself, never typed by hand. */
export type CoverageFacts = {
  readonly formats: readonly {
    readonly format: string;
    readonly files: number;
    readonly events: number;
    /** RFC 3339, UTC. */
    readonly start: string;
    readonly end: string;
    readonly gapHours: number;
    readonly internalHosts: number;
  }[];
  readonly registry: readonly Format[];
  readonly internalHosts: number;
  readonly identity: IdentityFacts;
  /** Distinct names contacted over TLS, and how many of them had requests with a path in sight. */
  readonly tlsNames: number;
  readonly tlsNamesWithUrls: number;
  readonly indicatorsByPlatform: Readonly<Record<string, number>>;
  readonly contactsByPlatform: Readonly<Record<string, number>>;
  readonly intel: {
    readonly indicators: number;
    readonly active: number;
    readonly expired: number;
    readonly newest: string | null;
    readonly sources: number;
    /** Feeds of the workspace; `ailments` is empty where one is well. */
    readonly feeds: readonly {
      readonly name: string;
      readonly ailments: readonly string[];
      readonly why: string;
    }[];
  };
  /** What adversary software looks like: characteristics and rules given, and files that told none. */
  readonly characteristics: {
    readonly given: number;
    readonly unreadable: number;
    /** `silent`: no log has the fields; `failed`: the engine would not run them, each with why. */
    readonly rules: { readonly given: number; readonly silent: number; readonly failed: readonly string[] };
  };
  /** Pairs that were told as a lead by rhythm. */
  readonly rhythmLeads: number;
  /** What looks like the company's own and was not declared. */
  readonly ownCandidates: readonly string[];
  readonly refused: number;
  /** Indicators that may not convict by what they name. */
  readonly guarded: number;
  /** Resolvers that answer over HTTPS or TLS, and how many sources contacted the busiest of them. */
  readonly encryptedLookups: Hidden;
  /** Names that stand for others in an Encrypted Client Hello. */
  readonly coveredNames: Hidden;
  readonly resolvers: readonly string[];
  readonly outsideSources: number;
  /** What was noticed of live sources, oldest first. */
  readonly notices: readonly IntakeNotice[];
};

/** Share of TLS names with visible paths from which URLs count as visible. */
const URLS_VISIBLE = 0.05;

/** Whether paths of enough HTTPS hosts are in sight for a missing URL to mean something. */
export const urlsVisible = (facts: CoverageFacts): boolean =>
  facts.tlsNames === 0 ? sees(facts, 'http.url') : facts.tlsNamesWithUrls / facts.tlsNames >= URLS_VISIBLE;

export const formatOf = (facts: CoverageFacts, id: string): Format | undefined =>
  facts.registry.find((f) => f.id === id);
export const sees = (facts: CoverageFacts, place: string): boolean =>
  facts.formats.some((f) => formatOf(facts, f.format)?.sees.some((s) => s === place));

/** The host is shared and only the URL path names the tenant. */
export const inPath = (p: Platform): boolean => p.paths.some((rule) => rule.names === 'tenant');
export const pathScoped: readonly Platform[] = platforms.filter(inPath);
