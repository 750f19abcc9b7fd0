package journal_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"errata/api"
	"errata/api/journal"
	"errata/api/save"
)

func TestUndoPutsBackWhatWasThere(t *testing.T) {
	t.Parallel()
	edits := map[string]string{"output": `"high at ten"`, "prompt_tokens": "14", "source": `"gauge"`, "created_at": `"2025-03-02T00:00:00Z"`}
	f := fake(t, doc)
	j := open(t, t.TempDir(), journal.Options{})
	o := save.Options{Journal: j.Recorder(server)}
	r := save.Send(t.Context(), f, edited(t, doc, edits), o)
	e, err := j.Get(r.Entry)
	if err != nil {
		t.Fatal(err)
	}
	c, moved, err := journal.Inverse(e, r.Got)
	if err != nil || len(moved) != 0 {
		t.Fatalf("moved %q, %v", names(moved), err)
	}
	want := `{"prompt_tokens":12,"output":"high at nine","created_at":"2025-03-01T10:00:00","source":null}`
	if got := string(c.Patch()); got != want {
		t.Fatalf("the inverse is %s, want %s", got, want)
	}
	back := save.Send(t.Context(), f, c, o)
	if back.Outcome != save.Verified {
		t.Fatalf("%+v", back)
	}
	if c, _, err = journal.Inverse(e, back.Got); err != nil || len(c.Changed()) != 0 {
		t.Errorf("undone twice: %s, %v", c.Patch(), err)
	}
	if e, err = j.Get(back.Entry); err != nil {
		t.Fatal(err)
	}
	again, _, err := journal.Inverse(e, back.Got)
	if err != nil || save.Send(t.Context(), f, again, o).Outcome != save.Verified {
		t.Fatalf("the undo of the undo: %v", err)
	}
	now, err := f.Log(t.Context(), "log_1")
	if err != nil {
		t.Fatal(err)
	}
	if left := edited(t, string(now.Raw), edits); len(left.Changed()) != 0 {
		t.Errorf("afterwards %s", now.Raw)
	}
}

func TestUndoNamesWhatOthersChangedSince(t *testing.T) {
	t.Parallel()
	j := open(t, t.TempDir(), journal.Options{})
	e, err := j.Get(put(t, j, edited(t, doc, map[string]string{"output": `"high at ten"`, "prompt_tokens": "14"})))
	if err != nil {
		t.Fatal(err)
	}
	saved := strings.NewReplacer("nine", "ten", ": 12", ": 14").Replace(doc)
	for _, tc := range []struct{ name, now, moved, body string }{
		{"nobody", saved, "", `{"prompt_tokens":12,"output":"high at nine"}`},
		{"another field", strings.Replace(saved, `"a": 1`, `"a": 2`, 1), "", `{"prompt_tokens":12,"output":"high at nine"}`},
		{"this field", strings.Replace(saved, "at ten", "at six", 1), "output", `{"prompt_tokens":12,"output":"high at nine"}`},
		{"back already", strings.Replace(saved, "at ten", "at nine", 1), "", `{"prompt_tokens":12}`},
		{"taken away", strings.Replace(saved, `"prompt_tokens": 14,`, "", 1), "prompt_tokens", `{"prompt_tokens":12,"output":"high at nine"}`},
	} {
		c, moved, err := journal.Inverse(e, parse(t, tc.now))
		if err != nil || names(moved) != tc.moved || string(c.Patch()) != tc.body {
			t.Errorf("%s: moved %q, body %s, %v", tc.name, names(moved), c.Patch(), err)
		}
	}
	if _, _, err := journal.Inverse(e, parse(t, strings.Replace(doc, "log_1", "log_2", 1))); api.CodeOf(err) != api.Refused {
		t.Errorf("on another log: %v", err)
	}
}

