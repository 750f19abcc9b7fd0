package pager

import (
	"strings"
	"testing"

	"errata/model"
	"errata/ui/change"
	"errata/ui/theme"
)

func TestJoin(t *testing.T) {
	t.Parallel()
	th := theme.For("dark", theme.Terminal{})
	s := Join(Heading("head", th.Heading), Plain("one\ntwo", th), blocks{}, Line(Run{Text: "key ", Style: th.Key}, Run{}, Run{Text: "word", Style: th.Text}),
		Join(Plain("inner", th), Plain("last", th)))
	if got, want := strings.Join(texts(t, s), "|"), "head|one|two|key word|inner|last"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if spans := s.Block(3).Spans; len(spans) != 2 || spans[1].Start != 4 || spans[1].End != 8 {
		t.Errorf("the runs of a line are %v", spans)
	}
}

func TestGoToBlock(t *testing.T) {
	t.Parallel()
	m := open(Plain(numbered(100), theme.None()), 20, 5)
	for block, want := range map[int]string{0: "line 1", 50: "line 51", 95: "line 96", 99: "line 96", 500: "line 96"} {
		m.GoToBlock(block)
		if got := strings.Split(frame(m), "\n")[0]; got != want {
			t.Errorf("block %d: the first line is %q, want %q", block, got, want)
		}
	}
}

func TestChanges(t *testing.T) {
	t.Parallel()
	f, _ := model.Lookup("output")
	old, now := model.Raw([]byte(`"high water at noon"`)), model.Raw([]byte(`"high water at ten"`))
	lines := change.Lines(f, old, now)
	s := Changes(lines, theme.None())
	if s.Len() != len(lines) {
		t.Fatalf("%d blocks of %d lines", s.Len(), len(lines))
	}
	for i, l := range lines {
		b := s.Block(i)
		if want := l.Kind.Sign() + " " + l.Text; b.Text != want {
			t.Errorf("block %d is %q, want %q", i, b.Text, want)
		}
		at := 0
		for _, sp := range b.Spans {
			if sp.Start != at || sp.End <= sp.Start {
				t.Errorf("block %d: the spans %v do not follow each other", i, b.Spans)
			}
			at = sp.End
		}
		if at != len(b.Text) {
			t.Errorf("block %d: its spans end at %d of %d", i, at, len(b.Text))
		}
	}
}
