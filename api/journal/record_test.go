package journal_test

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"errata/api"
	"errata/api/apitest"
	"errata/api/journal"
	"errata/api/save"
)

// scenarios are ways in which a save can end.
var scenarios = []struct {
	name    string
	arrange func(t *testing.T, f *apitest.Fake)
	want    []journal.Outcome // of the PATCHes, the newest first
}{
	{"kept", func(*testing.T, *apitest.Fake) {}, []journal.Outcome{journal.Verified}},
	{"altered", func(_ *testing.T, f *apitest.Fake) {
		f.Alter(func(doc []byte) []byte { return []byte(strings.Replace(string(doc), "ten", "TEN", 1)) })
	}, []journal.Outcome{journal.NotKept}},
	{"refused", func(_ *testing.T, f *apitest.Fake) {
		f.Fail(apitest.UpdateLog, &api.Error{Code: api.Invalid, Msg: "no"})
	}, []journal.Outcome{journal.Refused}},
	{"unreachable", func(_ *testing.T, f *apitest.Fake) {
		f.Fail(apitest.UpdateLog, &api.Error{Code: api.Unreachable, Msg: "no"})
	}, []journal.Outcome{journal.NotSaved}},
	{"answer lost", func(_ *testing.T, f *apitest.Fake) {
		f.FailAfter(apitest.UpdateLog, &api.Error{Code: api.Timeout, Msg: "no", Sent: api.MaybeSent})
	}, []journal.Outcome{journal.Verified}},
	{"request lost", func(_ *testing.T, f *apitest.Fake) {
		f.Fail(apitest.UpdateLog, &api.Error{Code: api.Timeout, Msg: "no", Sent: api.MaybeSent})
	}, []journal.Outcome{journal.NotSaved}},
	{"moved first", func(_ *testing.T, f *apitest.Fake) {
		f.Fail(apitest.UpdateLog, &api.Error{Code: api.Precondition, Msg: "no"})
	}, []journal.Outcome{journal.Verified, journal.Refused}},
	{"conflict", func(t *testing.T, f *apitest.Fake) {
		f.Put(t, []byte(strings.Replace(doc, "nine", "eleven", 1)))
	}, nil},
	{"there already", func(t *testing.T, f *apitest.Fake) {
		f.Put(t, []byte(strings.Replace(doc, "nine", "ten", 1)))
	}, nil},
	{"not readable", func(_ *testing.T, f *apitest.Fake) {
		f.Fail(apitest.Log, &api.Error{Code: api.Unreachable, Msg: "no"})
	}, nil},
}

func TestASaveEndsTheSameWithAJournal(t *testing.T) {
	t.Parallel()
	for _, tc := range scenarios {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			j := open(t, t.TempDir(), journal.Options{})
			plain, watched := fake(t, doc), fake(t, doc)
			tc.arrange(t, plain)
			tc.arrange(t, watched)
			a := save.Send(t.Context(), plain, ten(t), save.Options{})
			b := save.Send(t.Context(), watched, ten(t), save.Options{Journal: j.Recorder(server)})
			if a.Outcome != b.Outcome || api.CodeOf(a.Err) != api.CodeOf(b.Err) || a.Recovered != b.Recovered ||
				names(a.Unkept) != names(b.Unkept) || names(a.Conflicts) != names(b.Conflicts) {
				t.Errorf("without a journal %+v, with one %+v", a, b)
			}
			sent, expected := watched.Patches(), plain.Patches()
			if len(sent) != len(expected) || len(sent) != len(tc.want) {
				t.Fatalf("%d PATCHes with a journal, %d without, want %d", len(sent), len(expected), len(tc.want))
			}
			entries := list(t, j, journal.Filter{})
			if len(entries) != len(tc.want) {
				t.Fatalf("%d entries, want %d", len(entries), len(tc.want))
			}
			for i, e := range entries {
				if e.Outcome != tc.want[i] || names(e.NotKept) != names(b.Unkept) || e.Finished.IsZero() {
					t.Errorf("entry %d: %+v, want %s", i, e, tc.want[i])
				}
				if body := sent[len(sent)-1-i].Body; string(e.Body()) != string(body) || string(expected[i].Body) != string(body) {
					t.Errorf("entry %d: body %s, sent %s", i, e.Body(), body)
				}
			}
			if len(entries) > 0 && b.Entry != entries[0].ID || len(entries) == 0 && b.Entry != "" || b.EntryErr != nil {
				t.Errorf("the result names entry %q (%v)", b.Entry, b.EntryErr)
			}
			if left, err := j.Pending(server); err != nil || len(left) != 0 {
				t.Errorf("pending: %v, %v", left, err)
			}
		})
	}
}

