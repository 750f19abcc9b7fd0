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
	v, err := journal.Inverse(e, r.Got)
	if err != nil || len(v.Moved) != 0 {
		t.Fatalf("moved %q, %v", names(v.Moved), err)
	}
	c := v.Changes
	want := `{"prompt_tokens":12,"output":"high at nine","created_at":"2025-03-01T10:00:00","source":null}`
	if got := string(c.Patch()); got != want {
		t.Fatalf("the inverse is %s, want %s", got, want)
	}
	back := save.Send(t.Context(), f, c, o)
	if back.Outcome != save.Verified {
		t.Fatalf("%+v", back)
	}
	if v, err = journal.Inverse(e, back.Got); err != nil || len(v.Changes.Changed()) != 0 {
		t.Errorf("undone twice: %s, %v", v.Changes.Patch(), err)
	}
	if e, err = j.Get(back.Entry); err != nil {
		t.Fatal(err)
	}
	again, err := journal.Inverse(e, back.Got)
	if err != nil || save.Send(t.Context(), f, again.Changes, o).Outcome != save.Verified {
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
		v, err := journal.Inverse(e, parse(t, tc.now))
		if err != nil || names(v.Moved) != tc.moved || len(v.Apart) != 0 || string(v.Changes.Patch()) != tc.body {
			t.Errorf("%s: moved %q, apart %q, body %s, %v", tc.name, names(v.Moved), names(v.Apart), v.Changes.Patch(), err)
		}
	}
	if _, err := journal.Inverse(e, parse(t, strings.Replace(doc, "log_1", "log_2", 1))); api.CodeOf(err) != api.Refused {
		t.Errorf("on another log: %v", err)
	}
}