func TestRedactionLeavesNoTrace(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	j := open(t, dir, journal.Options{})
	secret := strings.Replace(doc, "high at nine", "call 555-0199", 1)
	before := put(t, j, ten(t))
	r := begin(t, j, edited(t, secret, map[string]string{"output": `"call 555-0142"`, "source": `"phone"`}))
	if err := r.End(t.Context(), save.Result{Outcome: save.Unkept, Unkept: nil}); err != nil {
		t.Fatal(err)
	}
	after := put(t, j, ten(t))
	// A damaged record, and the rest of a redaction that was interrupted.
	for name, text := range map[string]string{first: "{\"sum\":\"00000000\",\"begin\":\"call 555-0199\n", "rewrite.tmp": "call 555-0142"} {
		f, err := os.OpenFile(filepath.Join(dir, "journal", name), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteString(text); err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	if found := holding(t, dir, "555-01"); len(found) != 2 {
		t.Fatalf("the text stands in %v, so that nothing is tested", found)
	}
	for range 2 { // the second has nothing to do
		if err := j.Redact(t.Context(), r.ID()); err != nil {
			t.Fatal(err)
		}
		if found := holding(t, dir, "555-01"); len(found) != 0 {
			t.Fatalf("the text still stands in %v", found)
		}
	}
	entries := list(t, j, journal.Filter{})
	if len(entries) != 3 || entries[0].ID != after || entries[2].ID != before || entries[2].Redacted || entries[2].Changes[0].New.IsAbsent() {
		t.Fatalf("entries: %+v", entries)
	}
	e := entries[1]
	if !e.Redacted || e.ID != r.ID() || e.Outcome != journal.NotKept || e.Body() != nil || len(e.Changes) != 2 {
		t.Fatalf("the entry: %+v", e)
	}
	output, source := e.Changes[0], e.Changes[1]
	sum := sha256.Sum256([]byte(`"call 555-0199"`))
	if want := (journal.Digest{SHA256: hex.EncodeToString(sum[:]), Length: 15}); output.OldSum == nil || *output.OldSum != want {
		t.Errorf("the old value is %+v, want %+v", output.OldSum, want)
	}
	if !output.Old.IsAbsent() || !output.New.IsAbsent() || output.NewSum == nil || source.OldSum != nil || source.NewSum.Length != 7 {
		t.Errorf("the changes: %+v %+v", output, source)
	}
	if _, _, err := journal.Inverse(e, parse(t, doc)); api.CodeOf(err) != api.Refused || !strings.Contains(err.Error(), "redacted") {
		t.Errorf("undo: %v", err)
	}
	if err := j.Redact(t.Context(), "0000000000000"); api.CodeOf(err) != api.NotFound {
		t.Errorf("an entry that is not there: %v", err)
	}
}

func TestAnInterruptedRedactionIsCleanedUp(t *testing.T) {
	t.Parallel()
	dir := plant(t, nil)
	if err := os.WriteFile(filepath.Join(dir, "journal", "rewrite.tmp"), []byte("call 555-0199"), 0o600); err != nil {
		t.Fatal(err)
	}
	open(t, dir, journal.Options{})
	if found := holding(t, dir, "555-0199"); len(found) != 0 {
		t.Errorf("the text stands in %v", found)
	}
}

func TestARedactedEntryIsSettledByItsHashes(t *testing.T) {
	t.Parallel()
	for now, want := range map[string]journal.Outcome{
		doc:                                    journal.NotSaved,
		strings.Replace(doc, "nine", "ten", 1): journal.Saved,
		strings.Replace(doc, "nine", "eleven", 1): journal.Unknown,
	} {
		j := open(t, t.TempDir(), journal.Options{})
		r := begin(t, j, ten(t))
		journal.Die(r)
		if err := j.Redact(t.Context(), r.ID()); err != nil {
			t.Fatal(err)
		}
		left, err := j.Pending(server)
		if err != nil || len(left) != 1 {
			t.Fatalf("pending: %+v, %v", left, err)
		}
		if e, err := j.Settle(t.Context(), fake(t, now), left[0]); err != nil || e.Outcome != want {
			t.Errorf("%s: %+v, %v, want %s", now, e, err, want)
		}
	}
}
