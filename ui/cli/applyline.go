package cli

import (
	"errors"
	"fmt"
	"strings"

	"errata/model"
	"errata/model/jsonraw"
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
		return ch, refusal("no change as JSON: %w", placeless(err))
	}
	given := map[string][]byte{}
	for _, m := range members {
		if !known(m.Name) {
			return ch, refusal(`%s is not known here, only %s are`, jsonraw.Literal(m.Name), partNames())
		}
		if given[m.Name] != nil {
			return ch, refusal("%s stands twice", jsonraw.Literal(m.Name))
		}
		given[m.Name] = m.Val.Of(line)
		ch.id, _ = jsonraw.Text(given["id"])
	}
	switch {
	case ch.id == "":
		return ch, refusal(`a text "id" is missing`)
	case len(given) == 1:
		return ch, refusal(`"set" with an object of fields is missing`)
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

// known tells whether a line may have a member of this name.
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
			return refusal("%s wants a list of paths", jsonraw.Literal(p.name))
		case jsonraw.KindOf(raw) != p.kind:
			return refusal(`%s with an object of fields is missing`, jsonraw.Literal(p.name))
		}
		list, err := items(raw, p.kind)
		if err != nil {
			return refusal("%s: %w", jsonraw.Literal(p.name), placeless(err))
		}
		seen := map[string]bool{}
		for _, m := range list {
			if err := ch.item(p, m, raw, seen); err != nil {
				refused = append(refused, err)
			}
		}
	}
	if len(refused) > 0 {
		return refusal("%w", sentence(refused))
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
		return fmt.Errorf("%s: %w", m.Name, placeless(m.Err))
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
		return t, wrongPath(name, err)
	}
	return t, nil
}

// on makes the change to a log. When several edits are refused, one error names them all.
func (ch lineChange) on(log *model.Log) (*model.ChangeSet, error) {
	changes, err := carried(log, ch.edits)
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		err = fail(worst(joined.Unwrap()), "%w", sentence(joined.Unwrap()))
	}
	return changes, err
}

// worst is the highest of the exit codes of several errors.
func worst(list []error) int {
	code := exitRefused
	for _, err := range list {
		code = max(code, codeOf(err))
	}
	return code
}

// refusal is the error of a line that is refused before anything is sent.
func refusal(format string, args ...any) error { return fail(exitRefused, format, args...) }

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

// placeless removes line 1 from the error of a text that has one line: the column says enough.
func placeless(err error) error {
	var at *jsonraw.SyntaxError
	if errors.As(err, &at) && at.Line == 1 {
		return fmt.Errorf("column %d: %s", at.Col, at.Msg)
	}
	return err
}
