import { VirgaError } from '../../../model/errors.ts';

/** What a place in a line holds, whatever the server calls it. */
export type Role =
  | 'client'
  | 'client_port'
  | 'client_mac'
  | 'server'
  | 'server_port'
  | 'user'
  | 'seconds'
  | 'fraction'
  | 'written'
  | 'iso'
  | 'took_ms'
  | 'took_us'
  | 'took_s'
  | 'result'
  | 'status'
  | 'request'
  | 'method'
  | 'url'
  | 'scheme'
  | 'host'
  | 'port'
  | 'path'
  | 'query'
  | 'version'
  | 'sent'
  | 'received'
  | 'agent'
  | 'referrer'
  | 'mime'
  | 'sni'
  | 'tls_version'
  | 'tls_cipher'
  | 'other';

/** A piece of a log format as the administrator wrote it. */
export type Token =
  | { readonly text: string }
  | {
      readonly role: Role;
      /** As the server's documentation names it. */
      readonly code: string;
      /** Blanks may stand before the value, which is padded to a width. */
      readonly padded?: boolean;
      /** For `written`: strptime of the engine. */
      readonly format?: string;
      /** The value brings its own brackets. */
      readonly bracketed?: boolean;
    };

/** The fields that a format has, each with its role, in order; and the RE2 expression that cuts them. */
export type LineShape = {
  readonly expression: string;
  readonly fields: readonly { readonly name: string; readonly role: Role; readonly format: string | null }[];
};

/** A relay may have put its header in front: it ends in the name of a program. */
const RELAY = '(?:.{0,200}[A-Za-z0-9_)\\]]: )?';

/** The tokens as one expression, a named group a field. */
export function lineShape(tokens: readonly Token[]): LineShape {
  const fields: { name: string; role: Role; format: string | null }[] = [];
  const parts = tokens.map((token, i) => {
    if ('text' in token) return literal(token.text);
    const name = nameOf(
      token,
      fields.map((f) => f.name),
    );
    fields.push({ name, role: token.role, format: token.format ?? null });
    const value = `(?P<${name}>${valuePattern(token, textAfter(tokens, i))})`;
    return `${token.padded ? ' *' : ''}${token.bracketed ? `\\[${value}\\]` : value}`;
  });
  if (fields.length === 0)
    throw new VirgaError('format.mapping', 'The log format has no codes, so its lines would have no fields.');
  return { expression: `^${RELAY}${parts.join('')}\\s*$`, fields };
}

function nameOf(token: Exclude<Token, { text: string }>, taken: readonly string[]): string {
  const code = token.code.toLowerCase().replace(/[^a-z0-9]+/g, '_');
  const base = token.role === 'other' ? `code_${code}` : token.role;
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}_${n}`;
    if (!taken.includes(name)) return name;
  }
}

const textAfter = (tokens: readonly Token[], i: number): string => {
  const next = tokens[i + 1];
  return next && 'text' in next ? next.text : '';
};

const digits: ReadonlySet<Role> = new Set([
  'seconds',
  'fraction',
  'took_ms',
  'took_us',
  'took_s',
  'status',
  'sent',
  'received',
]);

/** A value ends where the text after it begins; in quotation marks it may hold escaped ones. */
function valuePattern(token: Exclude<Token, { text: string }>, after: string): string {
  if (token.format) return writtenPattern(token.format);
  if (digits.has(token.role)) return '-?[0-9]*\\.?[0-9]*|-';
  const [end = ''] = after;
  if (end === '"' || end === "'") return `(?:[^${end}\\\\]|\\\\.)*`;
  if (end === '') return '.*?';
  return end === ' ' || end === '\t' ? '\\S*' : `[^${literal(end)}\\s]*`;
}

const literal = (text: string): string =>
  text.replace(/[ \t]+|[^A-Za-z0-9 \t]/g, (c) =>
    /[ \t]/.test(c) ? '[ \\t]+' : `\\x{${(c.codePointAt(0) ?? 0).toString(16)}}`,
  );

/** Lengths of what strftime writes. */
const codes: Readonly<Record<string, string>> = {
  a: '[^ ]{1,12}',
  b: '[^ /]{1,12}',
  B: '[^ /]{1,12}',
  z: '[+-][0-9]{2}:?[0-9]{2}',
  Z: '[A-Za-z]{1,5}',
  Y: '[0-9]{4}',
  f: '[0-9]{1,9}',
  g: '[0-9]{1,3}',
  p: '[AP]M',
};
const writtenPattern = (format: string): string =>
  format.replace(/%-?(.)|([^%]+)/g, (_, code: string | undefined, text: string | undefined) =>
    code === undefined ? literal(text ?? '') : (codes[code] ?? '[0-9]{1,4}'),
  );

/** strftime of C as strptime of the engine; codes that stand for several are written out. */
export const strptimeOf = (format: string): string =>
  format
    .replaceAll('%F', '%Y-%m-%d')
    .replaceAll('%T', '%H:%M:%S')
    .replaceAll('%D', '%m/%d/%y')
    .replaceAll('%R', '%H:%M')
    .replaceAll('%h', '%b')
    .replaceAll('%e', '%d');

/** Times in brackets as web servers write them. */
export const COMMON_TIME = '%d/%b/%Y:%H:%M:%S %z';
