/** A STIX bundle read as a stream: its bytes as they come, each object with its place, and what the whole is. */
import type { AttackEdge, AttackFacts, StixForm } from '../model/attack.ts';
import { isObject, type JsonObject, parseJson, textOf } from './json.ts';
import { domainsOf, edgesOf, factsOf } from './object.ts';
import { BundleFault, createScanner, type Span } from './scanner.ts';

export type BundleObject = {
  readonly kind: 'object';
  /** Its place in the bundle, from 0. */
  readonly n: number;
  readonly start: number;
  readonly length: number;
  readonly facts: AttackFacts;
  readonly edges: readonly AttackEdge[];
  readonly json: JsonObject;
};

/** Told once, after everything else. */
export type BundleEnd = {
  readonly kind: 'end';
  readonly id: string | null;
  readonly form: StixForm;
  readonly objects: number;
  readonly bytes: number;
  /** What the bundle says of itself, where it does: the domain of its matrix or of most objects; a collection's version. */
  readonly domain: string | null;
  readonly release: string | null;
};

export type BundlePiece = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | BundleObject | BundleEnd;

/**
 * Reads a bundle. Holds one object at a time. Throws BundleFault at the first thing that is wrong, so what was yielded
 * before counts only when `end` has come.
 */
export async function* readBundle(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<BundlePiece> {
  const scanner = createScanner();
  const told = createTold();
  let n = 0;
  for await (const piece of bytes) {
    yield { kind: 'bytes', bytes: piece };
    for (const span of scanner.push(piece)) {
      const object = objectOf(span, n++);
      told.hear(object);
      yield object;
    }
  }
  const { envelope, objects, bytes: total } = scanner.end();
  yield { ...told.end(checkEnvelope(envelope, objects, total)), objects, bytes: total };
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function objectOf(span: Span, n: number): BundleObject {
  const json = parse(span, n);
  const facts = factsOf(json);
  if (typeof facts === 'string') throw new BundleFault(`is no ATT&CK bundle: object ${n + 1} ${facts}`, span.start);
  return { kind: 'object', n, start: span.start, length: span.bytes.length, facts, edges: edgesOf(json), json };
}

function parse(span: Span, n: number): JsonObject {
  try {
    const json = parseJson(utf8.decode(span.bytes));
    if (isObject(json)) return json;
  } catch (cause) {
    throw new BundleFault(`is damaged: object ${n + 1} is not valid JSON`, span.start, { cause });
  }
  throw new BundleFault(`is damaged: object ${n + 1} is no object`, span.start);
}

/** The strict look at everything around the objects; what the bundle is called. */
function checkEnvelope(envelope: string, objects: number, total: number): { id: string | null; form: StixForm | null } {
  let bundle: ReturnType<typeof parseJson>;
  try {
    bundle = parseJson(envelope.replace(/^\ufeff/, ''));
  } catch (cause) {
    const what = total === 0 ? 'is empty' : 'is cut off, or not valid JSON around its objects';
    throw new BundleFault(what, total, { cause });
  }
  if (!isObject(bundle) || textOf(bundle, 'type') !== 'bundle' || !Array.isArray(bundle.objects))
    throw new BundleFault('is no STIX bundle: it needs "type": "bundle" and a list "objects"', 0);
  if (bundle.objects.length !== objects)
    throw new BundleFault('is no STIX bundle: its list "objects" holds something that is no object', 0);
  if (objects === 0) throw new BundleFault('holds no object', 0);
  const version = textOf(bundle, 'spec_version');
  if (version !== null && version !== '2.0' && version !== '2.1')
    throw new BundleFault(`is of STIX ${JSON.stringify(version.slice(0, 20))}; 2.0 and 2.1 are read`, 0);
  return { id: textOf(bundle, 'id'), form: version };
}

/** What the objects say of the whole: gathered on the way, counted at the end. */
function createTold() {
  const domains = new Map<string, number>();
  let matrix: string | null = null;
  let release: string | null = null;
  let marked21 = false;
  let ofAttack = false;
  return {
    hear: ({ facts, json }: BundleObject): void => {
      const named = domainsOf(json);
      if (facts.type === 'x-mitre-matrix') matrix ??= named[0] ?? null;
      for (const d of named) domains.set(d, (domains.get(d) ?? 0) + 1);
      if (facts.type === 'x-mitre-collection') release ??= facts.version;
      marked21 ||= textOf(json, 'spec_version') === '2.1';
      ofAttack ||= facts.attack_id !== null;
    },
    end: ({ id, form }: { id: string | null; form: StixForm | null }) => {
      if (!ofAttack) throw new BundleFault('is no ATT&CK bundle: not one object has an ATT&CK id', 0);
      const most = [...domains].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
      return {
        kind: 'end' as const,
        id,
        form: marked21 ? ('2.1' as const) : (form ?? '2.0'),
        domain: matrix ?? most,
        release,
      };
    },
  };
}
