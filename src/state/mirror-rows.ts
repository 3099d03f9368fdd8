/** Rows of the mirror as nouns. */
import type { AttackEdge, AttackObject, AttackRelease } from '../model/attack.ts';
import type { SqlRow, SqlValue } from './sqlite.ts';

const text = (value: SqlValue | undefined): string | null => (typeof value === 'string' ? value : null);
const sure = (value: SqlValue | undefined): string => String(value ?? '');

export const toObject = (row: SqlRow): AttackObject => ({
  n: Number(row.n),
  id: sure(row.id),
  type: sure(row.type),
  attack_id: text(row.attack_id),
  name: text(row.name),
  url: text(row.url),
  version: text(row.version),
  created: text(row.created),
  modified: text(row.modified),
  status: row.status === 'revoked' || row.status === 'deprecated' ? row.status : 'active',
  content_hash: sure(row.content_hash),
  start: Number(row.start),
  length: Number(row.length),
});

export const toRelease = (row: SqlRow): AttackRelease => ({
  n: Number(row.n),
  domain: sure(row.domain),
  release: sure(row.release),
  form: row.form === '2.1' ? '2.1' : '2.0',
  bundle: text(row.bundle),
  sha256: sure(row.sha256),
  file_sha256: sure(row.file_sha256),
  bytes: Number(row.bytes),
  objects: Number(row.objects),
  content_hash: sure(row.content_hash),
  dangling: Number(row.dangling),
  imported: sure(row.imported),
});

export const toEdge = (row: SqlRow): AttackEdge => ({
  source: sure(row.source),
  kind: sure(row.kind),
  target: sure(row.target),
  via: text(row.via),
});
