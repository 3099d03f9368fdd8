import type { Level } from './finding.ts';

/** The document of an evaluation: what was planted, what of it was told, what was told wrongly. */

/** A share with its 95 % interval (Wilson). */
export type Share = { readonly share: number; readonly low: number; readonly high: number };

/** Something that happened now and then, per 1,000 hosts and day, with its exact 95 % interval (Garwood). */
export type Rate = {
  readonly count: number;
  readonly per_1000_hosts_per_day: number;
  readonly low: number;
  readonly high: number;
};

/** How many of those that were asked for were told, at that level or above it. */
export type Recall = { readonly asked: number; readonly found: number; readonly recall: Share };

/** From the first contact to the first hunt that told it, in hours; hunts come every `step_hours`. */
export type Delay = { readonly median: number; readonly nine_of_ten: number };

export type TelemetryResult = Recall & {
  readonly telemetry: string;
  readonly says: string;
  /** Internal hosts times days. */
  readonly host_days: number;
  readonly false_findings: Rate;
  /** Leads without any weak link of intelligence behind them: honest behaviour told as a lead. */
  readonly false_leads: Rate;
  /** Leads on honest contact with what a list holds by mistake or out of date: shown on purpose, never more. */
  readonly contested_leads: number;
  readonly by_twin: readonly { readonly twin: string; readonly findings: number; readonly leads: number }[];
};

export type ScenarioResult = Recall & {
  readonly scenario: string;
  readonly says: string;
  readonly telemetry: string;
  readonly level: Level;
  readonly delay_hours: Delay | null;
};

export type PlatformResult = Recall & { readonly platform: string; readonly telemetry: string };

/** By how often a channel calls: scenarios without any other evidence than rhythm. */
export type RhythmResult = Recall & {
  readonly telemetry: string;
  /** Seconds and percent. */
  readonly period: number;
  readonly jitter: number;
};

export type PlantResult = {
  readonly seed: number;
  readonly telemetry: string;
  readonly scenario: string;
  readonly platform: string;
  readonly src: string;
  readonly host: string;
  readonly period: number | null;
  readonly jitter: number | null;
  readonly contacts: number;
  /** Null: out of sight of this telemetry, or too few contacts to ask. */
  readonly asked: Level | null;
  readonly told: Level | null;
  readonly delay_hours: number | null;
};

export type EvaluationDocument = {
  readonly virga: string;
  readonly run: { readonly started: string; readonly finished: string };
  readonly made: {
    /** `made-up`, or the folder of one's own logs. */
    readonly network: string;
    readonly seeds: readonly number[];
    readonly hosts: number;
    readonly days: number;
    readonly plants: number;
    readonly step_hours: number;
  };
  readonly telemetry: readonly TelemetryResult[];
  readonly scenarios: readonly ScenarioResult[];
  readonly platforms: readonly PlatformResult[];
  readonly rhythms: readonly RhythmResult[];
  /** Scenarios that a set of logs cannot show. */
  readonly out_of_sight: readonly { readonly telemetry: string; readonly scenarios: readonly string[] }[];
  readonly plants: readonly PlantResult[];
};
