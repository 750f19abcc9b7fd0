-- +goose Up

-- Instants are microseconds since 1970 in UTC, NULL when the document's own time cannot be read.
-- doc is the last column of its table, so that the others are read without it.

CREATE TABLE prompts (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    id       TEXT    NOT NULL UNIQUE,
    path     TEXT    NOT NULL, -- two imported prompts may share one
    name     TEXT    NOT NULL,
    created  INTEGER,
    updated  INTEGER,
    deployed TEXT              -- the id of the version deployed by default
);

CREATE INDEX prompts_path ON prompts (path);

CREATE TABLE versions (
    seq       INTEGER PRIMARY KEY AUTOINCREMENT,
    prompt_id TEXT    NOT NULL,
    id        TEXT    NOT NULL, -- empty when its document has none
    created   INTEGER,
    made      INTEGER NOT NULL, -- 1: made here, its counts are kept by us; 0: imported, served as it came
    doc       BLOB    NOT NULL,
    UNIQUE (prompt_id, id)
);

CREATE TABLE logs (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT, -- the order of storing
    id         TEXT    NOT NULL UNIQUE,
    prompt_id  TEXT    NOT NULL,
    version_id TEXT    NOT NULL,
    created    INTEGER,
    hash       BLOB    NOT NULL, -- SHA-256 of doc
    doc        BLOB    NOT NULL
);

CREATE INDEX logs_newest ON logs (prompt_id, created DESC, seq DESC);
CREATE INDEX logs_version ON logs (prompt_id, version_id, created DESC, seq DESC);

CREATE TABLE keys (
    seq     INTEGER PRIMARY KEY AUTOINCREMENT,
    name    TEXT    NOT NULL,
    hash    BLOB    NOT NULL, -- SHA-256 of the secret
    created INTEGER NOT NULL,
    revoked INTEGER
);

CREATE UNIQUE INDEX keys_name ON keys (name) WHERE revoked IS NULL;

-- +goose Down

DROP TABLE keys;
DROP TABLE logs;
DROP TABLE versions;
DROP TABLE prompts;
