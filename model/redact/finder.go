package redact

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"errata/model/spell"
)

// Hit is a stretch of a text that has to go.
type Hit struct {
	Start, End int
	Kind       string // its name
}

// Miss is a stretch that looked like a hit.
type Miss struct {
	Hit
	Why string // it is none: "the check digits do not fit"
}

// Found is what a text holds.
type Found struct {
	Hits   []Hit  // in order, without overlap
	Misses []Miss // in no order, and of many only the first
}

// mostMisses is how many near misses of one kind are reported for one text.
const mostMisses = 4

// Pattern is an expression of the user's own.
type Pattern struct {
	Name string // of its kind, and so of its mask
	Expr *regexp.Regexp
}

// Options say what is looked for.
type Options struct {
	Kinds []string // their names, those of patterns included; all when there are none
	// any case, and as whole words; * at an end stands for the rest of a longer one
	Words    []string
	Patterns []Pattern
}

// Finder finds. It is safe for concurrent use.
type Finder struct {
	kinds    []Kind
	words    *trie
	patterns []Pattern
}

// New makes a Finder. The error names a kind that does not exist.
func New(o Options) (*Finder, error) {
	known := Names(o.Patterns)
	for _, name := range o.Kinds {
		if !slices.Contains(known, name) {
			return nil, fmt.Errorf("there is no kind %q, only %s%s", name, strings.Join(known, ", "), spell.Meant(name, known))
		}
	}
	wanted := func(name string) bool { return len(o.Kinds) == 0 || slices.Contains(o.Kinds, name) }
	f := &Finder{words: newTrie(o.Words)}
	for _, k := range kinds {
		if wanted(k.Name) {
			f.kinds = append(f.kinds, k)
		}
	}
	for _, p := range o.Patterns {
		if wanted(p.Name) {
			f.patterns = append(f.patterns, p)
		}
	}
	return f, nil
}

// Names lists the names of all kinds, those of patterns last.
func Names(patterns []Pattern) (list []string) {
	for _, k := range kinds {
		list = append(list, k.Name)
	}
	for _, p := range patterns {
		if !slices.Contains(list, p.Name) {
			list = append(list, p.Name)
		}
	}
	return list
}

// Find reads a text. name is that of the member that the text is the value of, empty when it is
// none: it may say that a text is a key, where nothing else does.
func (f *Finder) Find(text, name string) Found { return f.find(text, name, 0) }

func (f *Finder) find(text, name string, depth int) Found {
	s := f.read(text, name)
	if quoted, ok := unquoted(text); ok && depth < mostQuoted {
		inner := f.find(quoted, name, depth+1)
		s.hits = quotedHits(text, s.hits, inner.Hits)
	}
	hits := f.joined(s.hits)
	return Found{hits, beside(s.misses, hits)}
}

// joined puts hits in order. Those that overlap become one, of the kind that comes first.
func (f *Finder) joined(hits []Hit) []Hit {
	slices.SortFunc(hits, func(a, b Hit) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	list := hits[:0]
	for _, h := range hits {
		if n := len(list); n > 0 && h.Start < list[n-1].End {
			last := &list[n-1]
			last.End = max(last.End, h.End)
			if f.rank(h.Kind) < f.rank(last.Kind) {
				last.Kind = h.Kind
			}
			continue
		}
		list = append(list, h)
	}
	return list
}

// rank is the place of a kind among all.
func (f *Finder) rank(name string) int {
	for i, k := range kinds {
		if k.Name == name {
			return i
		}
	}
	return len(kinds)
}

// beside are the near misses that no hit covers.
func beside(misses []Miss, hits []Hit) []Miss {
	return slices.DeleteFunc(misses, func(m Miss) bool {
		i, _ := slices.BinarySearchFunc(hits, m.Start, func(h Hit, at int) int { return h.End - 1 - at })
		return i < len(hits) && hits[i].Start < m.End
	})
}
