import type { Fields } from '../expression.ts';
import type { Head, ZeekHeader } from '../head.ts';
import type { Layout } from '../layout.ts';
import { identifier, noRecord, quote } from '../sql.ts';

/** Zeek's ASCII writer: columns named by `#fields`, any order, `\xNN` escapes, `#unset_field`, `#empty_field`, sets. */
export const zeekTsv: Layout = {
  id: 'zeek-tsv',
  file: (file, head) => {
    const header = headerOf(head);
    const columns = header.fields.map((name) => `${quote(name)}: 'VARCHAR'`).join(', ');
    const options = `compression='${file.compression}', delim=${quote(header.separator)}, quote='', escape='', header=false, auto_detect=false, skip=${header.lines}, nullstr=${quote(header.unset)}, store_rejects=true`;
    return {
      select: `SELECT * FROM read_csv(${quote(file.path)}, ${options}, columns={${columns}})`,
      fields: fieldsOf(header, (name) => identifier(name)),
      ordered: true,
      skip: null,
      reason: null,
    };
  },
  lines: (source, head) => {
    const header = headerOf(head);
    const place = new Map(header.fields.map((name, i) => [name, i + 1]));
    const count = header.fields.length; // some tools end each row with one more separator
    return {
      select: `SELECT line, raw, string_split(raw, ${quote(header.separator)}) AS cells FROM ${source}`,
      fields: fieldsOf(header, (name) => `nullif(cells[${place.get(name)}], ${quote(header.unset)})`),
      ordered: true,
      skip: `CASE WHEN starts_with(raw, '#') THEN ${sameHeader(header)} ELSE ${noRecord} END`,
      reason: `CASE WHEN len(cells) <> ${count} AND NOT (len(cells) = ${count + 1} AND cells[${count + 1}] = '') THEN 'wrong-column-count' END`,
    };
  },
  unpack: (raw, head) => {
    const header = headerOf(head);
    const cells = raw.split(header.separator);
    return Object.fromEntries(
      header.fields.map((name, i) => [name, typed(cells[i] ?? header.unset, header.types[i] ?? 'string', header)]),
    );
  },
};

/**
 * True for a line that begins with `#`; stops the engine where that line tells of other columns or another log, so that
 * the file is read with care: cut into parts at its headers.
 */
const sameHeader = (header: ZeekHeader): string =>
  `CASE WHEN (starts_with(raw, '#fields') AND raw <> ${quote(header.own.fields)}) OR (starts_with(raw, '#path') AND raw <> ${quote(header.own.path)}) THEN error('another Zeek header stands in the middle of the file') ELSE true END`;

function headerOf(head: Head): ZeekHeader {
  if (!head.zeek) throw new Error('a Zeek TSV layout was chosen for a file without a #fields line');
  return head.zeek;
}

function fieldsOf(header: ZeekHeader, cell: (name: string) => string): Fields {
  const known = new Set(header.fields);
  const types = new Map(header.fields.map((name, i) => [name, header.types[i] ?? 'string']));
  return {
    text: (name) => {
      if (!known.has(name)) return 'NULL';
      const type = types.get(name) ?? 'string';
      return type === 'string' || type === 'enum'
        ? unescapeSql(`nullif(${cell(name)}, ${quote(header.empty)})`)
        : cell(name);
    },
    list: (name) => {
      if (!known.has(name)) return 'NULL';
      const whole = `nullif(${cell(name)}, ${quote(header.empty)})`;
      return `CASE WHEN contains(${whole}, '\\') THEN list_transform(string_split(${whole}, ${quote(header.setSeparator)}), x -> ${unescapeSql('x')}) ELSE string_split(${whole}, ${quote(header.setSeparator)}) END`;
    },
  };
}

/** The engine reads `\xNN` when text becomes bytes; a doubled backslash is one. Text that is not UTF-8 then stays as written. */
const unescapeSql = (sql: string): string =>
  `CASE WHEN contains(${sql}, '\\') THEN coalesce(try(decode(CAST(replace(${sql}, '\\\\', '\\x5C') AS BLOB))), ${sql}) ELSE ${sql} END`;

function typed(cell: string, type: string, header: ZeekHeader): unknown {
  if (cell === header.unset) return null;
  const inner = /^(?:set|vector|table)\[(.+)\]$/.exec(type)?.[1];
  if (inner)
    return cell === header.empty ? [] : cell.split(header.setSeparator).map((item) => typed(item, inner, header));
  if (type === 'bool') return cell === 'T';
  if (type === 'time') return timeText(cell);
  if (['interval', 'double', 'count', 'int', 'port'].includes(type))
    return Number.isFinite(Number(cell)) ? Number(cell) : cell;
  return cell === header.empty ? '' : unescapeZeek(cell);
}

/** `\xNN` and `\\` as Zeek's ASCII writer escapes them; bytes that are not UTF-8 stay as written. */
export function unescapeZeek(cell: string): string {
  if (!cell.includes('\\')) return cell;
  const bytes = Buffer.from(
    cell.replace(/\\x([0-9a-fA-F]{2})|\\\\/g, (whole, hex: string | undefined) =>
      hex ? `\u0000${hex}` : whole === '\\\\' ? '\\' : whole,
    ),
    'utf8',
  ).toString('latin1');
  const decoded = Buffer.from(
    bytes.replace(/\0([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
  return decoded.includes('\uFFFD') ? cell : decoded;
}

/** Zeek's JSON writers give times as RFC 3339 text; so do we, with microseconds. */
function timeText(cell: string): string {
  const micros = Math.round(Number(cell) * 1e6);
  if (!Number.isSafeInteger(micros)) return cell;
  const date = new Date(Math.floor(micros / 1e6) * 1000);
  return Number.isNaN(date.getTime())
    ? cell
    : `${date.toISOString().slice(0, 19)}.${String(micros - Math.floor(micros / 1e6) * 1e6).padStart(6, '0')}Z`;
}
