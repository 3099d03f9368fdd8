import { type Block, parseProfile, type Statement } from './grammar.ts';

/** One step of a transform, in the order in which it is applied; the last of a block says where the data goes. */
export type TransformStep = { readonly step: string; readonly value: string | null };

/** What one side of a transaction sends. */
export type Side = {
  readonly headers: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
  readonly metadata: readonly TransformStep[];
  readonly id: readonly TransformStep[];
  readonly output: readonly TransformStep[];
};

export type Transaction = Side & {
  readonly uris: readonly string[];
  readonly verb: string | null;
  readonly server: Side;
};

/** One variant of a profile: what the file sets; null where it sets nothing. */
export type MalleableVariant = {
  /** `default`, or the variant's name. */
  readonly variant: string;
  readonly useragent: string | null;
  readonly get: Transaction | null;
  readonly post: Transaction | null;
  readonly stager: (Transaction & { readonly urisX64: readonly string[] }) | null;
};

export type MalleableProfile = MalleableVariant & {
  readonly name: string | null;
  /** Milliseconds and percent. */
  readonly sleeptime: number | null;
  readonly jitter: number | null;
  /** Options at the top of the file, as they are written; the last one counts. */
  readonly options: Readonly<Record<string, string>>;
  readonly dns: Readonly<Record<string, string>> | null;
  readonly certificate: Readonly<Record<string, string>> | null;
  readonly httpConfig: {
    readonly headers: Readonly<Record<string, string>>;
    readonly options: Readonly<Record<string, string>>;
  } | null;
  readonly variants: readonly MalleableVariant[];
};

/** Reads a profile. Throws ProfileFault where it is none. */
export function readProfile(text: string): MalleableProfile {
  const top = parseProfile(text);
  const options = setsOf(top);
  const blocks = top.filter((s) => s.kind === 'block');
  const named = [...new Set(blocks.filter((b) => transactions.has(b.name)).map((b) => b.variant ?? 'default'))];
  const of = (variant: string): MalleableVariant => variantOf(blocks, variant, options.useragent ?? null);
  const dns = only(blocks, 'dns-beacon', 'default');
  const certificate = only(blocks, 'https-certificate', 'default');
  const config = only(blocks, 'http-config', 'default');
  return {
    name: options.sample_name ?? options.name ?? null,
    sleeptime: numberOf(options.sleeptime),
    jitter: numberOf(options.jitter),
    ...of('default'),
    options,
    dns: dns && setsOf(dns.body),
    certificate: certificate && setsOf(certificate.body),
    httpConfig: config && { headers: pairsOf(config.body, 'header'), options: setsOf(config.body) },
    variants: named.filter((n) => n !== 'default').map(of),
  };
}

const transactions: ReadonlySet<string> = new Set(['http-get', 'http-post', 'http-stager']);

/** A variant without a block of its own takes the default one. */
function variantOf(blocks: readonly Block[], variant: string, useragent: string | null): MalleableVariant {
  const block = (name: string): Block | null => only(blocks, name, variant) ?? only(blocks, name, 'default');
  const get = block('http-get');
  const post = block('http-post');
  const stager = block('http-stager');
  return {
    variant,
    useragent,
    get: get && transactionOf(get, urisOf(get, 'uri')),
    post: post && transactionOf(post, urisOf(post, 'uri')),
    stager: stager && { ...transactionOf(stager, urisOf(stager, 'uri_x86')), urisX64: urisOf(stager, 'uri_x64') },
  };
}

/** The last block of that name and variant: a later one replaces an earlier one. */
const only = (blocks: readonly Block[], name: string, variant: string): Block | null =>
  blocks.filter((b) => b.name === name && (b.variant ?? 'default') === variant).at(-1) ?? null;

/** Several URIs stand in one value, between spaces. */
const urisOf = (block: Block, name: string): string[] =>
  (setsOf(block.body)[name] ?? '').split(/\s+/).filter((uri) => uri !== '');

function transactionOf(block: Block, uris: readonly string[]): Transaction {
  const client = block.body.filter((s) => s.kind === 'block' && s.name === 'client').flatMap(bodyOf);
  const server = block.body.filter((s) => s.kind === 'block' && s.name === 'server').flatMap(bodyOf);
  return { uris, verb: setsOf(block.body).verb ?? null, ...sideOf(client), server: sideOf(server) };
}

const bodyOf = (s: Statement): readonly Statement[] => (s.kind === 'block' ? s.body : []);

function sideOf(body: readonly Statement[]): Side {
  const steps = (name: string): TransformStep[] =>
    body
      .filter((s) => s.kind === 'block' && s.name === name)
      .flatMap(bodyOf)
      .flatMap((s) => (s.kind === 'call' ? [{ step: s.name, value: s.values[0] ?? null }] : []));
  return {
    headers: pairsOf(body, 'header'),
    parameters: pairsOf(body, 'parameter'),
    metadata: steps('metadata'),
    id: steps('id'),
    output: steps('output'),
  };
}

/** `null` prototypes: a name such as `__proto__` from outside is a name like any other. */
const record = (entries: readonly (readonly [string, string])[]): Readonly<Record<string, string>> => {
  const made: Record<string, string> = Object.create(null);
  for (const [name, value] of entries) made[name] = value;
  return made;
};

const setsOf = (body: readonly Statement[]): Readonly<Record<string, string>> =>
  record(body.flatMap((s) => (s.kind === 'set' ? [[s.name, s.value] as const] : [])));

const pairsOf = (body: readonly Statement[], call: string): Readonly<Record<string, string>> =>
  record(
    body.flatMap((s) =>
      s.kind === 'call' && s.name === call && s.values[0] !== undefined
        ? [[s.values[0], s.values[1] ?? ''] as const]
        : [],
    ),
  );

const numberOf = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : null;