func TestWhetherAPatchCameThroughCanBeUnknown(t *testing.T) {
	t.Parallel()
	j := open(t, t.TempDir(), journal.Options{})
	f := fake(t, doc)
	f.FailAfter(apitest.UpdateLog, &api.Error{Code: api.Timeout, Msg: "no", Sent: api.MaybeSent})
	gate := f.Hold(apitest.UpdateLog)
	go func() {
		<-gate.Reached()
		f.Fail(apitest.Log, &api.Error{Code: api.Unreachable, Msg: "gone"})
		gate.Open()
	}()
	r := save.Send(t.Context(), f, ten(t), save.Options{Journal: j.Recorder(server)})
	e, err := j.Get(r.Entry)
	if err != nil || e.Outcome != journal.Unknown {
		t.Fatalf("%+v, %v", e, err)
	}
	if e, err = j.Settle(t.Context(), f, e); err != nil || e.Outcome != journal.Saved {
		t.Errorf("settled: %+v, %v", e, err)
	}
}

// Literals come back byte for byte: digits, white space, escapes, and bytes that are no text.
func TestValuesAreKeptAsTheyWere(t *testing.T) {
	t.Parallel()
	base := "{\"id\": \"log_1\", \"prompt\": {\"id\": \"pr_1\"}, \"output_cost\": 0.10, \"output\": \"\\ud800 \\u0041\u2028<&>\"," +
		" \"metadata\": {\n\t\"b\": 1e-07,\r\n  \"a\": 9007199254740993 }, \"error\": null, \"stdout\": \"\xff\xfe\"," +
		` "inputs": {"tides": "` + strings.Repeat("\xe6 no UTF-8, ", 20_000) + `"}}`
	edits := map[string]string{
		"output_cost": "0.1000000000000000055511151231257827", "output": `"\udfff\u0000\t"`, "metadata": "{\n}",
		"error": `"` + strings.Repeat("broken, ", 1000) + `"`, "stdout": `"clean"`, "source": `""`,
		// longer than what is written at a time
		"inputs": `{"tides": "` + strings.Repeat(`潮\n🌊\"`, 30_000) + `"}`,
	}
	c := edited(t, base, edits)
	dir := t.TempDir()
	put(t, open(t, dir, journal.Options{}), c)
	entries := list(t, open(t, dir, journal.Options{}), journal.Filter{})
	if len(entries) != 1 || len(entries[0].Changes) != len(edits) {
		t.Fatalf("entries: %+v", entries)
	}
	for _, ch := range entries[0].Changes {
		if want := string(c.Base().Value(ch.Field).Bytes()); string(ch.Old.Bytes()) != want {
			t.Errorf("%s was %q, read back %q", ch.Field.Name, want, ch.Old.Bytes())
		}
		if want := edits[ch.Field.Name]; string(ch.New.Bytes()) != want {
			t.Errorf("%s became %q, read back %q", ch.Field.Name, want, ch.New.Bytes())
		}
	}
	if got := string(entries[0].Body()); got != string(c.Patch()) {
		t.Errorf("body %s, want %s", got, c.Patch())
	}
}

// watcher looks at the disk at the moment of the PATCH.
type watcher struct {
	api.Service
	look func()
}

