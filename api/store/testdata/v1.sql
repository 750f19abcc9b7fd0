-- A database as version 1 wrote it. Later versions must open it and lose nothing.
CREATE TABLE errata_schema (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version_id INTEGER NOT NULL,
    is_applied INTEGER NOT NULL,
    tstamp TIMESTAMP DEFAULT (datetime('now'))
);
INSERT INTO errata_schema (version_id, is_applied) VALUES (0, 1), (1, 1);

CREATE TABLE prompts (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, path TEXT NOT NULL, name TEXT NOT NULL, created INTEGER, updated INTEGER, deployed TEXT);
CREATE INDEX prompts_path ON prompts (path);
CREATE TABLE versions (seq INTEGER PRIMARY KEY AUTOINCREMENT, prompt_id TEXT NOT NULL, id TEXT NOT NULL, created INTEGER, made INTEGER NOT NULL, doc BLOB NOT NULL, UNIQUE (prompt_id, id));
CREATE TABLE logs (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, prompt_id TEXT NOT NULL, version_id TEXT NOT NULL, created INTEGER, hash BLOB NOT NULL, doc BLOB NOT NULL);
CREATE INDEX logs_newest ON logs (prompt_id, created DESC, seq DESC);
CREATE INDEX logs_version ON logs (prompt_id, version_id, created DESC, seq DESC);
CREATE TABLE keys (seq INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, hash BLOB NOT NULL, created INTEGER NOT NULL, revoked INTEGER);
CREATE UNIQUE INDEX keys_name ON keys (name) WHERE revoked IS NULL;

INSERT INTO prompts (id, path, name, created, updated, deployed) VALUES ('pr_1', 'a/greet', 'greet', 1704067200000000, 1704067200000000, 'prv_1');
INSERT INTO versions (prompt_id, id, created, made, doc) VALUES ('pr_1', 'prv_1', 1704067200000000, 0, CAST('{"id": "pr_1", "version_id": "prv_1", "path": "a/greet"}' AS BLOB));
INSERT INTO logs (id, prompt_id, version_id, created, hash, doc) VALUES ('log_1', 'pr_1', 'prv_1', 1704067200000000,
    x'4bebad0cfce0e99294b480d82a2456c78943fc05f6a9ff33ad0228adad594cbc',
    CAST('{"id": "log_1", "prompt": {"id": "pr_1", "version_id": "prv_1"}, "created_at": "2024-01-01T00:00:00Z", "prompt_cost": 0.10, "output": "hi"}' AS BLOB));
-- The secret of this key is "errata_test-key".
INSERT INTO keys (name, hash, created) VALUES ('laptop', x'5269ed0526833037c0a6307171f33608db0217ef1272995fe7ba6586b5cbeefb', 1704067200000000);
