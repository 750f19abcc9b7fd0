package rewrite

import (
	"errors"

	"errata/model/jsonraw"
	"errata/model/path"
)

// ErrTwice says that a name would be in an object that has it already.
var ErrTwice = errors.New("the name would stand twice in its object")

// names are those of the members of one object, and which of them are changed.
type names struct {
	keys    []jsonraw.Span
	changed []renamed
}

type renamed struct {
	key   int
	name  string
	swaps []jsonraw.Swap
}

// rename notes the new names of an object. One that is there already is asked about again.
func (r *reader) rename(n names) {
	if len(n.changed) == 0 || r.err != nil {
		return
	}
	taken := make(map[string]bool, len(n.keys))
	for _, key := range n.keys {
		name, _ := jsonraw.Text(key.Of(r.doc))
		taken[name] = true
	}
	for _, c := range n.changed {
		r.place.Steps[len(r.place.Steps)-1] = path.Member(c.name)
		now, swaps := swapped(c.name, c.swaps), c.swaps
		for tries := 1; taken[now]; tries++ {
			before := now
			swaps = r.question(Name, tries, c.name)
			if now = swapped(c.name, swaps); now == before {
				r.err = ErrTwice
				return
			}
		}
		taken[now] = true
		r.splice(n.keys[c.key], swaps)
	}
}

func swapped(text string, swaps []jsonraw.Swap) string {
	return string(jsonraw.Swapped([]byte(text), swaps, 0))
}
