package store_test

import (
	"crypto/sha256"
	"database/sql"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"errata/api"
	"errata/api/store"
)

// upgradedLogs is how many logs a store has that is upgraded: more than a count is for, several
// times over.
const upgradedLogs = 10_000

// oldStore makes a file with an older version of the schema and lets rows add what an errata of
// that time kept.
func oldStore(t *testing.T, version int64, rows func(t *testing.T, tx *sql.Tx)) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "errata.db")
	if err := store.MigrateTo(t.Context(), path, version); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	rows(t, tx)
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	return path
}

// inserting prepares a statement whose failure fails the test.
func inserting(t *testing.T, tx *sql.Tx, query string) func(args ...any) {
	t.Helper()
	st, err := tx.PrepareContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	return func(args ...any) {
		if _, err := st.ExecContext(t.Context(), args...); err != nil {
			t.Fatal(err)
		}
	}
}

// oldLog is the i-th log of an old store, and when it was made: not in the order in which the logs
// are stored.
func oldLog(i int) (id, doc string, created int64) {
	at := time.UnixMicro(int64(i*7919%upgradedLogs) * 1e6).UTC()
	id = fmt.Sprintf("log_%05d", i)
	within := ""
	if i == judgedLog {
		within = heldJudgment
	}
	return id, logDoc(id, "pr_1", fmt.Sprintf(`, "created_at": %q, "output": "old words %d"%s`, at.Format(time.RFC3339), i, within)), at.UnixMicro()
}

// judgedLog is the log of an old store that holds a judgment, which nothing else tells of.
const (
	judgedLog    = 9
	heldJudgment = `, "evaluator_logs": [{"id": "log_held", "evaluator": {"id": "ev_held", "version_id": "evv_held", "path": "judges/held", "name": "held"}}]`
)

const oldVersion = `{"id": "pr_1", "version_id": "prv_1", "path": "a/pr_1", "name": "pr_1"}`

func version1(t *testing.T, tx *sql.Tx) {
	inserting(t, tx, `INSERT INTO prompts (id, path, name) VALUES ('pr_1', 'a/pr_1', 'pr_1')`)()
	inserting(t, tx, `INSERT INTO versions (prompt_id, id, made, doc) VALUES ('pr_1', 'prv_1', 0, ?)`)([]byte(oldVersion))
	add := inserting(t, tx, `INSERT INTO logs (id, prompt_id, version_id, created, hash, doc) VALUES (?, 'pr_1', 'prv_1', ?, ?, ?)`)
	for i := range upgradedLogs {
		id, doc, created := oldLog(i)
		sum := sha256.Sum256([]byte(doc))
		add(id, created, sum[:], []byte(doc))
	}
}

// version2 is the store of an errata that was killed between two steps of an upgrade.
func version2(t *testing.T, tx *sql.Tx) {
	inserting(t, tx, `INSERT INTO files (id, kind, path, name) VALUES ('pr_1', 'prompt', 'a/pr_1', 'pr_1')`)()
	inserting(t, tx, `INSERT INTO versions (file, id, made, doc) VALUES (1, 'prv_1', 0, ?)`)([]byte(oldVersion))
	add := inserting(t, tx, `INSERT INTO logs (id, file, version, created, hash, doc) VALUES (?, 1, 1, ?, ?, ?)`)
	for i := range upgradedLogs {
		id, doc, created := oldLog(i)
		sum := sha256.Sum256([]byte(doc))
		add(id, created, sum[:], []byte(doc))
	}
}

// version3 adds marks to what version 2 had; the search index is that of logs which wait for their
// block to fill up.
func version3(marks ...[3]int64) func(*testing.T, *sql.Tx) {
	return func(t *testing.T, tx *sql.Tx) {
		version2(t, tx)
		inserting(t, tx, `INSERT INTO signatures (seq, bits) SELECT seq, ? FROM logs`)(allBits())
		add := inserting(t, tx, `INSERT INTO marks (file, version, created, seq, n) VALUES (1, ?, ?, ?, ?)`)
		for _, m := range marks {
			add(0, m[0], m[1], m[2])
			add(1, m[0], m[1], m[2])
		}
	}
}

// version6 knows which logs were corrected.
func version6(t *testing.T, tx *sql.Tx) {
	version3([3]int64{lowest, 0, upgradedLogs})(t, tx)
	inserting(t, tx, correctedOnce)()
}

const correctedOnce = `UPDATE logs SET original = hash WHERE id = 'log_00007'`

// The versions of the schema from which on a store keeps account of corrections.
const (
	accountSchema   = 6
	accountOnServer = 3
)

// The versions of the schema that come with the judgments within logs learned.
const (
	learnedSchema   = 8
	learnedOnServer = 5
)

// allBits is a signature that lets every search read its log.
func allBits() []byte { return []byte(strings.Repeat("\xff", 512)) }

const lowest = -1 << 63

// TestUpgrade upgrades stores from each version of the schema that there was, among them one whose
// logs an older errata counted wrong when it upgraded it. Each log is counted and shown once.
func TestUpgrade(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		version int64
		rows    func(*testing.T, *sql.Tx)
		said    bool
	}{
		"1":          {1, version1, false},
		"2":          {2, version2, false},
		"3":          {3, version3([3]int64{lowest, 0, 4000}, [3]int64{4000e6, 0, 4000}, [3]int64{8000e6, 0, 2000}), false},
		"4":          {4, version3([3]int64{lowest, 0, upgradedLogs}), false},
		"5":          {5, version3([3]int64{lowest, 0, upgradedLogs}), false},
		"6":          {6, version6, false},
		"7":          {7, version6, false},
		"8":          {8, version6, false},
		"3, damaged": {3, version3([3]int64{lowest, 0, 2730}, [3]int64{1000e6, 0, 6610}, [3]int64{8000e6, 0, 6160}), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := oldStore(t, c.version, c.rows)
			notes := upgrade(t, path, c.version >= accountSchema, c.version >= learnedSchema)
			if said := strings.Contains(notes, "counts of the logs were wrong"); said != c.said {
				t.Errorf("said %q", notes)
			}
		})
	}
}

