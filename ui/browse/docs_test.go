package browse

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"errata/model"
	"errata/ui/theme"
)

// rereader is a screen with a preview over many logs, whose documents can be read again.
func rereader(t *testing.T, s *shelf, read func(id string) error) *driver {
	t.Helper()
	o := options()
	o.Read = func(_ context.Context, prompt string, ids []string) (logs []*model.Log, err error) {
		for _, id := range ids {
			if prompt != "pr_1" {
				t.Errorf("%s is looked for in prompt %q", id, prompt)
			}
			if err := read(id); err != nil {
				return nil, err
			}
			if at := slices.IndexFunc(s.docs, func(doc string) bool { return strings.Contains(doc, `"`+id+`"`) }); at >= 0 {
				log, err := model.ParseLog([]byte(s.docs[at]))
				if err != nil {
					return nil, err
				}
				logs = append(logs, log)
			}
		}
		return logs, nil
	}
	d := staged(t, New(s, theme.None(), o))
	d.SetSize(140, 24)
	d.Run(d.Init())
	for range 20 {
		d.press("G")
	}
	return d
}

// Of a long list only the documents around the cursor are held; one that was let go is read again
// when the cursor comes back to it.
func TestDocumentsFarFromTheCursorAreReadAgain(t *testing.T) {
	t.Parallel()
	s := &shelf{t: t, docs: docs(2 * docsMost)}
	var asked []string
	d := rereader(t, s, func(id string) error { asked = append(asked, id); return nil })
	if n := len(d.docs.byID); n != docsMost {
		t.Errorf("%d documents of %d are held", n, 2*docsMost)
	}
	if len(asked) > 0 {
		t.Errorf("%v were read again on the way down", asked)
	}
	d.press("g")
	d.wants("log_000  tides/ask", "answer 0")
	d.Hold = true
	d.press("j")
	d.wants("log_001  tides/ask", "reading …")
	d.press("G")
	d.Release()
	d.wants(fmt.Sprintf("answer %d", 2*docsMost-1))
	if want := []string{"log_000", "log_001"}; !slices.Equal(asked, want) {
		t.Errorf("asked for %v, want %v", asked, want)
	}
}

func TestADocumentThatCannotBeReadAgainSaysWhy(t *testing.T) {
	t.Parallel()
	s := &shelf{t: t, docs: docs(2 * docsMost)}
	calls := 0
	d := rereader(t, s, func(id string) error {
		if calls++; id == "log_001" {
			return errors.New("the server is tired")
		}
		return nil
	})
	s.docs[0] = "{}"
	d.press("g")
	d.wants("this log is not there any more")
	d.press("j")
	d.wants("the server is tired")
	d.press("k", "j")
	d.wants("the server is tired")
	if calls != 2 {
		t.Errorf("%d calls for two logs that cannot be read", calls)
	}
	d.press("R")
	d.lacks("tired")
}

// A document that comes again counts as new: it does not go when its first turn comes.
func TestADocumentThatComesAgainStays(t *testing.T) {
	t.Parallel()
	log, err := model.ParseLog([]byte(doc(1)))
	if err != nil {
		t.Fatal(err)
	}
	var c cache
	for i := range docsMost {
		c.put(fmt.Sprint(i), log)
	}
	c.put("0", log)
	c.put("more", log)
	if c.get("0") == nil || c.get("1") != nil || c.size != docsMost*len(log.Bytes()) {
		t.Errorf("0 is held: %v, 1 is held: %v, %d bytes", c.get("0") != nil, c.get("1") != nil, c.size)
	}
}

func TestTextsInOneString(t *testing.T) {
	t.Parallel()
	list := []string{"log_1", "", "a\x00b", strings.Repeat("é", 300), "end"}
	packed := newTexts(list...)
	for i, want := range append(list, "") {
		if got := packed.at(i); got != want {
			t.Errorf("text %d is %q, want %q", i, got, want)
		}
	}
}

// Rows that come later stand where they belong, and the cursor stays on its log.
func TestLaterRowsGoWhereTheyBelong(t *testing.T) {
	t.Parallel()
	d := drive(t, &shelf{t: t, docs: docs(130)}, 80, 24)
	d.press("s", "s", "s", "j", "j", "j")
	id, _ := d.Selected()
	for d.source.list != nil && !d.source.done {
		d.Run(d.load())
		d.at(id)
	}
	if !slices.IsSortedFunc(d.rows, d.before) || len(d.rows) != 130 {
		t.Errorf("%d rows, and they are not sorted", len(d.rows))
	}
}
