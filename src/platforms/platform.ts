/** The platform contract: one serverless product as facts with source and date. A platform is a value, not a class. */
import type { Granularity } from '../model/endpoint.ts';

/** Product families: what the name stands for, not how much it is abused. */
export const platformKinds = ['faas', 'edge', 'apigw', 'app-platform', 'static', 'script', 'tunnel'] as const;
export type PlatformKind = (typeof platformKinds)[number];

/** The named groups that a pattern or path rule may use. */
export const parts = ['tenant', 'account', 'function', 'deployment', 'region', 'id'] as const;
export type Part = (typeof parts)[number];

/**
 * Builds the account key from parts: `{account}`, `{tenant}.{region}`; `{suffix}` is the platform suffix that the
 * host ends in. Set only where everything with the same key is certainly one customer's.
 */
export type KeyTemplate = string;

export type HostPattern = {
  /** Anchored at both ends, for a normalised host, named groups from `parts`, linear on 253 characters. */
  readonly regex: RegExp;
  readonly granularity: Granularity;
  /** A name of this shape, made up; the test classifies it. */
  readonly example: string;
  readonly accountKey?: KeyTemplate;
  /** The name is the provider's own (an API, a dashboard, infrastructure), never a customer's. */
  readonly providerOwned?: true;
  /** Only the name itself: names under it that match nothing else belong to other products, so to no platform here. */
  readonly exact?: true;
  readonly note?: string;
};

/** What a URL path names on hosts of the platform. */
export type PathRule = {
  /** Tested on the host after one of the platform's patterns has matched it. */
  readonly host: RegExp;
  /** Anchored at the left, on the path as written. */
  readonly path: RegExp;
  /** Of the whole URL when the rule matches. */
  readonly granularity: Granularity;
  /** `tenant`: the host is shared and only the path names the tenant. `part`: the host names it, the path a part of it. */
  readonly names: 'tenant' | 'part';
  readonly example: string;
  readonly accountKey?: KeyTemplate;
  readonly note?: string;
};

/** Where a fact was read, what it says there, and the day on which it was last compared with the patterns. */
export type Source = { readonly where: string; readonly says: string; readonly checked: string };

/** How many real names of the platform stand in public lists of adversary infrastructure, and in which. */
export type Abuse = { readonly names: number; readonly lists: string };

export type Platform = {
  /** Stable and the same in every output: `cloudflare-workers`. */
  readonly id: string;
  readonly provider: string;
  readonly product: string;
  readonly kind: PlatformKind;
  /** Every suffix that a pattern can end in: the matcher finds the platform by it. */
  readonly suffixes: readonly string[];
  /** In order; the first that matches wins, shared names before tenants. */
  readonly patterns: readonly HostPattern[];
  readonly paths: readonly PathRule[];
  /** What a custom domain's CNAME points to, `<…>` for what varies. */
  readonly cnameTargets: readonly string[];
  /** Response headers that a proxy may show. */
  readonly responseHeaders: readonly string[];
  /** Where the provider publishes its address ranges; null where it does not or nobody looked. */
  readonly addressRanges: string | null;
  /** The addresses serve many tenants: a block by address hits everyone. */
  readonly sharedAddresses: boolean;
  /** Labels in the tenant's place that the provider keeps for itself: no tenant, not blockable. */
  readonly reservedLabels: readonly string[];
  readonly legitUse: string;
  /** Null where the lists hold none; that is no proof of innocence. */
  readonly abuse: Abuse | null;
  /** high: a document or the Public Suffix List and real names of the shape; medium: one of both; low: neither. */
  readonly confidence: 'high' | 'medium' | 'low';
  readonly notes: string | null;
  readonly sources: readonly Source[];
  /** Fields written from general knowledge and not checked against a source. */
  readonly unverified: readonly ('responseHeaders' | 'addressRanges' | 'cnameTargets')[];
  /** What cannot be seen of it in logs, in plain sentences. */
  readonly blindTo: readonly string[];
};
