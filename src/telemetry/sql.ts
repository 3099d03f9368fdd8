/** Text as an SQL string literal. The only way a value of ours or a file name gets into a statement text. */
export const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A name as an SQL identifier. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** SQL condition on `raw`: a blank line or a comment. Only lines that begin with `#` or less are looked at as a whole. */
export const noRecord =
  "raw IS NULL OR CASE WHEN raw < '$' THEN starts_with(raw, '#') OR trim(raw, ' ' || chr(9) || chr(13)) = '' ELSE false END";
