/** The endpoint: what a host name (and URL path) says about whose serverless function it is. */

export const granularities = ['function', 'deployment', 'tenant', 'shared-apex'] as const;
export type Granularity = (typeof granularities)[number];

export type Endpoint = {
  /** Normalised host name: ASCII, lower case, no trailing dot, no port. */
  readonly host: string;
  /** Platform id of the catalogue; null when the host is on no known platform. */
  readonly platform: string | null;
  readonly provider: string | null;
  /** faas, edge, app, apigw, cdn, storage, tunnel…: the catalogue's word. */
  readonly kind: string | null;
  readonly granularity: Granularity | null;
  /** The customer's key that the name carries (account label, app name, APPID, project). */
  readonly tenant: string | null;
  readonly function: string | null;
  readonly region: string | null;
  /** Hash, API id or deployment id in the name. */
  readonly id: string | null;
  /** Public suffix plus one label, private suffixes counted (tldts); null for a bare suffix or an address. */
  readonly registrable: string | null;
  /** False for a shared apex, for names of the provider itself and where only the path names the tenant. */
  readonly blockable: boolean;
  /** The shortest parent name (or the host itself) that still belongs to the same tenant alone; null where no name does. */
  readonly boundary: string | null;
  /** True where the name is the provider's own (an API, a dashboard, infrastructure), not a customer's. */
  readonly providerOwned: boolean;
  /** True where the tenant stands in the URL path: DNS and SNI cannot name it. */
  readonly pathScoped: boolean;
  /** True where the addresses behind the name serve many tenants. */
  readonly sharedAddresses: boolean;
  /** The label or number of the customer's account as such, where the name carries one apart from the tenant. */
  readonly account: string | null;
  /** Version, branch, preview, revision or stage: a throw-away name or path of something that lives on. */
  readonly deployment: string | null;
  /** `platform:key`, equal for everything that is certainly one customer's there; null where the name has no such key. */
  readonly accountKey: string | null;
};

/** The answer to one host or URL; `why` is a sentence part for people. */
export type Classification =
  | { readonly ok: true; readonly endpoint: Endpoint }
  | { readonly ok: false; readonly why: string };
