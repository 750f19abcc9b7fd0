package journal_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"errata/api"
	"errata/api/journal"
	"errata/api/save"
)

// three is a journal with an entry that is done, one that is not kept, and one that is pending, as
// its one segment.
func three(t testing.TB) (content []byte, shown []string) {
	dir := t.TempDir()
	j := open(t, dir, journal.Options{Now: ticking()})
	put(t, j, ten(t))
	r := begin(t, j, edited(t, doc, map[string]string{"metadata": "{\n \"b\": 0.10}", "source": `"<tide>"`}))
	if err := r.End(t.Context(), save.Result{Outcome: save.Failed, Err: &api.Error{Code: api.Invalid}}); err != nil {
		t.Fatal(err)
	}
	journal.Die(begin(t, j, edited(t, doc, map[string]string{"error": `"spring tide"`})))
	for _, e := range list(t, j, journal.Filter{}) {
		shown = append(shown, show(e))
	}
	return files(t, dir)[first], shown
}

func plant(t testing.TB, content []byte) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "journal"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(segment(dir), content, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Power may go between any two bytes: what was finished is there, the rest is cut off and reported,
// and writing goes on.
func TestCutAtEveryByte(t *testing.T) {
	t.Parallel()
	content, _ := three(t)
	lines := bytes.SplitAfter(content, []byte{'\n'})
	for n := range len(content) + 1 {
		dir := plant(t, content[:n])
		j := open(t, dir, journal.Options{})
		whole, begun := 0, 0
		for _, line := range lines {
			if whole+len(line) > n || len(line) == 0 {
				break
			}
			whole += len(line)
			if bytes.Contains(line, []byte(`"begin"`)) {
				begun++
			}
		}
		if j.Torn() != int64(n-whole) {
			t.Fatalf("cut at %d: %d bytes are reported, want %d", n, j.Torn(), n-whole)
		}
		if got := files(t, dir)[first]; !bytes.Equal(got, content[:whole]) {
			t.Fatalf("cut at %d: %q is left", n, got)
		}
		id := put(t, j, ten(t))
		entries := list(t, j, journal.Filter{})
		if len(entries) != begun+1 || entries[0].ID != id {
			t.Fatalf("cut at %d: %d entries, want %d", n, len(entries), begun+1)
		}
	}
}

// The process that died may have shared the journal with one that goes on.
func TestATornRecordDoesNotSpoilTheNext(t *testing.T) {
	t.Parallel()
	content, shown := three(t)
	dir := plant(t, content)
	j := open(t, dir, journal.Options{})
	f, err := os.OpenFile(segment(dir), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(strings.Repeat(`{"sum":"00000000","begin":`, 1000)); err != nil {
		t.Fatal(err)
	}
	if n := len(list(t, j, journal.Filter{})); n != len(shown) {
		t.Errorf("%d entries with a torn line behind them", n)
	}
	id := put(t, j, ten(t))
	if entries := list(t, j, journal.Filter{}); len(entries) != len(shown)+1 || entries[0].ID != id {
		t.Errorf("%d entries afterwards", len(entries))
	}
}

// A damaged byte costs the record that it is in, is reported, and never gives an entry that was not
// written.
func TestDamageAtEveryByte(t *testing.T) {
	t.Parallel()
	content, shown := three(t)
	for n := range len(content) - 1 {
		damaged := bytes.Clone(content)
		damaged[n] ^= 0x20
		j := open(t, plant(t, damaged), journal.Options{})
		errs := 0
		var ends []string
		for e, err := range j.Entries(journal.Filter{}) {
			if err != nil {
				errs++
				continue
			}
			i := slices.IndexFunc(shown, func(s string) bool { return sameBut(s, show(e), e.Outcome) })
			if i < 0 {
				t.Fatalf("byte %d: an entry that nobody wrote: %s", n, show(e))
			}
			ends = append(ends, string(e.Outcome))
		}
		if errs == 0 || len(ends) < len(shown)-1 {
			t.Fatalf("byte %d: %d errors, outcomes %q", n, errs, ends)
		}
	}
}

// sameBut compares two entries; one whose closing is damaged is pending.
func sameBut(want, got string, o journal.Outcome) bool {
	if o == journal.Pending {
		got = strings.Replace(got, " pending", "", 1)
		for _, o := range []journal.Outcome{journal.Verified, journal.Refused, journal.Pending} {
			want = strings.Replace(want, " "+string(o), "", 1)
		}
	}
	return want == got
}

func TestSegmentsAreRotatedAndBounded(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	j := open(t, dir, journal.Options{Segment: 1500, Total: 6000})
	var ids []string
	for i := range 40 {
		ids = append(ids, put(t, j, edited(t, doc, map[string]string{"source": fmt.Sprintf(`"number %d"`, i)})))
		total := 0
		for name, content := range files(t, dir) {
			total += len(content)
			if len(content) > 1500 {
				t.Fatalf("%s has %d bytes", name, len(content))
			}
		}
		if total > 6000 {
			t.Fatalf("%d bytes after %d entries", total, i+1)
		}
	}
	entries := list(t, j, journal.Filter{})
	if len(entries) < 8 || len(entries) == len(ids) {
		t.Fatalf("%d entries are left of %d", len(entries), len(ids))
	}
	for i, e := range entries {
		if want := ids[len(ids)-1-i]; e.ID != want || e.Outcome != journal.Verified {
			t.Fatalf("entry %d is %s %s, want %s", i, e.ID, e.Outcome, want)
		}
	}
	if _, err := j.Get(ids[0]); api.CodeOf(err) != api.NotFound {
		t.Errorf("the first entry: %v", err)
	}
}

func TestARecordLargerThanASegmentIsKept(t *testing.T) {
	t.Parallel()
	j := open(t, t.TempDir(), journal.Options{Segment: 100, Total: 1000})
	long := `"` + strings.Repeat("tide ", 1000) + `"`
	first := put(t, j, ten(t))
	id := put(t, j, edited(t, doc, map[string]string{"output": long}))
	e, err := j.Get(id)
	if err != nil || string(e.Changes[0].New.Bytes()) != long || e.Outcome != journal.Verified {
		t.Errorf("%s, %v", show(e), err)
	}
	if _, err := j.Get(first); api.CodeOf(err) != api.NotFound {
		t.Errorf("the bound is not kept: %v", err)
	}
}

func TestEntriesAreFiltered(t *testing.T) {
	t.Parallel()
	j := open(t, t.TempDir(), journal.Options{})
	other := strings.Replace(doc, "log_1", "log_2", 1)
	put(t, j, ten(t))
	put(t, j, edited(t, other, map[string]string{"output": `"low"`}))
	if r, err := j.Recorder("/data/errata.db").Begin(t.Context(), ten(t)); err != nil {
		t.Fatal(err)
	} else if err := r.End(t.Context(), save.Result{Outcome: save.Verified}); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		filter journal.Filter
		want   string
	}{
		{journal.Filter{}, "/data/errata.db log_1, " + server + " log_2, " + server + " log_1"},
		{journal.Filter{LogID: "log_1"}, "/data/errata.db log_1, " + server + " log_1"},
		{journal.Filter{Server: server}, server + " log_2, " + server + " log_1"},
		{journal.Filter{Server: server, LogID: "log_1"}, server + " log_1"},
		{journal.Filter{LogID: "log_3"}, ""},
	} {
		var got []string
		for _, e := range list(t, j, tc.filter) {
			got = append(got, e.Server+" "+e.LogID)
		}
		if s := strings.Join(got, ", "); s != tc.want {
			t.Errorf("%+v: %s, want %s", tc.filter, s, tc.want)
		}
	}
}

// FuzzRead wants any file to be readable, some of its lines with a right checksum, and the next
// entry to be written behind it.
func FuzzRead(f *testing.F) {
	f.Add([]byte(""), []byte(""))
	f.Add([]byte("{}\n\n{\"sum\":\"00000000\",}\n\x00\x00"), []byte(`"begin":"0123456789abc","changes":[{"field":"output","new":{"literal":"1e5"}}]}`))
	f.Add([]byte(`{"sum":"`), []byte(`"begin":"0123456789abc","time":"2026-01-02T03:04:05Z","changes":[{"field":"output","new":{"literal":"{"}}]}`))
	f.Add([]byte("\n"), []byte(`"end":"0123456789abc","outcome":"verified","not_kept":["output","x"]}`))
	f.Add([]byte("x"), []byte(`"begin":"0123456789abc","redacted":true,"changes":[{"field":"output","old":{"sha256":"00","length":3},"new":{}}]}`))
	f.Add([]byte("9"), []byte(`"begin":"","":[{"00":{"":"0"}}]}`))
	content, _ := three(f)
	f.Add(content, content)
	f.Fuzz(func(t *testing.T, content, members []byte) {
		signed := journal.Sign(bytes.ReplaceAll(members, []byte{'\n'}, nil))
		dir := plant(t, slices.Concat(signed, content, []byte{'\n'}, signed, content))
		j := open(t, dir, journal.Options{})
		for e, err := range j.Entries(journal.Filter{}) {
			if err != nil {
				continue
			}
			if _, err := journal.Inverse(e, parse(t, doc)); err == nil && e.LogID != "log_1" {
				t.Fatalf("the inverse of %+v is for another log", e)
			}
			e.Body()
			if err := j.Redact(t.Context(), e.ID); err != nil {
				t.Fatalf("redact %+v: %v", e, err)
			}
		}
		id := put(t, j, ten(t))
		if e, err := j.Get(id); err != nil || e.Outcome != journal.Verified || string(e.Body()) != `{"output":"high at ten"}` {
			t.Fatalf("%+v, %v", e, err)
		}
	})
}

// TestServerOfAnotherName lists an entry under the present name of its server.
func TestServerOfAnotherName(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	j := open(t, dir, journal.Options{})
	if r, err := j.Recorder("file:/link.db").Begin(t.Context(), ten(t)); err != nil {
		t.Fatal(err)
	} else {
		journal.Die(r)
	}
	now := journal.Options{Server: func(recorded string) string { return strings.Replace(recorded, "link", "real", 1) }}
	again := open(t, dir, now)
	for _, entries := range [][]journal.Entry{
		list(t, again, journal.Filter{Server: "file:/real.db"}), list(t, journal.Peek(dir, now), journal.Filter{Server: "file:/real.db"}),
	} {
		if len(entries) != 1 || entries[0].Server != "file:/real.db" {
			t.Errorf("listed %+v", entries)
		}
	}
	if left, err := again.Pending("file:/real.db"); err != nil || len(left) != 1 {
		t.Errorf("pending: %+v, %v", left, err)
	}
}