// TestUndoKeepsWhatCameSinceInOtherPlaces: what was changed since in other places of a field stays,
// whoever changed it, and where the same place was changed that place alone is as before the entry.
func TestUndoKeepsWhatCameSinceInOtherPlaces(t *testing.T) {
	t.Parallel()
	const note = "changed since in other places, which stay as they are"
	for _, tc := range []struct {
		name, field    string
		was, sent, now string
		want           string
		apart          bool
	}{
		{"a line", "output", `"High at nine.\nFog.\nLow at three."`, `"High at ten.\nFog.\nLow at three."`, `"High at ten.\nFog.\nLow at four.\nEbb."`,
			`"High at nine.\nFog.\nLow at four.\nEbb."`, true},
		{"the next line", "output", `"High at nine.\nLow at three."`, `"High at ten.\nLow at three."`, `"High at ten.\nLow at four."`, `"High at nine.\nLow at four."`, true},
		{"words of one line, on both sides", "output", `"In May high water is at nine, and fog is rare."`, `"In May high water is at ten, and fog is rare."`,
			`"In June high water is at ten, and fog is frequent."`, `"In June high water is at nine, and fog is frequent."`, true},
		{"the same words, and a line", "output", `"High at nine.\nFog."`, `"High at ten.\nFog."`, `"High at six.\nNo fog."`, `"High at nine.\nNo fog."`, false},
		{"the same words of a line", "output", `"High at nine."`, `"High at ten."`, `"Low at six."`, `"High at nine."`, false},
		{"a script without spaces", "output", `"満潮は九時。霧は少ない。"`, `"満潮は十時。霧は少ない。"`, `"満潮は十時。霧は多い。"`, `"満潮は九時。霧は多い。"`, true},
		{"what was added is taken out", "output", `"High."`, `"High.\nFog."`, `"High!\nFog."`, `"High!"`, true},
		{"spelled as it is there", "output", `"A.\nB."`, `"a.\nB."`, `"a.\n\u0042!"`, `"A.\n\u0042!"`, true},
		{"a line above the one of which both changed the same words", "output", `"Low.\nHigh at nine."`, `"Low.\nHigh at ten."`, `"Low.\nFog.\nHigh at six."`, `"Low.\nFog.\nHigh at nine."`, false},
		{"a line that came was moved since", "output", `"Low.\nHigh at nine.\nEbb."`, `"Low.\nHigh at nine.\nEbb.\nFog at noon."`, `"Fog at noon.\nLow.\nHigh at nine.\nEbb."`, `"Low.\nHigh at nine.\nEbb."`, true},
		{"a member", "metadata", `{"n": 1.0, "by": "a"}`, `{"n": 2, "by": "a"}`, `{"n": 2, "by": "them", "k": 1e2}`, `{"n": 1.0, "by": "them", "k": 1e2}`, true},
		{"a member that came", "metadata", `{"n": 1.0}`, `{"n": 1.0, "seen": true}`, `{"n": 1.0, "seen": true, "mine": 1}`, `{"n": 1.0, "mine": 1}`, true},
		{"a member that went", "metadata", `{"n": 1.0, "by": "a"}`, `{"n": 1.0}`, `{"n": 1.00, "k": 1}`, `{"n": 1.00, "k": 1, "by": "a"}`, true},
		{"the same member, and another", "metadata", `{"n": 1, "k": 1}`, `{"n": 2, "k": 1}`, `{"n": 3, "k": 2}`, `{"n": 1, "k": 2}`, false},
		{"a text below", "metadata", `{"o": {"note": "a\nb"}}`, `{"o": {"note": "A\nb"}}`, `{"o": {"note": "A\nB", "x": []}}`, `{"o": {"note": "a\nB", "x": []}}`, true},
		{"a time is one place", "created_at", `"2025-03-01T10:00:00"`, `"2025-03-02T10:00:00"`, `"2025-03-02T11:00:00"`, `"2025-03-01T10:00:00"`, false},
		{"a date within a text is one place", "source", `"gauge 2025-03-01"`, `"gauge 2025-03-02"`, `"gauge 2025-04-02"`, `"gauge 2025-03-01"`, false},
		{"another message", "messages", `[{"role": "user", "content": "a"}, {"role": "user", "content": "b"}]`, `[{"role": "user", "content": "A"}, {"role": "user", "content": "b"}]`,
			`[{"role": "user", "content": "A"}, {"role": "user", "content": "B"}]`, `[{"role": "user", "content": "a"}, {"role": "user", "content": "B"}]`, true},
		{"the same message elsewhere, and one that came", "messages", `[{"role": "user", "content": "a\nb\nc"}]`, `[{"role": "user", "content": "A\nb\nc"}]`,
			`[{"role": "system", "content": "s"}, {"role": "user", "content": "A\nb\nC", "name": "ada"}]`, `[{"role": "system", "content": "s"}, {"role": "user", "content": "a\nb\nC", "name": "ada"}]`, true},
		{"arguments of a call", "messages", `[{"role": "assistant", "tool_calls": [{"arguments": "{\"at\": 9, \"n\": 1}"}]}]`, `[{"role": "assistant", "tool_calls": [{"arguments": "{\"at\": 10, \"n\": 1}"}]}]`,
			`[{"role": "assistant", "tool_calls": [{"arguments": "{\"at\": 10, \"n\": 2}"}]}]`, `[{"role": "assistant", "tool_calls": [{"arguments": "{\"at\": 9, \"n\": 2}"}]}]`, true},
		{"one like it ahead of it, and the same message elsewhere", "messages", `[{"role": "user", "content": "zero two three"}]`, `[{"role": "user", "content": "one two three"}]`,
			`[{"role": "user", "content": "one two four"}, {"role": "user", "content": "one TWO three"}]`, `[{"role": "user", "content": "one two four"}, {"role": "user", "content": "zero TWO three"}]`, true},
		{"the same words, and one that came behind", "messages", `[{"role": "user", "content": "High at nine."}]`, `[{"role": "user", "content": "High at ten."}]`,
			`[{"role": "user", "content": "High at six."}, {"role": "assistant", "content": "Fog."}]`, `[{"role": "user", "content": "High at nine."}, {"role": "assistant", "content": "Fog."}]`, false},
		{"the last one was taken away, and another came", "messages", `[{"role": "user"}, {"role": "tool"}]`, `[{"role": "user"}]`,
			`[{"role": "user"}, {"role": "assistant"}]`, `[{"role": "user"}, {"role": "tool"}, {"role": "assistant"}]`, false},
		{"one that was added has changed, and another came", "messages", `[{"role": "user"}]`, `[{"role": "user"}, {"role": "tool"}]`,
			`[{"role": "user"}, {"role": "tool", "n": 1}, {"role": "assistant"}]`, `[{"role": "user"}, {"role": "assistant"}]`, false},
		{"one was taken away between two that were changed since", "messages", `[{"content": "a one b"}, {"content": "c one b"}, {"content": "d one b"}]`, `[{"content": "a one b"}, {"content": "d one b"}]`,
			`[{"content": "a one B"}, {"content": "d one B"}]`, `[{"content": "a one B"}, {"content": "c one b"}, {"content": "d one B"}]`, true},
		{"one was taken away among more that came", "messages", `[{"content": "a one b"}, {"content": "c one b"}, {"content": "d one b"}]`, `[{"content": "a one b"}, {"content": "d one b"}]`,
			`[{"content": "a one B"}, {"content": "e one b"}, {"content": "d one B"}]`, `[{"content": "a one B"}, {"content": "c one b"}, {"content": "e one b"}, {"content": "d one B"}]`, false},
		{"one came among others that were changed, and these were changed again", "messages", `[{"content": "a one b"}, {"content": "d one b"}]`, `[{"content": "A one b"}, {"content": "c two e"}, {"content": "D one b"}]`,
			`[{"content": "A one B"}, {"content": "c two e"}, {"content": "D one B"}]`, `[{"content": "a one B"}, {"content": "d one B"}]`, true},
		{"one was moved, and moved again", "messages", `["a", "b", "c", "d", "e"]`, `["b", "c", "a", "d", "e"]`, `["b", "c", "d", "e", "a"]`, `["a", "b", "c", "d", "e"]`, false},
		{"one was moved, and changed since", "messages", `[{"content": "a one b"}, "c", "d"]`, `["c", "d", {"content": "a one b"}]`, `["c", "d", {"content": "a one B"}]`, `[{"content": "a one B"}, "c", "d"]`, true},
		{"one was changed, and moved and changed since", "messages", `[{"content": "a one b"}, "c", "d"]`, `[{"content": "A one b"}, "c", "d"]`, `["c", "d", {"content": "A one B"}]`, `["c", "d", {"content": "a one B"}]`, true},
		{"one came, and was moved and changed since", "messages", `["c", "d"]`, `[{"content": "a one b"}, "c", "d"]`, `["c", "d", {"content": "a one B"}]`, `["c", "d"]`, false},
		{"one is gone", "messages", `["a", "b one two", "c"]`, `["a", "B one two", "c"]`, `["a", "c", "d"]`, `["a", "b one two", "c", "d"]`, false},
		{"the last one is gone", "messages", `["a", "b one two"]`, `["a", "B one two"]`, `["A", "a"]`, `["A", "a", "b one two"]`, false},
		{"the first one is gone, and others are in another order", "messages", `["a one two", "b", "c", "d"]`, `["A one two", "b", "c", "d"]`, `["b", "d", "c"]`, `["a one two", "b", "d", "c"]`, false},
		{"a line is gone", "output", `"High at nine.\nFog.\nLow at three.\n"`, `"High at ten.\nFog.\nLow at three.\n"`, `"Fog.\nLow at three.\n"`, `"High at nine.\nFog.\nLow at three.\n"`, false},
		{"all of it is gone", "output", `"High at nine."`, `"High at ten."`, `null`, `"High at nine."`, false},
	} {
		holds := func(literal string) string {
			return `{"id": "log_1", "prompt": {"id": "pr_1"}, "` + tc.field + `": ` + literal + `}`
		}
		j := open(t, t.TempDir(), journal.Options{})
		e, err := j.Get(put(t, j, edited(t, holds(tc.was), map[string]string{tc.field: tc.sent})))
		if err != nil {
			t.Fatal(err)
		}
		v, err := j.Inverse(e, parse(t, holds(tc.now)))
		if err != nil || names(v.Moved) != tc.field {
			t.Fatalf("%s: moved %q, %v", tc.name, names(v.Moved), err)
		}
		if got := string(v.Changes.Value(field(t, tc.field)).Bytes()); got != tc.want {
			t.Errorf("%s: it becomes %s, want %s", tc.name, got, tc.want)
		}
		if said := strings.Contains(strings.Join(v.Notes(), "\n"), note); len(v.Apart) == 1 != tc.apart || said != tc.apart {
			t.Errorf("%s: changed apart: %q, which is said: %v", tc.name, names(v.Apart), said)
		}
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
	if _, err := journal.Inverse(e, parse(t, doc)); api.CodeOf(err) != api.Refused || !strings.Contains(err.Error(), "redacted") {
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
