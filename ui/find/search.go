package find

import (
	"regexp"
	"slices"
	"sort"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/figure"
	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/theme"
)

// backgroundSize is the size from which a value is searched away from the keys.
const backgroundSize = 256 << 10

// Search is what somebody looks for in a value, and what was found. The zero Search has looked for
// nothing. It belongs to the goroutine of Update.
type Search struct {
	Options Options
	Last    *Last // with which the prompt opens; nil until there is something

	prompt *Prompt      // nil when it is closed
	th     *theme.Theme // by which it was last asked; nil before that
	text   InText       // the search in an editor within the value
	query  string
	regex  bool
	re     *regexp.Regexp // nil when no hits are shown

	root   *tree.Node // in which the hits are
	hits   []Hit      // in the order of the value
	steps  Steps      // through hits
	way    way
	under  *Run      // under way, nil when it has ended
	passed int       // bytes that it has passed
	shown  tree.Path // where the cursor was put for the current hit
	news   bars.News
}

// way says which hit is shown first, seen from a node.
type way struct {
	from tree.Path
	at   int // for by 0: the byte of the value from which on hits count that are the node's own
	by   int // 0 the first hit there or behind, 1 the first behind the node, -1 the last before
}

// Target is a hit at which a search begins: a byte of the value's literal.
type Target struct {
	Last
	At int
}

// Pattern is what is looked for, for the marks; nil when nothing is.
func (s *Search) Pattern() *regexp.Regexp { return s.re }

// Current is the hit that is shown; ok is false when none is.
func (s *Search) Current() (h Hit, ok bool) {
	if s.re == nil || s.steps.Current < 0 || s.steps.Current >= len(s.hits) {
		return Hit{}, false
	}
	return s.hits[s.steps.Current], true
}

// Shown says where the cursor is now that the current hit is shown: the next hit is looked for from
// the cursor when it has gone from there.
func (s *Search) Shown(at tree.Path) { s.shown = at }

// At is where the cursor was put for the current hit.
func (s *Search) At() tree.Path { return s.shown }

// Seek is the hit that is shown as one of the text of a node, for an editor of that text. There is
// none to seek when another node is meant, a name, or another value than the one that was searched.
func (s *Search) Seek(root *tree.Node, at tree.Path) Seek {
	h, ok := s.Current()
	if !ok || h.Name || root != s.root || slices.Compare(h.Path, at) != 0 {
		return Seek{}
	}
	n, _ := root.At(at)
	start, _, _ := root.Span(at)
	return Seek{n.Bytes(), h.At - start}
}

// News is what there is to say, once.
func (s *Search) News() (bars.News, bool) {
	n := s.news
	s.news = bars.News{}
	return n, n.Text != ""
}

// End ends the search and its marks. It reports whether there was anything to end.
func (s *Search) End() bool {
	was := s.re != nil || s.Asking()
	s.text.Close()
	s.cancel()
	s.prompt, s.re, s.hits, s.root, s.steps.Current = nil, nil, nil, nil, -1
	return was
}

// Stop ends a search that is under way; what it has found stays. It reports whether there was one.
func (s *Search) Stop() bool {
	if s.text.Stop() {
		return true
	}
	was := s.under != nil
	s.cancel()
	if was {
		s.say(bars.Info, "search stopped: "+figure.Count(len(s.hits), "hit")+" so far for "+s.query)
	}
	return was
}

func (s *Search) cancel() {
	if s.under != nil {
		s.under.Stop()
		s.under = nil
	}
}

// Begin looks for a query in a value. moved says that a hit is to be shown at once; it may also
// come with a message.
func (s *Search) Begin(query string, regex bool, root *tree.Node, at tree.Path) (moved bool, cmd tea.Cmd) {
	s.query, s.regex = query, regex
	return s.look(root, way{from: at})
}

// BeginAt is Begin with a certain hit shown first.
func (s *Search) BeginAt(t Target, root *tree.Node) (moved bool, cmd tea.Cmd) {
	s.query, s.regex = t.Query, t.Regex
	w := way{at: t.At}
	if root != nil {
		w.from = root.PathTo(t.At)
	}
	return s.look(root, w)
}

// Within is the hit that is shown as one of a value that is within the searched one at a path;
// packed says that it is the JSON that a string there holds. ok is false when the hit is elsewhere.
func (s *Search) Within(root *tree.Node, at tree.Path, packed bool) (t Target, ok bool) {
	t.Last = Last{s.query, s.regex}
	if packed {
		seek := s.Seek(root, at)
		if seek.Literal == nil {
			return t, false
		}
		t.At = unpacked(seek.Literal, seek.At)
		return t, true
	}
	h, ok := s.Current()
	if !ok || root != s.root {
		return t, false
	}
	start, end, _ := root.Span(at)
	t.At = h.At - start
	return t, start <= h.At && h.At < end
}

