-- +goose Up

-- Prompts become files of one kind among others, and the tables name files and versions by number: half the bytes in each index.

CREATE TABLE files (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    id       TEXT    NOT NULL UNIQUE,
    kind     TEXT    NOT NULL,
    path     TEXT    NOT NULL, -- two imported files may share one
    name     TEXT    NOT NULL,
    created  INTEGER,
    updated  INTEGER,
    deployed TEXT              -- the id of the version deployed by default
);

INSERT INTO files SELECT seq, id, 'prompt', path, name, created, updated, deployed FROM prompts;
DROP TABLE prompts;
CREATE INDEX files_path ON files (path);

ALTER TABLE versions RENAME TO versions1;

CREATE TABLE versions (
    seq     INTEGER PRIMARY KEY AUTOINCREMENT,
    file    INTEGER NOT NULL,
    id      TEXT    NOT NULL, -- empty when its document has none
    created INTEGER,
    made    INTEGER NOT NULL, -- 1: made here, its counts are kept by us; 0: imported, served as it came
    doc     BLOB    NOT NULL,
    UNIQUE (file, id)
);

INSERT INTO versions SELECT v.seq, f.seq, v.id, v.created, v.made, v.doc FROM versions1 v JOIN files f ON f.id = v.prompt_id;
DROP TABLE versions1;

ALTER TABLE logs RENAME TO logs1;
DROP INDEX logs_newest;
DROP INDEX logs_version;

-- A log without a readable time has the least number there is for one, so that all times compare.
CREATE TABLE logs (
    seq     INTEGER PRIMARY KEY AUTOINCREMENT, -- the order of storing
    id      TEXT    NOT NULL UNIQUE,
    file    INTEGER NOT NULL,
    version INTEGER NOT NULL, -- 0 when its document names none
    created INTEGER NOT NULL,
    traced  INTEGER NOT NULL DEFAULT 0, -- 1: it is part of a trace
    parent  TEXT,             -- the id of the log that it judges
    trace   TEXT,             -- the id of the log that it is a part of
    hash    BLOB    NOT NULL, -- SHA-256 of doc
    doc     BLOB    NOT NULL
);

INSERT INTO logs (seq, id, file, version, created, hash, doc)
SELECT l.seq, l.id, f.seq, coalesce(v.seq, 0), coalesce(l.created, -9223372036854775808), l.hash, l.doc
FROM logs1 l JOIN files f ON f.id = l.prompt_id LEFT JOIN versions v ON v.file = f.seq AND v.id = l.version_id AND v.id <> ''
ORDER BY l.seq;
DROP TABLE logs1;

CREATE INDEX logs_newest ON logs (file, created DESC, seq DESC);
CREATE INDEX logs_version ON logs (file, version, created DESC, seq DESC);
CREATE INDEX logs_parent ON logs (parent) WHERE parent IS NOT NULL;
CREATE INDEX logs_trace ON logs (trace) WHERE trace IS NOT NULL;

-- How many logs there are from one place of the order to the next: page 1,000 is found by adding, not by walking. The order is that of
-- created and seq; a mark counts the logs from itself up to the next one. version 0 is the whole file.
CREATE TABLE marks (
    file    INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    seq     INTEGER NOT NULL,
    n       INTEGER NOT NULL,
    PRIMARY KEY (file, version, created, seq)
) WITHOUT ROWID;

-- The search index, see the package index. Logs of finished blocks of numbers have their bits in slices (4096 a block), all others, and those
-- that changed since, in signatures, which count more.
CREATE TABLE signatures (
    seq  INTEGER PRIMARY KEY, -- of the log
    bits BLOB NOT NULL
);

CREATE TABLE blocks (block INTEGER PRIMARY KEY);

CREATE TABLE slices (
    seq  INTEGER PRIMARY KEY, -- block * 4096 + bit
    bits BLOB NOT NULL
);

ALTER TABLE keys ADD COLUMN scope TEXT NOT NULL DEFAULT 'write';
ALTER TABLE keys ADD COLUMN expires INTEGER;
