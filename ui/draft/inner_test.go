package draft_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"errata/ui/draft"
)

// TestInnerTextIsShown shows what errata drafts makes of an inner text.
func TestInnerTextIsShown(t *testing.T) {
	t.Parallel()
	const doc = `{"a": "x", "b": [1, {"c": null}]}`
	name := draft.Enter{Place: "p", Path: []int{1, 1, 0}, Name: true}
	for what, c := range map[string]struct {
		base string
		at   draft.Enter
		text string
		want string
	}{
		"a string":                 {doc, enter("p", "", 0), "y\n", `{"a": "y\n", "b": [1, {"c": null}]}`},
		"a number":                 {doc, enter("p", "", 1, 0), "2.50", `{"a": "x", "b": [2.50, {"c": null}]}`},
		"what is not a number yet": {doc, enter("p", "", 1, 0), "2.", `{"a": "x", "b": ["2.", {"c": null}]}`},
		"a name":                   {doc, name, "d\"", `{"a": "x", "b": [1, {"d\"": null}]}`},
		"the whole":                {`"x"`, enter("p", ""), "y", `"y"`},
		"nothing yet":              {``, enter("p", ""), "y", `"y"`},
		"a place that is not":      {doc, enter("p", "", 4), "y", doc},
		"the name of an element":   {`[1]`, draft.Enter{Path: []int{0}, Name: true}, "y", `[1]`},
		"the name of the root":     {doc, draft.Enter{Name: true}, "y", doc},
		"what is not a text":       {doc, enter("p", "", 0), "\xff", doc},
		"a broken literal":         {`{"a":`, enter("p", "", 0), "y", `{"a":`},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			d, _ := take(t, b.Store)
			add(t, d, literal("inputs", c.base), c.at, splice(0, 0, c.text))
			list, err := b.List(t.Context())
			if err != nil || len(list) != 1 || len(list[0].Changes) != 1 {
				t.Fatalf("list: %+v, %v", list, err)
			}
			if got := list[0].Changes[0].Edit; got.Text != c.want || !errors.Is(got.Err, draft.ErrTyping) {
				t.Errorf("shown as %s (%v), want %s", got.Text, got.Err, c.want)
			}
			entry := list[0].Entry
			if lost := what == "a place that is not" || what == "a broken literal"; (entry != nil) != lost {
				t.Errorf("the entry is %v", entry)
			} else if lost && entry.Text != c.text {
				t.Errorf("the entry is %q", entry.Text)
			}
			shut(t, d)
			if in := reread(t, b.dir).Open.Inner; in == nil || string(in.Text) != c.text {
				t.Errorf("restored inner text %+v", in)
			}
		})
	}
}

func TestInnerMistakesAreRefused(t *testing.T) {
	t.Parallel()
	for _, events := range [][]draft.Event{
		{enter("p", "x", 0)},
		{literal("inputs", `{"a":"x"}`), enter("p", "x", 0), splice(2, 0, "y")},
		{literal("inputs", `{"a":"x"}`), enter("p", "x", 0), splice(1, 0, "y"), draft.Leave{Outer: splice(10, 0, "y")}},
		{literal("inputs", `{"a":"x"}`), draft.Leave{Outer: splice(9, 1, "")}},
		{draft.Leave{Outer: splice(0, 0, "x")}},
	} {
		b := newBench(t)
		d, _ := take(t, b.Store)
		add(t, d, step("source", `"a"`, nil, value(`"b"`)))
		if err := d.Append(events...); err == nil {
			t.Errorf("%v is taken", events)
		}
		shut(t, d)
		if state := reread(t, b.dir); state.Lost != 0 {
			t.Errorf("%v damaged the file", events)
		}
	}
}