// Walk goes to the next hit, or to the one before, around the ends. The value may be another than
// before: then it is searched again.
func (s *Search) Walk(by int, root *tree.Node, at tree.Path) (moved bool, cmd tea.Cmd) {
	switch {
	case s.query == "":
		s.say(bars.Info, "no search yet: / begins one")
		return false, nil
	case s.re == nil || root != s.root:
		return s.look(root, way{from: at, by: by})
	case s.steps.Current >= 0 && slices.Compare(at, s.shown) != 0:
		s.way = way{from: at, by: by}
		return s.land(), nil
	}
	s.steps.Ahead += by
	return s.advance(), nil
}

// look searches a value: a small one at once.
func (s *Search) look(root *tree.Node, w way) (moved bool, cmd tea.Cmd) {
	s.cancel()
	re, err := Pattern(s.query, s.regex)
	if err != nil {
		s.re = nil
		s.say(bars.Bad, "no regular expression: "+err.Error())
		return false, nil
	}
	s.re, s.root, s.hits, s.steps, s.way, s.passed = re, root, nil, Steps{Current: -1}, w, 0
	if root == nil {
		s.tell()
		return false, nil
	}
	if root.Size() < backgroundSize {
		Walk(root, s.re, s.Options, func(h Hit) bool {
			s.hits = append(s.hits, h)
			return true
		}, func(int) bool { return false })
		return s.land(), nil
	}
	o := s.Options
	s.under = newRun(func(yield func(Hit) bool, stop func(int) bool) {
		Walk(root, re, o, func(h Hit) bool {
			warm(root, h.Path)
			return yield(h)
		}, stop)
	})
	s.tell()
	return false, s.under.Start
}

// Update takes the report of a search that is under way. used is false when it is of another one.
func (s *Search) Update(msg Msg) (used, moved bool, cmd tea.Cmd) {
	if used, cmd = s.text.Update(msg); used {
		return true, false, cmd
	}
	now, cmd, used := s.under.Take(msg)
	if !used {
		return false, false, nil
	}
	s.hits, s.passed = append(s.hits, now.Hits...), now.Passed
	if cmd == nil {
		s.under = nil
	}
	if s.steps.Current < 0 {
		moved = s.land()
	} else {
		moved = s.advance()
	}
	return true, moved, cmd
}

// land chooses the first hit to show, once that can be told. It reports whether there is one.
func (s *Search) land() bool {
	from := s.Options.order(s.root, s.way.from)
	i := sort.Search(len(s.hits), func(i int) bool {
		switch c := slices.Compare(s.Options.order(s.root, s.hits[i].Path), from); {
		case c != 0:
			return c > 0
		case s.way.by == 0:
			return s.hits[i].At >= s.way.at
		}
		return s.way.by < 0
	})
	settled := i < len(s.hits) || s.under == nil
	if s.way.by < 0 {
		i--
		settled = settled && (i >= 0 || s.under == nil)
	}
	if !settled || len(s.hits) == 0 {
		s.tell()
		return false
	}
	s.steps.Current = (i + len(s.hits)) % len(s.hits)
	s.advance()
	s.tell()
	return true
}

// advance goes on by the hits that were asked for, and reports whether it moved.
func (s *Search) advance() bool {
	moved := s.steps.Advance(len(s.hits), s.under != nil)
	s.tell()
	return moved
}

// tell says which hit of how many is shown, and how far the search is.
func (s *Search) tell() {
	n := len(s.hits)
	words := figure.Count(n, "hit")
	if s.steps.Current >= 0 {
		words = figure.Int(s.steps.Current+1) + " of " + words
	}
	switch {
	case s.under == nil && n == 0:
		s.say(bars.Warning, "not found: "+s.query)
	case s.under == nil && n >= maxHits:
		s.say(bars.Info, words+" and more for "+s.query)
	case s.under == nil:
		s.say(bars.Info, words+" for "+s.query+"  (n N, esc ends)")
	case n == 0:
		s.say(bars.Info, "searching for "+s.query+s.part()+" … esc cancels")
	default:
		s.say(bars.Info, words+" so far, searching on for "+s.query+s.part()+" … esc cancels")
	}
}

// part is how much of the value was passed.
func (s *Search) part() string { return Progress(s.th, s.passed, s.root.Size()) }

func (s *Search) say(level bars.Level, text string) { s.news = bars.News{Level: level, Text: text} }