func (w watcher) UpdateLog(ctx context.Context, promptID, logID string, patch []byte, ifMatch string) (api.Document, error) {
	w.look()
	return w.Service.UpdateLog(ctx, promptID, logID, patch, ifMatch)
}

func TestTheRecordIsOnTheDiskBeforeThePatchIsSent(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	j := open(t, dir, journal.Options{})
	synced := map[string]string{} // by file name, what it held when it was synced last
	folder := 0
	j.OnSync(func(f *os.File) error {
		if filepath.Base(f.Name()) == "journal" {
			folder++
			return f.Sync()
		}
		content, err := os.ReadFile(f.Name())
		synced[filepath.Base(f.Name())] = string(content)
		return errors.Join(err, f.Sync())
	})
	looked := false
	svc := watcher{fake(t, doc), func() {
		looked = true
		if text := synced[first]; !strings.Contains(text, "high at nine") || !strings.Contains(text, "high at ten") {
			t.Errorf("synced at the time of the PATCH: %q", text)
		}
		if folder == 0 {
			t.Error("the marker's name is not synced")
		}
		if e := list(t, j, journal.Filter{}); len(e) != 1 || e[0].Outcome != journal.Pending {
			t.Errorf("the journal says %+v", e)
		}
	}}
	r := save.Send(t.Context(), svc, ten(t), save.Options{Journal: j.Recorder(server)})
	if r.Outcome != save.Verified || !looked {
		t.Fatalf("%+v", r)
	}
	if now := string(files(t, dir)[first]); synced[first] != now {
		t.Errorf("the outcome was not synced: %q", now)
	}
}

// A new file is safe only when its directory is synced too, and one that takes the place of another
// when it was synced before.
func TestNamesAreSyncedToo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	j := open(t, dir, journal.Options{Segment: 1000})
	known, rewritten := "", ""
	j.OnSync(func(f *os.File) error {
		switch filepath.Base(f.Name()) {
		case "journal":
			known = strings.Join(slices.Sorted(maps.Keys(files(t, dir))), " ")
		case "rewrite.tmp":
			rewritten = string(files(t, dir)["rewrite.tmp"])
		}
		return f.Sync()
	})
	for i := range 10 {
		put(t, j, ten(t))
		for name := range files(t, dir) {
			if strings.HasSuffix(name, ".jsonl") && !strings.Contains(known, name) {
				t.Fatalf("after %d entries %s is not among what was synced: %s", i+1, name, known)
			}
		}
	}
	id := put(t, j, ten(t))
	known = ""
	if err := j.Redact(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(rewritten, "sha256") || known == "" || strings.Contains(known, "rewrite.tmp") {
		t.Errorf("a redaction synced %q, and the names %s", rewritten, known)
	}
}

func TestWithoutARecordNothingIsSent(t *testing.T) {
	t.Parallel()
	broken := errors.New("the disk is full")
	for name, breakIt := range map[string]func(t *testing.T, dir string, j *journal.Journal){
		"sync fails": func(_ *testing.T, _ string, j *journal.Journal) {
			j.OnSync(func(*os.File) error { return broken })
		},
		"only the segment's sync fails": func(_ *testing.T, _ string, j *journal.Journal) {
			j.OnSync(func(f *os.File) error {
				if filepath.Base(f.Name()) == first {
					return broken
				}
				return nil
			})
		},
		"no file": func(t *testing.T, dir string, _ *journal.Journal) {
			if err := errors.Join(os.Remove(segment(dir)), os.Mkdir(segment(dir), 0o700)); err != nil {
				t.Fatal(err)
			}
		},
		"no directory": func(t *testing.T, dir string, _ *journal.Journal) {
			if err := errors.Join(os.RemoveAll(filepath.Dir(segment(dir))), os.WriteFile(filepath.Dir(segment(dir)), nil, 0o600)); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			j := open(t, dir, journal.Options{})
			breakIt(t, dir, j)
			f := fake(t, doc)
			r := save.Send(t.Context(), f, ten(t), save.Options{Journal: j.Recorder(server)})
			if r.Outcome != save.Failed || api.CodeOf(r.Err) != api.Refused || !strings.Contains(r.Err.Error(), "nothing was sent") {
				t.Errorf("%+v", r)
			}
			if len(f.Patches()) != 0 || names(r.Changes.Changed()) != "output" {
				t.Errorf("%d PATCHes, unsaved %q", len(f.Patches()), names(r.Changes.Changed()))
			}
			for file, content := range files(t, dir) {
				if strings.HasSuffix(file, ".open") || strings.Contains(string(content), "high at ten") {
					t.Errorf("%s is left, with %q", file, content)
				}
			}
		})
	}
}

