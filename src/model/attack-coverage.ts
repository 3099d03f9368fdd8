/** What of ATT&CK's log sources the user's telemetry really has, worked out from the data. */
import type { AttackRef } from './attack-page.ts';

/** Five looks at the data, each 0 to 5 as in DeTT&CT, and their weighted mean (device, fields and retention count double). */
export type DataQuality = {
  readonly device_completeness: number;
  readonly data_field_completeness: number;
  readonly retention: number;
  readonly timeliness: number;
  readonly consistency: number;
  readonly score: number;
};

export type LogSourceCoverage = {
  readonly name: string;
  readonly channel: string | null;
  readonly component: string | null;
  readonly component_name: string | null;
  readonly have: 'yes' | 'partly' | 'no';
  readonly why: string;
  /** Formats of the telemetry that show it. */
  readonly formats: readonly string[];
  /** Places that it asks for, and those of them in sight. */
  readonly wanted: readonly string[];
  readonly seen: readonly string[];
  readonly quality: DataQuality | null;
};

export type AnalyticCoverage = {
  readonly attack_id: string | null;
  readonly name: string | null;
  readonly platforms: readonly string[];
  readonly log_sources: readonly LogSourceCoverage[];
};

export type TechniqueCoverage = {
  readonly attack_id: string;
  readonly name: string | null;
  readonly tactics: readonly string[];
  readonly strategies: readonly AttackRef[];
  readonly analytics: readonly AnalyticCoverage[];
  /** What Virga itself looks at to evidence the technique. */
  readonly evidence: {
    readonly by: string;
    readonly wanted: readonly string[];
    readonly seen: readonly string[];
    readonly formats: readonly string[];
    readonly quality: DataQuality | null;
  };
  /** 0 to 100: the share of the places that Virga looks at which are in sight, times their data's quality. */
  readonly score: number;
  /** In how many of its log sources of MITRE's, of all. */
  readonly log_sources_had: number;
  readonly log_sources_partly: number;
  readonly log_sources: number;
};

export type AttackCoverage = {
  readonly release: string;
  readonly domain: string;
  /** What it was worked out from, in words. */
  readonly telemetry: string;
  readonly start: string | null;
  readonly end: string | null;
  readonly internal_hosts: number;
  readonly techniques: readonly TechniqueCoverage[];
  /** Techniques that Virga evidences and the release does not have. */
  readonly missing: readonly string[];
  readonly limits: readonly string[];
};