// TestUpgradeOnServer is TestUpgrade for stores in PostgreSQL.
func TestUpgradeOnServer(t *testing.T) {
	t.Parallel()
	for version := int64(1); version <= 8; version++ {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			t.Parallel()
			address := onPostgres(t).database(t)
			if err := store.MigrateTo(t.Context(), address, version); err != nil {
				t.Fatal(err)
			}
			for _, statement := range []string{
				`INSERT INTO files (id, kind, path, name) VALUES ('pr_1', 'prompt', 'a/pr_1', 'pr_1')`,
				`INSERT INTO versions (file, id, made, doc) VALUES (1, 'prv_1', false, '` + oldVersion + `')`,
				`INSERT INTO logs (id, file, version, created, traced, hash, doc, searched, noted)
					SELECT log.id, 1, 1, -9223372036854775808, false, sha256(log.doc), log.doc, 'OLD WORDS ' || i, '' FROM generate_series(0, 9999) AS i,
					LATERAL (SELECT ('log_' || lpad(i::text, 5, '0'))::bytea AS id, ('{"id": "log_' || lpad(i::text, 5, '0')
						|| '", "prompt": {"id": "pr_1", "version_id": "prv_1"}, "output": "old words ' || i || '"' || CASE i WHEN ` + strconv.Itoa(judgedLog) + ` THEN '` + heldJudgment + `' ELSE '' END || '}')::bytea AS doc) AS log`,
			} {
				if err := store.Execute(t.Context(), address, statement); err != nil {
					t.Fatal(err)
				}
			}
			if version >= accountOnServer {
				if err := store.Execute(t.Context(), address, correctedOnce); err != nil {
					t.Fatal(err)
				}
			}
			upgrade(t, address, version >= accountOnServer, version >= learnedOnServer)
			if err := store.Execute(t.Context(), address, `SELECT searched FROM logs`); err == nil {
				t.Error("the text that was searched before is kept")
			}
		})
	}
}

// upgrade opens an old store in which a log was corrected, wants all to be right, and gives what
// was said. One that keeps account of corrections knows of it itself; of one that is learned the
// judgments within its logs were, before the test added some.
func upgrade(t *testing.T, address string, account, learned bool) (notes string) {
	t.Helper()
	options := store.Options{Corrected: func() []string { return []string{"log_00007", "log_gone"} }}
	s, err := store.Open(t.Context(), address, options)
	if err != nil {
		t.Fatal(err)
	}
	notes = strings.Join(s.Notes(), "\n")
	if learns := strings.Contains(notes, "1 log is known from the journal to be corrected"); learns == account {
		t.Errorf("said %q", notes)
	}
	if !learned {
		withinLog(t, s)
	}
	sound(t, s)
	for _, version := range []string{"", "prv_1"} {
		eachOnce(t, s, version)
	}
	if hits, _ := ids(t, s, api.LogQuery{FileID: "pr_1", Search: "old words 9876", Size: 10}); len(hits) != 1 {
		t.Errorf("found %v", hits)
	}
	anywhere := api.LogQuery{FileID: "pr_1", Search: "words AND og_09876", SearchIn: []string{"all"}, Size: 10}
	if hits, _ := ids(t, s, anywhere); len(hits) != 1 {
		t.Errorf("found %v in all places", hits)
	}
	for id, want := range map[string]store.Imported{"log_00007": store.Kept, "log_00008": store.Replaced} {
		if did := put(t, s, logDoc(id, "pr_1", `, "output": "new"`)); did != want {
			t.Errorf("an import over %s did %d, want %d", id, did, want)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if again := open(t, address); len(again.Notes()) > 0 {
		t.Errorf("said again: %q", again.Notes())
	}
	return notes
}

// withinLog wants a judgment that is in a log to be known by itself, and its evaluator to judge
// with.
func withinLog(t *testing.T, s *store.Store) {
	t.Helper()
	id, doc, _ := oldLog(judgedLog)
	if got, err := s.Log(t.Context(), "log_held"); err != nil || !strings.Contains(doc, string(got.Raw)) {
		t.Errorf("the judgment is %s, %v", got.Raw, err)
	}
	made, err := s.CreateJudgment(t.Context(), api.CreateQuery{}, []byte(`{"id": "ev_held", "parent_id": "`+id+`", "judgment": "fine"}`))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.DeleteLogs(t.Context(), []string{made.ID, "log_held"}); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Log(t.Context(), id); err != nil || !strings.HasSuffix(string(got.Raw), `, "evaluator_logs": []}`) {
		t.Errorf("without its judgment the log is %s, %v", got.Raw, err)
	}
}

// eachOnce reads all pages of the logs of an upgraded store, or of a version in it.
func eachOnce(t *testing.T, s *store.Store, version string) {
	t.Helper()
	seen := map[string]bool{}
	for page := 1; page <= upgradedLogs/1000; page++ {
		list, total := ids(t, s, api.LogQuery{FileID: "pr_1", VersionID: version, Page: page, Size: 1000})
		if total != upgradedLogs {
			t.Fatalf("page %d tells a total of %d", page, total)
		}
		for _, id := range list {
			if seen[id] {
				t.Fatalf("page %d shows %s again", page, id)
			}
			seen[id] = true
		}
	}
	if len(seen) != upgradedLogs {
		t.Errorf("shown were %d logs", len(seen))
	}
}
