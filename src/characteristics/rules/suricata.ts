import type { TraitSource } from '../../model/characteristic.ts';
import type { Condition, Rule, RuleField, RuleLevel } from '../../model/rule.ts';
import { TraitFault, type TraitReader, type TraitRefusal } from '../reader.ts';
import { literally, plainTest, RuleFault, regexTest } from './tests.ts';

/** A keyword of a rule with its value, in order (docs.suricata.io/en/latest/rules, checked 2026-11-24). */
type Keyword = { readonly name: string; readonly value: string };

const RULE = /^\s*(#\s*)?(alert|drop|reject|pass)\s+(\S+)\s+\S+\s+\S+\s+(?:->|<>)\s+\S+\s+\S+\s*\((.*)\)\s*$/;
const RULE_ANYWHERE = /^\s*(?:alert|drop|reject)\s+\S+\s+\S+\s+\S+\s+(?:->|<>)\s+\S+\s+\S+\s*\(/m;
/** Public rules have a few kilobytes at most. */
const MAX_RULE = 65_536;

/** Suricata rules as far as names, requests and client fingerprints go. */
export const suricata = {
  id: 'suricata',
  name: 'Suricata rules',
  blindTo: [
    'payloads, bodies and headers that are in no column',
    'flowbits, thresholds and what else needs more than one event',
    'the order of several contents in one buffer',
  ],
  detect: (text) => RULE_ANYWHERE.test(text) && /\bsid\s*:/.test(text),
  read: (text, source) => {
    const rules: Rule[] = [];
    const refused: TraitRefusal[] = [];
    let [records, other] = [0, 0];
    for (const [i, line] of text
      .replace(/\\\r?\n/g, ' ')
      .split('\n')
      .entries()) {
      const found = line.length > MAX_RULE ? null : RULE.exec(line);
      if (!found) continue;
      records++;
      const read = found[1] === undefined && found[2] !== 'pass' ? readRule(found[4] ?? '', source) : null;
      if (typeof read === 'string') refused.push({ line: i + 1, why: read });
      else if (read === null) other++;
      else rules.push(read);
    }
    if (records === 0) throw new TraitFault('no line is a rule.');
    return { profile: { rules: rules.length }, characteristics: [], rules, records, other, refused };
  },
} satisfies TraitReader;

/** Keywords between semicolons; a quoted value may hold escaped ones. */
function keywordsOf(options: string): Keyword[] {
  const found = options.match(/(?:"(?:\\.|[^"\\])*"|\\.|[^;"\\])+/g) ?? [];
  return found.flatMap((option) => {
    const at = option.indexOf(':');
    const name = (at < 0 ? option : option.slice(0, at)).trim().toLowerCase();
    return name === '' ? [] : [{ name, value: at < 0 ? '' : option.slice(at + 1).trim() }];
  });
}

/** Buffers that are columns, old names and new. */
const buffers: Readonly<Record<string, readonly [Rule['about'], RuleField]>> = {
  'dns.query': ['dns', 'query_hostname'],
  dns_query: ['dns', 'query_hostname'],
  'tls.sni': ['tls', 'tls_sni'],
  tls_sni: ['tls', 'tls_sni'],
  'tls.cert_subject': ['tls', 'tls_certificate_subject'],
  'tls.cert_issuer': ['tls', 'tls_certificate_issuer'],
  'tls.cert_serial': ['tls', 'tls_certificate_serial'],
  'ja3.hash': ['tls', 'tls_ja3'],
  ja3_hash: ['tls', 'tls_ja3'],
  'ja3s.hash': ['tls', 'tls_ja3s'],
  'ja4.hash': ['tls', 'tls_ja4'],
  'http.host': ['http', 'http_request_url_hostname'],
  'http.host.raw': ['http', 'http_request_url_hostname'],
  http_host: ['http', 'http_request_url_hostname'],
  'http.uri': ['http', 'target'],
  'http.uri.raw': ['http', 'target'],
  http_uri: ['http', 'target'],
  http_raw_uri: ['http', 'target'],
  'http.user_agent': ['http', 'http_request_user_agent'],
  http_user_agent: ['http', 'http_request_user_agent'],
  'http.method': ['http', 'http_request_http_method'],
  http_method: ['http', 'http_request_http_method'],
  'http.referer': ['http', 'http_request_referrer'],
  http_referer: ['http', 'http_request_referrer'],
  'http.content_type': ['http', 'http_response_content_type'],
  'http.stat_code': ['http', 'http_response_code'],
  http_stat_code: ['http', 'http_response_code'],
};

/** Keywords that say nothing about what an event must hold. */
const aside: ReadonlySet<string> = new Set([
  'msg',
  'sid',
  'rev',
  'gid',
  'classtype',
  'reference',
  'metadata',
  'priority',
  'flow',
  'flowint',
  'threshold',
  'detection_filter',
  'noalert',
  'target',
  'fast_pattern',
  'tag',
  'app-layer-protocol',
  'requires',
  'xbits',
  'depth',
  'offset',
  'distance',
  'within',
  'nocase',
  'startswith',
  'endswith',
  'dotprefix',
  'bsize',
  'isdataat',
  'to_lowercase',
  'rawbytes',
]);

type Content = {
  text: string;
  negated: boolean;
  regex: boolean;
  buffer: string | null;
  cased: boolean;
  op: 'contains' | 'starts' | 'ends' | 'equals';
  dotted: boolean;
};