func TestAnOutcomeThatCannotBeWrittenStaysPending(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	j := open(t, dir, journal.Options{})
	f := fake(t, doc)
	svc := watcher{f, func() { j.OnSync(func(*os.File) error { return errors.New("the disk is full") }) }}
	r := save.Send(t.Context(), svc, ten(t), save.Options{Journal: j.Recorder(server)})
	if r.Outcome != save.Verified || r.EntryErr == nil {
		t.Fatalf("%+v", r)
	}
	j = open(t, dir, journal.Options{})
	left, err := j.Pending(server)
	if err != nil || len(left) != 1 || left[0].ID != r.Entry {
		t.Fatalf("pending: %+v, %v", left, err)
	}
	if e, err := j.Settle(t.Context(), f, left[0]); err != nil || e.Outcome != journal.Saved {
		t.Errorf("settled: %+v, %v", e, err)
	}
}

func TestNoSecretOfAServerIsRecorded(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"https://ann:s3cret@logs.example/v5":              "https://logs.example/v5",
		"postgres://ann@db.example/logs?password=s3cret":  "postgres://db.example/logs",
		"postgres://ann:s3cret%zz@db.example/logs":        "db.example/logs",
		"/home/ann/.local/share/errata/errata.db":         "/home/ann/.local/share/errata/errata.db",
		`C:\Users\ann\AppData\Local\errata\100% of it.db`: `C:\Users\ann\AppData\Local\errata\100% of it.db`,
	} {
		dir := t.TempDir()
		j := open(t, dir, journal.Options{})
		r, err := j.Recorder(given).Begin(t.Context(), ten(t))
		if err != nil {
			t.Fatal(err)
		}
		if e, err := j.Get(r.ID()); err != nil || e.Server != want {
			t.Errorf("%s is recorded as %q, %v", given, e.Server, err)
		}
		if found := holding(t, dir, "s3cret"); len(found) != 0 {
			t.Errorf("%s: the password stands in %v", given, found)
		}
		if n := len(list(t, j, journal.Filter{Server: given})); n != 1 {
			t.Errorf("%s: %d entries are found by it", given, n)
		}
		journal.Die(r)
		if left, err := j.Pending(given); err != nil || len(left) != 1 {
			t.Errorf("%s: pending %v, %v", given, left, err)
		}
	}
}

func TestOthersCannotReadIt(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "state", "errata")
	j := open(t, dir, journal.Options{})
	begin(t, j, ten(t))
	id := put(t, j, ten(t))
	if err := j.Redact(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{dir, filepath.Join(dir, "journal")} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
	for name := range files(t, dir) {
		if info, err := os.Stat(filepath.Join(dir, "journal", name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
}

func TestIDsAreUniqueAndSortByTime(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	j := open(t, t.TempDir(), journal.Options{Now: func() time.Time { now = now.Add(time.Microsecond); return now }})
	seen := map[string]bool{}
	last := ""
	for range 50 {
		id := put(t, j, ten(t))
		if id <= last || len(id) != 13 {
			t.Fatalf("id %q after %q", id, last)
		}
		seen[id], last = true, id
	}
	found := map[string]bool{}
	for _, e := range list(t, j, journal.Filter{}) {
		found[e.ID] = true
	}
	if !maps.Equal(seen, found) {
		t.Errorf("given out %v, listed %v", seen, found)
	}
}
