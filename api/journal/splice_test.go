package journal_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"errata/api"
	"errata/api/journal"
	"errata/api/save"
	"errata/model"
	"errata/model/jsonraw"
)

// tides is a text of about size bytes in which no two lines are the same.
func tides(size int) string {
	var b strings.Builder
	for n := 0; b.Len() < size; n++ {
		fmt.Fprintf(&b, `Day %d: high water at the northern pier, low water by the lock – ebb.\n`, n)
	}
	return b.String()
}

// largeLog is a log whose output is a text.
func largeLog(text string) string {
	return strings.Replace(doc, "high at nine", text, 1)
}

// sendsLarge records that the output of a log went from one text to another, and that the server
// holds what was sent; it gives the entry.
func sendsLarge(t testing.TB, j *journal.Journal, was, is string, got string) journal.Entry {
	t.Helper()
	r := begin(t, j, edited(t, largeLog(was), map[string]string{"output": `"` + is + `"`}))
	if err := r.End(t.Context(), save.Result{Outcome: save.Verified, Got: parse(t, largeLog(got))}); err != nil {
		t.Fatal(err)
	}
	e, err := j.Get(r.ID())
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// inverse is the output that taking an entry back gives, and what moved.
func inverse(t testing.TB, j *journal.Journal, e journal.Entry, now string) (output, moved string) {
	t.Helper()
	v, err := j.Inverse(e, parse(t, now))
	if err != nil {
		t.Fatal(err)
	}
	return string(v.Changes.Value(field(t, "output")).Bytes()), names(v.Moved)
}

// segmentSize is the size of the only segment of a journal.
func segmentSize(t testing.TB, dir string) int64 {
	t.Helper()
	info, err := os.Stat(filepath.Join(dir, "journal", "00000001.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

func TestALargeChangeIsWrittenAsASplice(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	j := open(t, dir, journal.Options{})
	was := tides(400 << 10)
	for _, is := range []string{
		strings.Replace(was, "Day 2000:", "Day 2000 –", 1), // in the middle, of other characters
		"Spring. " + was, was + "Neap.", was[:len(was)-300], // at both ends
		strings.Replace(was, `Day 900: high water at the northern pier, `, "", 1),
	} {
		before := segmentSize(t, dir)
		e := sendsLarge(t, j, was, is, is)
		if grown := segmentSize(t, dir) - before; grown > 4000 {
			t.Errorf("%d bytes were written", grown)
		}
		c := e.Changes[0]
		if !e.Spliced() || e.Redacted || e.Body() != nil || c.OldSum.Length != len(was)+2 || c.NewSum.Length != len(is)+2 {
			t.Errorf("read back: %+v", c)
		}
		if got, moved := inverse(t, j, e, largeLog(is)); got != `"`+was+`"` || moved != "" {
			t.Errorf("undone to %d bytes, moved %q", len(got), moved)
		}
		if v, err := j.Inverse(e, parse(t, largeLog(was))); err != nil || len(v.Changes.Changed()) != 0 {
			t.Errorf("undone already: %v, %v", v.Changes.Changed(), err)
		}
	}
}

// TestAnOldValueIsTakenForOneByItsHashAlone: of a large value that the log holds with the change in
// the middle, the old one is made as it was; and where the journal tells of the place what does not
// give the hash that it has of the old value, the change counts as one that somebody else changed.
func TestAnOldValueIsTakenForOneByItsHashAlone(t *testing.T) {
	t.Parallel()
	j := open(t, t.TempDir(), journal.Options{})
	was := tides(3 << 20)
	is := strings.Replace(was, "Day 20000:", "Day twenty thousand:", 1)
	e := sendsLarge(t, j, was, is, is)
	if got, moved := inverse(t, j, e, largeLog(is)); got != `"`+was+`"` || moved != "" {
		t.Errorf("undone to %d bytes, moved %q", len(got), moved)
	}
	tampered := *e.Changes[0].Splice
	tampered.Old = bytes.Replace(tampered.Old, []byte("0"), []byte("1"), 1)
	e.Changes[0].Splice = &tampered
	if _, moved := inverse(t, j, e, largeLog(is)); moved != "output" {
		t.Errorf("with another old value in the journal: moved %q", moved)
	}
}

func TestASpliceIsShownWithWhatStandsAround(t *testing.T) {
	t.Parallel()
	was := tides(400 << 10)
	e := sendsLarge(t, open(t, t.TempDir(), journal.Options{}), was, strings.Replace(was, "Day 2000: high", "Day 2000: quite high", 1), strings.Replace(was, "Day 2000: high", "Day 2000: quite high", 1))
	old, sent := e.Changes[0].Shown()
	for _, c := range []struct {
		v    model.Value
		want string
	}{{old, "\nDay 2000: high water"}, {sent, "\nDay 2000: quite high water"}} {
		if text, ok := c.v.Text(); !ok || !strings.Contains(text, c.want) || len(text) > 600 {
			t.Errorf("shown: %v %q", ok, text)
		}
	}
}

func TestSmallAndWholeChangesAreWrittenWhole(t *testing.T) {
	t.Parallel()
	j := open(t, t.TempDir(), journal.Options{})
	small, large := tides(100<<10), tides(400<<10)
	for _, c := range []struct{ was, is string }{{small, small + "Neap."}, {large, strings.ToUpper(strings.ReplaceAll(large, `\n`, " "))}} {
		if e := sendsLarge(t, j, c.was, c.is, c.is); e.Spliced() || string(e.Changes[0].Old.Bytes()) != `"`+c.was+`"` {
			t.Error("a splice is in its place")
		}
	}
}

func TestAnUndoOfASpliceAfterTheLogMovedOn(t *testing.T) {
	t.Parallel()
	j := open(t, t.TempDir(), journal.Options{})
	first := tides(400 << 10)
	second := strings.Replace(first, "Day 1000:", "Day one thousand:", 1)
	third := strings.Replace(second, "Day 1000", "Day 1000", 1) + "Neap."
	fourth := strings.Replace(third, "Day one thousand:", "Day 10³:", 1)
	a := sendsLarge(t, j, first, second, second)
	b := sendsLarge(t, j, second, third, third)
	c := sendsLarge(t, j, third, fourth, fourth)
	elsewhere := strings.Replace(largeLog(second), `"prompt_tokens": 12`, `"prompt_tokens": 13`, 1)
	for _, tc := range []struct {
		what        string
		e           journal.Entry
		now         string
		want, moved string
	}{
		{"another field moved", a, elsewhere, first, ""},
		{"sent since, elsewhere in the text", a, largeLog(third), first + "Neap.", "output"},
		{"sent since, in the same place and elsewhere", a, largeLog(fourth), first + "Neap.", "output"},
		{"the one in between", b, largeLog(fourth), strings.Replace(second, "Day one thousand:", "Day 10³:", 1), "output"},
		{"the newest", c, largeLog(fourth), third, ""},
		{"changed by others, elsewhere in the text", a, largeLog("Spring. " + third), "Spring. " + first + "Neap.", "output"},
	} {
		if got, moved := inverse(t, j, tc.e, tc.now); got != `"`+tc.want+`"` || moved != tc.moved {
			t.Errorf("%s: undone to %d bytes, want %d, moved %q", tc.what, len(got), len(tc.want), moved)
		}
	}
	for _, now := range []string{strings.Replace(first, "Day 1000:", "Day M:", 1), "Neap.", second + second} {
		if _, err := j.Inverse(a, parse(t, largeLog(now))); api.CodeOf(err) != api.Conflict || !strings.Contains(err.Error(), "changed again") {
			t.Errorf("changed by others in the same place: %v", err)
		}
	}
}

// TestAChangeIsNotTakenOutOfALikePassage: two passages say the same, the same change was made in
// both, and the first was changed again since. What is found is the second then, which an undo of
// the change in the first leaves as it is.
func TestAChangeIsNotTakenOutOfALikePassage(t *testing.T) {
	t.Parallel()
	j := open(t, t.TempDir(), journal.Options{})
	around := tides(1 << 10)
	says := func(first, second string) string {
		return "Spring. " + around + first + around + tides(400<<10) + around + second + around + "Neap."
	}
	e := sendsLarge(t, j, says("low", "low"), says("high", "low"), says("high", "low"))
	if got, _ := inverse(t, j, e, largeLog(says("high", "slack"))); got != `"`+says("low", "slack")+`"` {
		t.Error("where the other passage was changed the change is not taken out of the first")
	}
	if v, err := j.Inverse(e, parse(t, largeLog(says("highest", "high")))); api.CodeOf(err) != api.Conflict {
		t.Errorf("it becomes %.80q, %v", v.Changes.Patch(), err)
	}
}

// TestAChangeIsTakenOutOfALargeTextWithoutACopy: it shares the memory of the log, and is refused
// where what is put back does not fit into what is there now.
func TestAChangeIsTakenOutOfALargeTextWithoutACopy(t *testing.T) {
	t.Parallel()
	j := open(t, t.TempDir(), journal.Options{})
	first := tides(3 << 20)
	second := strings.Replace(first, "Day 20000:", "Day twenty thousand:", 1)
	e := sendsLarge(t, j, first, second, second)
	log := parse(t, largeLog("Spring. "+second+"Neap."))
	v, err := j.Inverse(e, log)
	if err != nil {
		t.Fatal(err)
	}
	f := field(t, "output")
	old, is := v.Changes.Value(f), log.Value(f)
	if parts := old.Parts(); len(parts) < 2 || &parts[0][0] != &is.Bytes()[0] {
		t.Errorf("it is in %d parts", len(parts))
	}
	if string(old.Bytes()) != `"Spring. `+first+`Neap."` {
		t.Error("it is undone to something else")
	}
	e.Changes[0].Splice.Old = []byte(`"`)
	if _, err := j.Inverse(e, log); err == nil {
		t.Error("a quote is put back into the text")
	}
}

// TestWhatTheServerHoldsOtherwiseIsWrittenWhole: a server that keeps a value in other words, or not
// at all, cannot tell the old one.
func TestWhatTheServerHoldsOtherwiseIsWrittenWhole(t *testing.T) {
	t.Parallel()
	was := tides(400 << 10)
	is := was + "Neap."
	for _, r := range []save.Result{
		{Outcome: save.Verified, Got: parse(t, largeLog(strings.ReplaceAll(is, "–", `\u2013`)))},
		{Outcome: save.Verified},
		{Outcome: save.Unkept, Unkept: []*model.Field{field(t, "output")}, Got: parse(t, doc)},
		{Outcome: save.Accepted}, {Outcome: save.Unknown},
	} {
		// the outcome is in a segment of its own
		j := open(t, t.TempDir(), journal.Options{Segment: 1000})
		record := begin(t, j, edited(t, largeLog(was), map[string]string{"output": `"` + is + `"`}))
		if err := record.End(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		e, err := j.Get(record.ID())
		if err != nil || e.Spliced() || string(e.Changes[0].Old.Bytes()) != `"`+was+`"` || string(e.Changes[0].New.Bytes()) != `"`+is+`"` {
			t.Errorf("outcome %v: %v, spliced: %v", r.Outcome, err, e.Spliced())
		}
		if at, err := j.At(e.ID, e.Place); err != nil || at.Spliced() {
			t.Errorf("outcome %v, read from its place: %v", r.Outcome, err)
		}
		if got, _ := inverse(t, j, e, strings.Replace(doc, "high at nine", "gone", 1)); got != `"`+was+`"` {
			t.Errorf("outcome %v: undone to %.40q", r.Outcome, got)
		}
	}
}

func TestNothingOfASpliceIsLeftByARedaction(t *testing.T) {
	t.Parallel()
	was := tides(400 << 10)
	is := strings.Replace(was, "Day 2000:", "Day 2000, says Ada:", 1)
	everything := func(e journal.Entry, _ []byte) bool { return e.LogID == "log_1" }
	for _, how := range []func(j *journal.Journal, id string) error{
		func(j *journal.Journal, id string) error { return j.Redact(t.Context(), id) },
		func(j *journal.Journal, _ string) error { _, err := j.Purge(t.Context(), everything); return err },
	} {
		for _, segment := range []int64{1000, 16 << 20} {
			dir := t.TempDir()
			j := open(t, dir, journal.Options{Segment: segment})
			whole := sendsLarge(t, j, was, is, "lost").ID
			spliced := sendsLarge(t, j, was, is, is).ID
			for _, id := range []string{whole, spliced} {
				if err := how(j, id); err != nil {
					t.Fatal(err)
				}
				e, err := j.Get(id)
				if err != nil || !e.Redacted || e.Spliced() || e.Outcome != journal.Verified || e.Changes[0].NewSum == nil {
					t.Errorf("redacted: %+v, %v", e, err)
				}
			}
			for name, text := range files(t, dir) {
				if bytes.Contains(text, []byte("Day 20")) {
					t.Errorf("%s holds text", name)
				}
			}
		}
	}
}

func TestASpliceIsSettled(t *testing.T) {
	t.Parallel()
	was := tides(400 << 10)
	is := was + "Neap."
	for now, want := range map[string]journal.Outcome{was: journal.NotSaved, is: journal.Saved, "Neap.": journal.Unknown} {
		j := open(t, t.TempDir(), journal.Options{})
		r := begin(t, j, edited(t, largeLog(was), map[string]string{"output": `"` + is + `"`}))
		journal.Die(r)
		left, err := j.Pending(server)
		if err != nil || len(left) != 1 {
			t.Fatalf("pending: %d, %v", len(left), err)
		}
		if e, err := j.Settle(t.Context(), fake(t, largeLog(now)), left[0]); err != nil || e.Outcome != want {
			t.Errorf("%v, want %v: %v", e.Outcome, want, err)
		}
	}
}

// TestEveryPrefixOfASplicedRecordIsRead cuts the file wherever a process that writes it may be
// killed: what was whole before is read, and what was being written is not there, or is under way.
func TestEveryPrefixOfASplicedRecordIsRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	j := open(t, dir, journal.Options{})
	was := tides(300 << 10)
	is := strings.Replace(was, "Day 2000:", "Day 2000 –", 1)
	put(t, j, ten(t))
	first := segmentSize(t, dir)
	r := begin(t, j, edited(t, largeLog(was), map[string]string{"output": `"` + is + `"`}))
	second := segmentSize(t, dir)
	if err := r.End(t.Context(), save.Result{Outcome: save.Verified, Got: parse(t, largeLog(is))}); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "journal", "00000001.jsonl")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for cut := first; cut <= int64(len(data)); cut++ {
		if err := os.WriteFile(name, data[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		var outcomes []journal.Outcome
		for e, err := range journal.Peek(dir, journal.Options{}).Entries(journal.Filter{}) {
			if err != nil {
				t.Fatalf("cut at %d: %v", cut, err)
			}
			outcomes = append(outcomes, e.Outcome)
			if e.Spliced() {
				if got, _ := inverse(t, j, e, largeLog(is)); got != `"`+was+`"` {
					t.Fatalf("cut at %d: undone to %d bytes", cut, len(got))
				}
			}
		}
		want := []journal.Outcome{journal.Verified}
		switch {
		case cut == int64(len(data)):
			want = []journal.Outcome{journal.Verified, journal.Verified}
		case cut >= second:
			want = []journal.Outcome{journal.Pending, journal.Verified}
		}
		if fmt.Sprint(outcomes) != fmt.Sprint(want) {
			t.Fatalf("cut at %d of %d: %v, want %v", cut, len(data), outcomes, want)
		}
	}
}

// TestLargeRecordsOfEarlierBuildsAreUndone: they hold both values whole.
func TestLargeRecordsOfEarlierBuildsAreUndone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	j := open(t, dir, journal.Options{})
	was := tides(400 << 10)
	record := `"begin":"1rkx3b7q0s9zm","time":"2025-03-01T10:00:00Z","server":"` + server + `","log_id":"log_1","prompt_id":"pr_1","changes":[{"field":"output",` +
		`"old":{"literal":` + string(jsonraw.Literal(`"`+was+`"`)) + `},"new":{"literal":"\"Neap.\""}}]}`
	lines := append(journal.Sign([]byte(record)), journal.Sign([]byte(`"end":"1rkx3b7q0s9zm","time":"2025-03-01T10:00:01Z","outcome":"verified"}`))...)
	if err := os.WriteFile(filepath.Join(dir, "journal", "00000001.jsonl"), lines, 0o600); err != nil {
		t.Fatal(err)
	}
	e, err := j.Get("1rkx3b7q0s9zm")
	if err != nil {
		t.Fatal(err)
	}
	for _, now := range []string{"Neap.", "moved on"} {
		if got, _ := inverse(t, j, e, largeLog(now)); got != `"`+was+`"` {
			t.Errorf("undone to %d bytes", len(got))
		}
	}
}

// TestAnUndoThatWouldTakeMinutesIsRefused: of an entry that changed both ends of a large text of
// one line, and what came since between them, nobody can tell soon what is whose. Where the text
// has lines it is taken back.
func TestAnUndoThatWouldTakeMinutesIsRefused(t *testing.T) {
	t.Parallel()
	j := open(t, t.TempDir(), journal.Options{})
	lines := func(first, last string) string { return first + `\n` + tides(2<<20) + last }
	line := func(first, last string) string { return strings.ReplaceAll(lines(first, last), `\n`, " ") }
	was, is := line("High.", "Ebb."), line("Low.", "Flood.")
	e := sendsLarge(t, j, was, is, is)
	later := func(text string) string {
		return strings.Replace(strings.Replace(text, "Day 2000:", "Day two thousand:", 1), "Day 4000:", "Day four thousand:", 1)
	}
	_, err := j.Inverse(e, parse(t, largeLog(later(is))))
	if api.CodeOf(err) != api.Conflict || !strings.Contains(err.Error(), "too much text in one place") {
		t.Errorf("it is %v", err)
	}
	was, is = lines("High.", "Ebb."), lines("Low.", "Flood.")
	e = sendsLarge(t, j, was, is, is)
	if got, moved := inverse(t, j, e, largeLog(later(is))); got != `"`+later(was)+`"` || moved != "output" {
		t.Errorf("by lines: %d bytes, moved %q", len(got), moved)
	}
}
