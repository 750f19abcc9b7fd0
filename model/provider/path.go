package provider

import (
	"strconv"
	"strings"
	"sync"

	"errata/model/spell"
)

// path is a place in a response, as the table writes it: names, positions and # for the length of a
// list, with dots between them; "name[modality=AUDIO]" is the first element of a list that has a
// member of that value. Names are in snake_case and stand for their camelCase as well: the wire of
// one provider, or the SDK for one language, has the one, others the other.
type path struct {
	text  string
	steps []step
}

type step struct {
	name, twin string
	index      int
	position   bool
	length     bool
	where      *condition
}

// condition picks an element of a list by the text of one of its members.
type condition struct {
	step  step
	value string
}

func newPath(text string) path {
	p := path{text: text}
	for part := range strings.SplitSeq(text, ".") {
		p.steps = append(p.steps, newStep(part))
	}
	return p
}

func newStep(part string) step {
	name, inside, picks := strings.Cut(strings.TrimSuffix(part, "]"), "[")
	s := step{name: name, twin: spell.Camel(name), length: part == "#"}
	if i, err := strconv.Atoi(part); err == nil {
		s.index, s.position = i, true
	}
	if picks {
		member, value, _ := strings.Cut(inside, "=")
		s.where = &condition{newStep(member), value}
	}
	return s
}

// lazyPaths are alternatives that are read when they are first asked for: most runs of the program
// read no response.
type lazyPaths struct {
	text string
	once sync.Once
	list []path
}

func (l *lazyPaths) paths() []path {
	l.once.Do(func() { l.list = paths(l.text) })
	return l.list
}

// paths reads alternatives: "a.b | a.c".
func paths(text string) (list []path) {
	if text == "" {
		return nil
	}
	for one := range strings.SplitSeq(text, " | ") {
		list = append(list, newPath(one))
	}
	return list
}

// first is the first of the alternatives that is there and not null.
func (n *node) first(list []path) (found *node, at string) {
	for i := range list {
		if found = n.get(list[i]); found.isSet() {
			return found, n.spelled(list[i])
		}
	}
	return nil, ""
}

// spelled is a path with its names as they are in n.
func (n *node) spelled(p path) string {
	for i := range p.steps {
		s := &p.steps[i]
		if !s.position && !s.length && s.twin != s.name && n.member(s.name) == nil {
			return n.respelled(p)
		}
		n = n.step(s)
	}
	return p.text
}

func (n *node) respelled(p path) string {
	parts := strings.Split(p.text, ".")
	for i := range p.steps {
		s := &p.steps[i]
		if !s.position && !s.length && n.member(s.name) == nil {
			parts[i] = strings.Replace(parts[i], s.name, s.twin, 1)
		}
		n = n.step(s)
	}
	return strings.Join(parts, ".")
}
