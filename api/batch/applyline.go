package batch

import (
	"errors"
	"fmt"
	"strings"

	"errata/model"
	"errata/model/jsonraw"
	"errata/model/path"
	"errata/model/spell"
)

// lineChange is a line of a file of changes.
type lineChange struct {
	id    string
	edits model.Edits
}

// readChange reads a line {"id": …, "set": {PATH: VALUE, …}}, with "append", "copy", "move" and
// "remove" beside "set" or instead of it. The id, as far as it could be read, is returned with an
// error as well.
func readChange(line []byte) (lineChange, error) {
	var ch lineChange
	members, err := jsonraw.Members(line)
	if err != nil {
		return ch, fmt.Errorf("no change as JSON: %w", jsonraw.InLine(err))
	}
	given := map[string][]byte{}
	for _, m := range members {
		if !known(m.Name) {
			return ch, fmt.Errorf(`%s is not known here, only %s are`, jsonraw.Literal(m.Name), partNames())
		}
		if given[m.Name] != nil {
			return ch, fmt.Errorf("%s stands twice", jsonraw.Literal(m.Name))
		}
		given[m.Name] = m.Val.Of(line)
		ch.id, _ = jsonraw.Text(given["id"])
	}
	switch {
	case ch.id == "":
		return ch, fmt.Errorf(`a text "id" is missing`)
	case len(given) == 1:
		return ch, fmt.Errorf(`"set" with an object of fields is missing`)
	}
	return ch, ch.read(given)
}

// part is a member of a line other than the id, and how its content is read.
type part struct {
	name string
	kind jsonraw.Kind
	read func(ch *lineChange, name string, raw []byte) error // reads a member or an element
}

// parts are in the order in which they are applied.
var parts = []part{
	{"set", jsonraw.Object, func(ch *lineChange, name string, raw []byte) error { return ch.assign(name, raw, false) }},
	{"append", jsonraw.Object, func(ch *lineChange, name string, raw []byte) error { return ch.assign(name, raw, true) }},
	{"copy", jsonraw.Object, func(ch *lineChange, name string, raw []byte) error { return ch.transfer(name, raw, false) }},
	{"move", jsonraw.Object, func(ch *lineChange, name string, raw []byte) error { return ch.transfer(name, raw, true) }},
	{"remove", jsonraw.Array, (*lineChange).remove},
}

// known reports whether a line may have a member of this name.
func known(name string) bool {
	for _, p := range parts {
		if p.name == name {
			return true
		}
	}
	return name == "id"
}

// partNames lists the members that a line may have, for an error.
func partNames() string {
	names := []string{`"id"`}
	for _, p := range parts {
		names = append(names, string(jsonraw.Literal(p.name)))
	}
	return strings.Replace(spell.Either(names), " or ", " and ", 1)
}

// read reads what is to be done.
func (ch *lineChange) read(given map[string][]byte) error {
	var refused []error
	for _, p := range parts {
		raw := given[p.name]
		switch {
		case raw == nil:
			continue
		case jsonraw.KindOf(raw) != p.kind && p.kind == jsonraw.Array:
			return fmt.Errorf("%s wants a list of paths", jsonraw.Literal(p.name))
		case jsonraw.KindOf(raw) != p.kind:
			return fmt.Errorf(`%s with an object of fields is missing`, jsonraw.Literal(p.name))
		}
		list, err := items(raw, p.kind)
		if err != nil {
			return fmt.Errorf("%s: %w", jsonraw.Literal(p.name), jsonraw.InLine(err))
		}
		seen := map[string]bool{}
		for _, m := range list {
			if err := ch.item(p, m, raw, seen); err != nil {
				refused = append(refused, err)
			}
		}
	}
	if len(refused) > 0 {
		return fmt.Errorf("%w", sentence(refused))
	}
	return nil
}

// items are the members of an object, or the elements of an array as members without names.
func items(raw []byte, kind jsonraw.Kind) ([]jsonraw.Member, error) {
	if kind == jsonraw.Object {
		return jsonraw.Members(raw)
	}
	elements, err := jsonraw.Elements(raw)
	list := make([]jsonraw.Member, len(elements))
	for i, e := range elements {
		list[i] = jsonraw.Member{Val: e.Val, Kind: e.Kind}
	}
	return list, err
}

// item reads one member or element of a part.
func (ch *lineChange) item(p part, m jsonraw.Member, raw []byte, seen map[string]bool) error {
	switch err := p.read(ch, m.Name, m.Val.Of(raw)); {
	case err != nil:
		return err
	case p.kind == jsonraw.Object && seen[m.Name]:
		return fmt.Errorf("%s stands twice", m.Name)
	case m.Err != nil:
		return fmt.Errorf("%s: %w", m.Name, jsonraw.InLine(m.Err))
	}
	seen[m.Name] = true
	return nil
}

// assign adds an assignment PATH: VALUE.
func (ch *lineChange) assign(name string, raw []byte, appended bool) error {
	t, err := target(name)
	if err == nil {
		ch.edits.Assign = append(ch.edits.Assign, model.Assignment{Target: t, JSON: true, Append: appended, Text: string(raw)})
	}
	return err
}

// transfer adds a copy or a move FROM: TO.
func (ch *lineChange) transfer(name string, raw []byte, move bool) error {
	from, err := target(name)
	if err != nil {
		return err
	}
	goal, ok := jsonraw.Text(raw)
	if !ok {
		return fmt.Errorf("%s wants the path to go to as a text", name)
	}
	to, err := target(goal)
	if err == nil {
		ch.edits.Transfers = append(ch.edits.Transfers, model.Transfer{From: from, To: to, Move: move})
	}
	return err
}

// remove adds the removal of a path.
func (ch *lineChange) remove(_ string, raw []byte) error {
	text, ok := jsonraw.Text(raw)
	if !ok {
		return errors.New(`"remove" wants a list of paths`)
	}
	t, err := target(text)
	if err == nil {
		ch.edits.Remove = append(ch.edits.Remove, t)
	}
	return err
}

// target reads a path, which begins with the name of a field.
func target(name string) (model.Target, error) {
	t, err := model.ParseTarget(name)
	if err != nil {
		var syntax *path.SyntaxError
		if errors.As(err, &syntax) {
			return t, fmt.Errorf("%s: %w", shortened(name), err)
		}
		return t, err
	}
	return t, nil
}

// sentence joins several errors into one.
func sentence(list []error) error {
	words := make([]string, len(list))
	for i, err := range list {
		words[i] = err.Error()
		if at := (*model.ParseError)(nil); errors.As(err, &at) && at.Line == 1 && at.Col == 1 {
			words[i] = at.Msg
		}
	}
	return errors.New(strings.Join(words, "; "))
}
