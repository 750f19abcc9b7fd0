package store_test

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"errata/api"
	"errata/api/store"
)

// latin1 is a log as an older errata took it in, with two bytes that are not UTF-8.
var latin1 = strings.ReplaceAll(logDoc("log_1", "pr_1", `, "output": "caf~", "metadata": {"k~": 1}, "error": "none"`), "~", "\xe9")

// withLatin1 is a store with such a log between two others.
func withLatin1(t *testing.T) *store.Store {
	t.Helper()
	path := filepath.Join(t.TempDir(), "errata.db")
	s, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"log_0", "log_1", "log_2"} {
		put(t, s, logDoc(id, "pr_1", ""))
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	sum := sha256.Sum256([]byte(latin1))
	if _, err := db.ExecContext(t.Context(), `UPDATE logs SET doc = ?, hash = ? WHERE id = 'log_1'`, []byte(latin1), sum[:]); err != nil {
		t.Fatal(err)
	}
	return open(t, path)
}

// TestBytesThatAreNoUTF8 serves a log with such bytes so that every client can read it, alone and
// among others.
func TestBytesThatAreNoUTF8(t *testing.T) {
	t.Parallel()
	s := withLatin1(t)
	doc, err := s.Log(t.Context(), "log_1")
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.ReplaceAll(latin1, "\xe9", `\ufffd`); string(doc.Raw) != want {
		t.Errorf("served %s\nwant   %s", doc.Raw, want)
	}
	if !slices.Equal(doc.Locked, []string{"output", "metadata"}) {
		t.Errorf("locked: %q", doc.Locked)
	}
	page, err := s.Logs(t.Context(), api.LogQuery{FileID: "pr_1", Size: 10})
	if err != nil || !utf8.Valid(page) || !json.Valid(page) || bytes.Count(page, []byte(`"id": "log_`)) != 3 {
		t.Errorf("page %s, %v", page, err)
	}
	r, err := s.Check(t.Context(), nil)
	if err != nil || r.NotUTF8 != 1 || !slices.Equal(r.NotUTF8IDs, []string{"log_1"}) {
		t.Errorf("check %+v, %v", r, err)
	}
}

// TestPatchesKeepBytesThatAreNoUTF8 refuses the marks that stand for such bytes, and nothing else.
func TestPatchesKeepBytesThatAreNoUTF8(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"output":"the caf\uFFFD"}`:            "",
		"{\"output\":\"the caf\ufffd\"}":        "",
		`{"error":"\ufffd"}`:                    `"output": "caf` + "\xe9" + `", "metadata": {"k` + "\xe9" + `": 1}, "error": "\ufffd"`,
		`{"output":"café","error":"x"}`:         `"output": "café", "metadata": {"k` + "\xe9" + `": 1}, "error": "x"`,
		`{"metadata":null}`:                     `"output": "caf` + "\xe9" + `", "metadata": null, "error": "none"`,
		`{"output":"x","metadata":{"k�":true}}`: "",
	} {
		s := withLatin1(t)
		_, err := s.UpdateLog(t.Context(), "pr_1", "log_1", []byte(body), "")
		if want == "" {
			if api.CodeOf(err) != api.Invalid || !strings.Contains(err.Error(), "not UTF-8") {
				t.Errorf("%s: %v", body, err)
			}
			want = latin1
		} else if err != nil {
			t.Errorf("%s: %v", body, err)
		}
		stored := ""
		err = s.Walk(t.Context(), "pr_1", func(doc []byte) error {
			if bytes.Contains(doc, []byte(`"log_1"`)) {
				stored = string(doc)
			}
			return nil
		})
		if err != nil || !strings.Contains(stored, want) {
			t.Errorf("%s: stored is %q, %v, want %q", body, stored, err, want)
		}
	}
}

// TestImportWantsUTF8 refuses documents with bytes that are none, and says which.
func TestImportWantsUTF8(t *testing.T) {
	t.Parallel()
	s := open(t, ":memory:")
	_, err := s.Import(t.Context(), []byte(latin1))
	if api.CodeOf(err) != api.Invalid || !strings.Contains(err.Error(), "it is not UTF-8: byte ") || !strings.Contains(err.Error(), " is 0xE9") {
		t.Errorf("a log: %v", err)
	}
	err = s.ImportPrompt(t.Context(), []byte("{\"id\":\"pr_1\",\"version_id\":\"prv_1\",\"path\":\"\xe9\"}"), false)
	if api.CodeOf(err) != api.Invalid || !strings.Contains(err.Error(), "byte 43 is 0xE9") {
		t.Errorf("a prompt: %v", err)
	}
}
