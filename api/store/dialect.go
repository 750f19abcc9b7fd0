package store

import (
	"embed"
	"io/fs"
	"strconv"
	"strings"
	"sync"

	"github.com/pressly/goose/v3"
)

// versionTable holds which migrations were applied. Its name tells a database of errata from any
// other.
const versionTable = "errata_schema"

// dialect is what one kind of database has of its own. All other SQL is written once, with ? for
// an argument, and stands where it is used.
type dialect struct {
	goose      goose.Dialect
	migrations fs.FS
	latest     int64 // the version of the newest migration
	corrected  int64 // the version that marks what was corrected
	learned    int64 // likewise of learnAll
	reindexed  int64 // and of reindex or indexServer

	objects string // how many tables there are

	forUpdate string // ends a SELECT of logs, called l, that are about to be changed
	forStay   string // likewise of logs that must not be deleted meanwhile
	numbered  bool   // arguments are written $1, $2; strings are passed as bytes

	pieces bool // a large document is kept in pieces, see whole

	single  bool // one transaction writes at a time, and numbers are given out in their order
	counted bool // logs are counted in buckets, see bucket; else the database counts

	known sync.Map // statements as written here → as the database takes them
}

//go:embed migrations
var migrations embed.FS

// The newest versions of the schemas, and the versions that are not a file but a function.
const (
	deriveSchema  = 3
	recountSchema = 4

	sqliteCorrected   = 6 // see markCorrected
	postgresCorrected = 3

	sqliteLearned   = 8 // see learnAll
	postgresLearned = 5

	sqliteReindexed   = 9 // see reindex
	postgresReindexed = 9 // see indexServer

	// The columns of text that version 6 of PostgreSQL adds to are gone, see indexServer.
	postgresRetired = 7

	sqliteSchema   = 10
	postgresSchema = 9
)

// newSQLite is the dialect of SQLite.
func newSQLite() *dialect {
	return &dialect{
		goose:      goose.DialectSQLite3,
		migrations: folder("migrations/sqlite"),
		latest:     sqliteSchema,
		corrected:  sqliteCorrected,
		learned:    sqliteLearned,
		reindexed:  sqliteReindexed,
		pieces:     true,
		objects:    `SELECT count(*) FROM sqlite_master`,
		single:     true,
		counted:    true,
	}
}

// newPostgres is the dialect of PostgreSQL.
func newPostgres() *dialect {
	return &dialect{
		goose:      goose.DialectPostgres,
		migrations: folder("migrations/postgres"),
		latest:     postgresSchema,
		objects:    `SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()`,
		corrected:  postgresCorrected,
		learned:    postgresLearned,
		reindexed:  postgresReindexed,
		forUpdate:  ` FOR UPDATE OF l`,
		forStay:    ` FOR KEY SHARE OF l`,
		numbered:   true,
	}
}

// folder is a folder of the migrations; it is there, or the program would not have been built.
func folder(name string) fs.FS {
	dir, err := fs.Sub(migrations, name)
	if err != nil {
		panic(err)
	}
	return dir
}

// spell writes a statement as the database takes it. No statement has a question mark that is not
// an argument.
func (d *dialect) spell(query string) string {
	if !d.numbered {
		return query
	}
	if q, ok := d.known.Load(query); ok {
		return q.(string)
	}
	var b strings.Builder
	n := 0
	for part := range strings.SplitSeq(query, "?") {
		if n > 0 {
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(n))
		}
		b.WriteString(part)
		n++
	}
	d.known.Store(query, b.String())
	return b.String()
}

// args are the arguments of a statement as the database takes them.
func (d *dialect) args(args []any) []any {
	if !d.numbered {
		return args
	}
	passed := make([]any, len(args))
	for i, a := range args {
		if text, ok := a.(string); ok {
			a = []byte(text)
		}
		passed[i] = a
	}
	return passed
}