/** The rule; null where it is about nothing that a log holds; a sentence where a part cannot be compared. */
function readRule(options: string, source: TraitSource): Rule | null | string {
  const keywords = keywordsOf(options);
  const of = (name: string): string => keywords.find((k) => k.name === name)?.value ?? '';
  const title = unquote(of('msg')) || `rule ${of('sid')}`;
  try {
    const contents = contentsOf(keywords);
    if (contents.every((c) => c.buffer === null)) return null;
    const tests = contents.map(conditionOf);
    const abouts = new Set(tests.map((t) => t.about));
    const [about] = abouts;
    if (about === undefined || abouts.size > 1) throw new RuleFault('it asks for buffers of several protocols');
    return {
      id: `sid:${of('sid')}`,
      title,
      kind: 'suricata',
      level: levelOf(of('metadata')),
      stage: /trojan-activity|command-and-control|domain-c2|malware-cnc/.test(of('classtype'))
        ? 'characteristic'
        : 'lifecycle',
      about,
      condition: { all: tests.map((t) => t.condition) },
      techniques: [...of('metadata').matchAll(/mitre_technique_id (T\d{4}(?:\.\d{3})?)/g)].map(([, id]) => id ?? ''),
      source: {
        ...source,
        date: /updated_at (\d{4})_(\d{2})_(\d{2})/.exec(of('metadata'))?.slice(1).join('-') ?? source.date,
      },
    };
  } catch (error) {
    if (error instanceof RuleFault) return `${title}: ${error.message}`;
    throw error;
  }
}

/** Contents with their modifiers. A buffer named before holds for what follows; an old one named after, for the content before it. */
function contentsOf(keywords: readonly Keyword[]): Content[] {
  const contents: Content[] = [];
  let sticky: string | null = null;
  for (const { name, value } of keywords) {
    const last = contents.at(-1);
    if (name === 'content' || name === 'pcre') contents.push(contentOf(name, value, sticky));
    else if (buffers[name] !== undefined && name.includes('.')) sticky = name;
    else if (buffers[name] !== undefined) {
      if (last && sticky === null && !STICKY_OLD.has(name)) last.buffer = name;
      else sticky = name;
    } else if (name === 'nocase' && last) last.cased = false;
    else if (name === 'startswith' && last) last.op = last.op === 'ends' ? 'equals' : 'starts';
    else if (name === 'endswith' && last) last.op = last.op === 'starts' ? 'equals' : 'ends';
    else if (name === 'dotprefix' && sticky !== null)
      contents.push({ ...contentOf('content', '"."', sticky), dotted: true });
    else if (name === 'depth' && last && Number(value) === last.text.length && last.op === 'contains')
      last.op = 'starts';
    else if (name === 'bsize' && last && Number(value) === last.text.length) last.op = 'equals';
    else if (name === 'urilen' || !aside.has(name))
      throw new RuleFault(`it needs ${name.slice(0, 40)}, which is in no column`);
  }
  return joinDots(contents);
}

const STICKY_OLD: ReadonlySet<string> = new Set(['dns_query', 'tls_sni', 'ja3_hash']);

/** `dotprefix` puts a dot before the buffer: the content after it may begin at a label. */
function joinDots(contents: readonly Content[]): Content[] {
  return contents.flatMap((c, i) => (c.dotted ? [] : [contents[i - 1]?.dotted ? { ...c, dotted: true } : c]));
}

function contentOf(name: string, value: string, buffer: string | null): Content {
  const negated = value.startsWith('!');
  const given = unquote(negated ? value.slice(1).trim() : value);
  return {
    text: name === 'pcre' ? given : bytesOf(given),
    negated,
    regex: name === 'pcre',
    buffer,
    cased: true,
    op: 'contains',
    dotted: false,
  };
}

const unquote = (text: string): string => text.replace(/^"([\s\S]*)"$/, '$1').replace(/\\([";:\\])/g, '$1');

/** `|0d 0a|` are bytes. */
const bytesOf = (text: string): string =>
  text.replace(/\|([0-9A-Fa-f\s]*)\|/g, (_, hex: string) =>
    Buffer.from(hex.replace(/\s/g, ''), 'hex').toString('latin1'),
  );

function conditionOf(content: Content): { readonly about: Rule['about']; readonly condition: Condition } {
  const buffer = content.buffer === null ? undefined : buffers[content.buffer];
  if (!buffer) throw new RuleFault('it looks for bytes in a payload or in a buffer that is in no column');
  const [about, field] = buffer;
  const condition = content.regex ? pcre(field, content.text) : plain(field, content);
  return { about, condition: content.negated ? { not: condition } : condition };
}

function plain(field: RuleField, { text, op, cased, dotted }: Content): Condition {
  // Names are stored in lower case.
  const lower = !cased || field === 'query_hostname' || field === 'tls_sni' || field === 'http_request_url_hostname';
  if (!dotted) return { test: plainTest(field, op, text, !lower) };
  const end = op === 'ends' || op === 'equals' ? '$' : '';
  return { test: regexTest(field, `(?:^|\\.)${literally(text.replace(/^\./, ''))}${end}`, lower ? 'i' : '') };
}

/** `/expression/flags`; flags that name a buffer are as good as the buffer itself. */
function pcre(field: RuleField, text: string): Condition {
  const found = /^\/([\s\S]*)\/([A-Za-z]*)$/.exec(text);
  if (!found) throw new RuleFault('an expression without slashes');
  return { test: regexTest(field, found[1] ?? '', (found[2] ?? '').replace(/[^ims]/g, '')) };
}

const severities: Readonly<Record<string, RuleLevel>> = {
  critical: 'critical',
  major: 'high',
  minor: 'medium',
  informational: 'informational',
};

const levelOf = (metadata: string): RuleLevel =>
  severities[/signature_severity (\w+)/i.exec(metadata)?.[1]?.toLowerCase() ?? ''] ?? 'medium';
