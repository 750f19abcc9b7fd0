package store

import (
	"io/fs"

	"github.com/pressly/goose/v3"
)

// dialect is everything that one kind of database has of its own: its SQL and its migrations. Arguments are written in the order of the
// columns that a statement names.
type dialect struct {
	goose      goose.Dialect
	migrations fs.FS
	latest     int64 // the version of the newest migration

	version string // the version of the schema
	objects string // how many tables there are

	logRow       string // id → doc, hash
	logForUpdate string // id → prompt_id, doc, hash
	logHash      string // id → hash
	logInsert    string // id, prompt_id, version_id, created, hash, doc
	logReplace   string // prompt_id, version_id, created, hash, doc, id
	logEdit      string // created, hash, doc, id
	logCount     string // + where
	logPage      string // + where + logOrder
	logOrder     string
	logWindow    string // size, offset

	versionCount string // prompt_id, version_id → how many logs
	promptCount  string // prompt_id → how many logs

	promptByID     string // id → id, path, name, deployed
	promptByPath   string // path → the same
	promptList     string // → id, name, created, updated, newest first
	promptInsert   string // id, path, name, created, updated; nothing when the id is there
	promptReplace  string // path, name, created, updated, id
	promptDeploy   string // version, id
	promptAdopt    string // version, id; nothing when a version is deployed
	versionByID    string // prompt_id, id → id, doc, made
	versionDefault string // prompt_id → the same, of the default version
	versionList    string // prompt_id → the same, newest first
	versionInsert  string // prompt_id, id, created, made, doc; nothing when it is there
	versionReplace string // created, doc, prompt_id, id

	keyInsert string // name, hash, created
	keyList   string // → name, created, revoked, oldest first
	keyHashes string // → hash, of those that hold
	keyNamed  string // name → how many hold
	keyRevoke string // revoked, name
}
