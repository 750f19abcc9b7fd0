package draft_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"errata/ui/draft"
)

// TestBriefIsWhatIsListed, and texts are not read for it where that can be told without.
func TestBriefIsWhatIsListed(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("High water at the pier. ", 1<<16)
	base := `"` + long + `"`
	typing := []draft.Event{open("output", base, long), draft.Splice{At: 5, Ins: []byte("ebb")}}
	changed := step("output", base, nil, value(`"`+long+`ebb"`))
	talk := `[{"content":` + base + `}]`
	within := []draft.Event{
		literal("messages", talk),
		draft.Enter{Place: "0", Path: []int{0, 0}, Text: []byte(long)},
	}
	inside := append(slices.Clone(within), draft.Splice{At: 5, Ins: []byte("ebb")})
	left := func(s draft.Splice) []draft.Event { return append(slices.Clone(inside), draft.Leave{Outer: s}) }
	reverted := step("output", base, changed.After, nil)
	for _, c := range []struct {
		name    string
		events  []draft.Event
		unread  bool
		waiting bool
	}{
		{"typed into", typing, true, true},
		{"changed, and closed", append(slices.Clone(typing), changed, draft.Close{}), true, true},
		{"one of two put back", []draft.Event{changed, step("source", `"a"`, nil, value(`"b"`)), reverted}, true, true},
		{"typed into a text within", inside, true, true},
		{"which became a part of the value", left(draft.Splice{At: 20, Ins: []byte("ebb")}), true, true},
		{"only opened", typing[:1], false, false},
		{"undone of two", []draft.Event{changed, step("source", `"a"`, nil, value(`"b"`)), draft.Undo{}}, false, true},
		{"small", []draft.Event{step("source", `"a"`, nil, value(`"b"`)), draft.Moved{ETag: `"b"`}}, true, true},
	} {
		b := ahead(t.TempDir(), 1) // a text is on the disk before somebody types
		d, _ := take(t, b.Store)
		add(t, d, c.events...)
		b.pass(time.Second)
		content, err := os.ReadFile(theFile(t, b.dir))
		shut(t, d)
		if err != nil {
			t.Fatal(err)
		}
		plant(t, b.dir, content) // as a process leaves it that dies
		fresh := onDir(b.dir)
		brief, err := fresh.Brief(t.Context(), id.Server)
		if err != nil || c.waiting != (len(brief) == 1) {
			t.Errorf("%s: %v, %v", c.name, brief, err)
		}
		if unread := fresh.fs.count("read .draft") == 0; unread != c.unread {
			t.Errorf("%s: not read: %v", c.name, unread)
		}
		if list, err := fresh.ListOf(t.Context(), id.Server); err != nil || summary(list) != summary(brief) {
			t.Errorf("%s: %s in brief, listed %s", c.name, summary(brief), summary(list))
		}
		if other, err := fresh.Brief(t.Context(), "https://other.test/v5"); err != nil || len(other) != 0 {
			t.Errorf("%s: of another server: %v, %v", c.name, other, err)
		}
	}
}

// TestBriefReadsWhatIsDamaged: what can be read of a file that was cut decides.
func TestBriefReadsWhatIsDamaged(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("High water at the pier. ", 1<<16)
	b := newBench(t)
	d, _ := take(t, b.Store)
	add(t, d, step("output", `"`+long+`"`, nil, value(`"`+long+`ebb"`)), step("source", `"a"`, nil, value(`"b"`)))
	content, err := os.ReadFile(theFile(t, b.dir))
	shut(t, d)
	if err != nil {
		t.Fatal(err)
	}
	changed := slices.Clone(content)
	changed[len(changed)-1] ^= 1
	for what, file := range map[string][]byte{
		"cut by 1": content[:len(content)-1], "cut by 5": content[:len(content)-5], "cut by 30": content[:len(content)-30],
		"cut by 40": content[:len(content)-40], "changed": changed,
	} {
		plant(t, b.dir, file)
		fresh := onDir(b.dir)
		list, _ := fresh.ListOf(t.Context(), id.Server)
		if brief, _ := fresh.Brief(t.Context(), id.Server); len(list) != 1 || summary(brief) != summary(list) {
			t.Errorf("%s: %s in brief, listed %s", what, summary(brief), summary(list))
		}
	}
}

// summary is which logs a list has, and which of their fields.
func summary(list []draft.Info) (text string) {
	for _, info := range list {
		text += info.LogID
		for _, c := range info.Changes {
			text += " " + c.Field.Name
		}
	}
	return text
}
