/** The mirror's tables. A release's number is never used again (AUTOINCREMENT), so a reader cannot mix two. */
export const migrations: readonly string[] = [
  `CREATE TABLE release (
    n INTEGER PRIMARY KEY AUTOINCREMENT, domain TEXT NOT NULL, release TEXT NOT NULL, form TEXT NOT NULL, bundle TEXT,
    sha256 TEXT NOT NULL, file_sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, objects INTEGER NOT NULL,
    content_hash TEXT NOT NULL, dangling INTEGER NOT NULL, imported TEXT NOT NULL, UNIQUE (domain, release)) STRICT;
  CREATE TABLE object (
    release INTEGER NOT NULL, n INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, attack_id TEXT, name TEXT, url TEXT,
    version TEXT, created TEXT, modified TEXT, status TEXT NOT NULL, content_hash TEXT NOT NULL, text_hash TEXT,
    start INTEGER NOT NULL, length INTEGER NOT NULL, PRIMARY KEY (release, n)) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX object_id ON object (id, release);
  CREATE INDEX object_attack_id ON object (attack_id, release);
  CREATE INDEX object_type ON object (release, type);
  CREATE INDEX object_text ON object (text_hash, release);
  CREATE TABLE edge (
    release INTEGER NOT NULL, source INTEGER NOT NULL, kind TEXT NOT NULL, target INTEGER NOT NULL,
    via INTEGER NOT NULL, PRIMARY KEY (release, source, kind, target, via)) STRICT, WITHOUT ROWID;
  CREATE INDEX edge_target ON edge (release, target);
  CREATE TABLE chunk (
    release INTEGER NOT NULL, n INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (release, n)) STRICT;
  CREATE VIRTUAL TABLE word USING fts5 (name, also, text, content = '', contentless_delete = 1, tokenize = 'porter unicode61');`,
  'ALTER TABLE release ADD COLUMN piece INTEGER NOT NULL DEFAULT 65536',
];
