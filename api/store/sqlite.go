package store

import (
	"embed"
	"io/fs"

	"github.com/pressly/goose/v3"
)

// versionTable holds which migrations were applied. Its name tells a database of errata from any other.
const versionTable = "errata_schema"

//go:embed migrations/sqlite/*.sql
var sqliteFiles embed.FS

// sqliteSchema is the version of the newest file in migrations/sqlite.
const sqliteSchema = 1

// sqlite is the dialect of SQLite.
var sqlite = dialect{
	goose:      goose.DialectSQLite3,
	migrations: sub(sqliteFiles, "migrations/sqlite"),
	latest:     sqliteSchema,

	version: `SELECT coalesce(max(version_id), 0) FROM ` + versionTable + ` WHERE is_applied`,
	objects: `SELECT count(*) FROM sqlite_master`,

	logRow:       `SELECT doc, hash FROM logs WHERE id = ?`,
	logForUpdate: `SELECT prompt_id, doc, hash FROM logs WHERE id = ?`,
	logHash:      `SELECT hash FROM logs WHERE id = ?`,
	logInsert:    `INSERT INTO logs (id, prompt_id, version_id, created, hash, doc) VALUES (?, ?, ?, ?, ?, ?)`,
	logReplace:   `UPDATE logs SET prompt_id = ?, version_id = ?, created = ?, hash = ?, doc = ? WHERE id = ?`,
	logEdit:      `UPDATE logs SET created = ?, hash = ?, doc = ? WHERE id = ?`,
	logCount:     `SELECT count(*) FROM logs`,
	logPage:      `SELECT doc FROM logs`,
	logOrder:     ` ORDER BY created DESC, seq DESC`, // NULL sorts below every number
	logWindow:    ` LIMIT ? OFFSET ?`,

	versionCount: `SELECT count(*) FROM logs WHERE prompt_id = ? AND version_id = ?`,
	promptCount:  `SELECT count(*) FROM logs WHERE prompt_id = ?`,

	promptByID:     `SELECT id, path, name, deployed FROM prompts WHERE id = ?`,
	promptByPath:   `SELECT id, path, name, deployed FROM prompts WHERE path = ? ORDER BY seq LIMIT 1`,
	promptList:     `SELECT id, name, created, updated FROM prompts ORDER BY seq DESC`,
	promptInsert:   `INSERT INTO prompts (id, path, name, created, updated) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
	promptReplace:  `UPDATE prompts SET path = ?, name = ?, created = ?, updated = ? WHERE id = ?`,
	promptDeploy:   `UPDATE prompts SET deployed = ? WHERE id = ?`,
	promptAdopt:    `UPDATE prompts SET deployed = ? WHERE id = ? AND deployed IS NULL`,
	versionByID:    `SELECT id, doc, made FROM versions WHERE prompt_id = ? AND id = ?`,
	versionDefault: `SELECT v.id, v.doc, v.made FROM versions v JOIN prompts p ON p.id = v.prompt_id WHERE v.prompt_id = ? ORDER BY (v.id = p.deployed) DESC, v.created DESC, v.seq DESC LIMIT 1`,
	versionList:    `SELECT id, doc, made FROM versions WHERE prompt_id = ? ORDER BY created DESC, seq DESC`,
	versionInsert:  `INSERT INTO versions (prompt_id, id, created, made, doc) VALUES (?, ?, ?, ?, ?) ON CONFLICT (prompt_id, id) DO NOTHING`,
	versionReplace: `UPDATE versions SET created = ?, made = 0, doc = ? WHERE prompt_id = ? AND id = ?`,

	keyInsert: `INSERT INTO keys (name, hash, created) VALUES (?, ?, ?)`,
	keyList:   `SELECT name, created, revoked FROM keys ORDER BY seq`,
	keyHashes: `SELECT hash FROM keys WHERE revoked IS NULL`,
	keyNamed:  `SELECT count(*) FROM keys WHERE name = ? AND revoked IS NULL`,
	keyRevoke: `UPDATE keys SET revoked = ? WHERE name = ? AND revoked IS NULL`,
}

// sub is the folder of an embedded file system; the folder is there, or the program would not have been built.
func sub(files embed.FS, folder string) fs.FS {
	dir, err := fs.Sub(files, folder)
	if err != nil {
		panic(err)
	}
	return dir
}