// TestLookingInsideIsNoChange goes into values and out again.
func TestLookingInsideIsNoChange(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	d, _ := take(t, b.Store)
	for _, e := range []draft.Event{
		literal("inputs", `{"a":"x"}`), enter("p", "x", 0), enter("q", "a"), draft.Leave{}, draft.Leave{}, draft.Close{},
	} {
		add(t, d, e)
	}
	if list := files(t, b.dir, ".draft"); len(list) != 0 {
		t.Errorf("looking made %v", list)
	}
	add(t, d, literal("inputs", `{"a":"x"}`), splice(0, 0, " "))
	before := size(t, theFile(t, b.dir))
	add(t, d, enter("p", "x", 0), draft.Leave{}, enter("p", "x", 0))
	if size(t, theFile(t, b.dir)) != before {
		t.Error("looking inside is recorded")
	}
	shut(t, d)
	if o := reread(t, b.dir).Open; o == nil || o.Inner != nil || string(o.Text) != ` {"a":"x"}` || !o.Literal {
		t.Errorf("restored %+v", o)
	}
}

// TestInnerTextDropped shows that an inner text that was dropped leaves nothing, not even a draft.
func TestInnerTextDropped(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	d, _ := take(t, b.Store)
	add(t, d, literal("inputs", `{"a":"x"}`), enter("p", "x", 0), splice(0, 0, "y"))
	add(t, d, draft.Leave{})
	if list, err := b.List(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("list: %+v, %v", list, err)
	}
	content, err := os.ReadFile(theFile(t, b.dir))
	if o := planted(t, content).Open; err != nil || o != nil {
		t.Errorf("restored %+v (%v)", o, err)
	}
	shut(t, d)
	if list := files(t, b.dir, ".draft"); len(list) != 0 {
		t.Errorf("left: %v", list)
	}
}

// TestInnerTextGoesOnAfterRestart does what the form does with a draft: it opens the literal and
// the inner text as they stood.
func TestInnerTextGoesOnAfterRestart(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	d, _ := take(t, b.Store)
	add(t, d, literal("inputs", `{"a":"x"}`), splice(0, 0, " "), enter("p", "x", 0), splice(1, 0, "y"))
	shut(t, d)
	d, state := take(t, b.Store)
	before := size(t, theFile(t, b.dir))
	o := state.Open
	add(t, d, o.Open, *o.Inner)
	if size(t, theFile(t, b.dir)) != before {
		t.Error("going on is recorded")
	}
	add(t, d, splice(2, 0, "z"))
	other := *o.Inner
	other.Text = []byte("all new")
	add(t, d, other) // a whole new text, as undo in the editor gives
	content, _ := os.ReadFile(theFile(t, b.dir))
	if in := planted(t, content).Open.Inner; string(in.Text) != "all new" || in.Place != "p" {
		t.Errorf("restored %+v", in)
	}
	add(t, d, draft.Leave{Outer: splice(7, 1, "all new")})
	add(t, d, step("inputs", `{"a":"x"}`, nil, value(`{"a":"all new"}`)), draft.Close{})
	shut(t, d)
	if got := dump(reread(t, b.dir)); !strings.Contains(got, `inputs: {"a":"x"} -> {"a":"all new"}`) || strings.Contains(got, "open") {
		t.Errorf("got\n%s", got)
	}
}

// TestLeavingIsOneRecord cuts the file within what leaves an inner text: it is there, or what
// became of it.
func TestLeavingIsOneRecord(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	d, _ := take(t, b.Store)
	add(t, d, literal("inputs", `{"a":"x"}`), enter("p", "x", 0), splice(0, 1, "long"))
	before := size(t, theFile(t, b.dir))
	add(t, d, draft.Leave{Outer: splice(6, 1, "long")})
	content, err := os.ReadFile(theFile(t, b.dir))
	shut(t, d)
	if err != nil {
		t.Fatal(err)
	}
	for cut := int(before); cut <= len(content); cut++ {
		if got := dump(planted(t, content[:cut])); !strings.Contains(got, "long") {
			t.Errorf("cut at %d: %s", cut, got)
		}
	}
}
