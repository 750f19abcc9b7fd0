package jq

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"errata/model/pattern"
	"errata/model/spell"
)

// A member that no document has may be intended: people add members of their own. It is a likely
// mistake when its name is close to that of an existing one, and that is reported once everything
// was read.

// Miss is a member that an expression names and no document had.
type Miss struct {
	Col         int // in the expression, from 1, in characters; 0 if it is not known
	Path, Meant string
}

// String is a sentence without a full stop.
func (m Miss) String() string {
	text := fmt.Sprintf("no log that was read has %s; did you mean %s", m.Path, m.Meant)
	if m.Col == 0 {
		return text
	}
	return fmt.Sprintf("column %d: %s", m.Col, text)
}

// learning is how many documents tell what else stands where a member is looked for.
const learning = 200

// watch looks for the members that an expression names in the documents that it reads.
type watch struct {
	open atomic.Int32 // how many members are looked for; with none nothing is done

	mu   sync.Mutex
	list []*watched
	seen int
}

// watched is a member that no document had so far, and what they had beside it.
type watched struct {
	at     place
	beside map[string]bool
}

// Watch has the expression look out for members that no document has. Names are the members that a
// document may have, though none that is read does. It is called before the first document.
func (e *Expr) Watch(names []string) {
	w := &watch{}
	for _, p := range e.named {
		one := &watched{at: p, beside: map[string]bool{}}
		if len(p) == 1 {
			for _, name := range names {
				one.beside[name] = true
			}
			if one.beside[p[0]] {
				continue
			}
		}
		w.list = append(w.list, one)
	}
	w.open.Store(int32(len(w.list))) //nolint:gosec // an expression has few
	e.watch = w
}

// Misses are the members that no document had and that may be mistyped, none as long as no document
// was read.
func (e *Expr) Misses() (list []Miss) {
	w := e.watch
	if w == nil {
		return nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, one := range w.list {
		if meant := one.meant(); meant != "" && w.seen > 0 {
			in, name := one.at[:len(one.at)-1], one.at[len(one.at)-1]
			list = append(list, Miss{nameAt(e.text, name), one.at.String(), append(slices.Clone(in), meant).String()})
		}
	}
	return list
}

// meant is the name beside which the member may be mistyped, empty for none.
func (m *watched) meant() string {
	return spell.Nearest(m.at[len(m.at)-1], slices.Sorted(maps.Keys(m.beside)))
}

// look looks at a document as gojq holds it.
func (w *watch) look(v any) {
	if w == nil || w.open.Load() == 0 {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen++
	w.list = slices.DeleteFunc(w.list, func(m *watched) bool {
		return m.in(v, m.at, w.seen <= learning) || w.seen == learning && m.meant() == ""
	})
	w.open.Store(int32(len(w.list))) //nolint:gosec // likewise
}

// in reports whether a value has the member, and learns what else it has.
func (m *watched) in(v any, at place, learn bool) bool {
	if at[0] == each {
		switch v := v.(type) {
		case []any:
			return slices.ContainsFunc(v, func(one any) bool { return m.in(one, at[1:], learn) })
		case map[string]any:
			for _, one := range v {
				if m.in(one, at[1:], learn) {
					return true
				}
			}
		}
		return false
	}
	object, ok := v.(map[string]any)
	if !ok {
		return false
	}
	one, there := object[at[0]]
	switch {
	case len(at) > 1:
		return there && m.in(one, at[1:], learn)
	case there || !learn:
		return there
	}
	for name := range object {
		m.beside[name] = true
	}
	return false
}

var identifier = pattern.Of(`^[A-Za-z_][A-Za-z0-9_]*$`)

// String is the place as an expression that leads there.
func (p place) String() string {
	var b strings.Builder
	for i, step := range p {
		switch {
		case step == each && i == 0:
			b.WriteString(".[]")
		case step == each:
			b.WriteString("[]")
		case identifier().MatchString(step):
			b.WriteString("." + step)
		case i == 0:
			fmt.Fprintf(&b, ".[%q]", step)
		default:
			fmt.Fprintf(&b, "[%q]", step)
		}
	}
	return b.String()
}

// nameAt is the column of the first place where a name is in an expression, 0 when there is none.
func nameAt(text, name string) int {
	at := regexp.MustCompile(`(?:^|[^\pL\pN_])(` + regexp.QuoteMeta(name) + `)(?:[^\pL\pN_]|$)`).FindStringSubmatchIndex(text)
	if at == nil {
		return 0
	}
	return column(text, at[2])
}
