package model

import (
	"strconv"
	"strings"

	"errata/model/jsonraw"
)

// object is an object that is looked into more than once, by the names of its members.
type object map[string]Value

// object reads the members of v, none when v is not an object or larger than what is read; of two
// with one name the last.
func (v Value) object() object {
	o := object{}
	if v.Len() > maxFill || v.Kind() != jsonraw.Object {
		return o
	}
	members, err := jsonraw.Members(v.Bytes())
	if err != nil {
		return o
	}
	for _, m := range members {
		o[m.Name] = Value{raw: m.Val.Of(v.Bytes())}
	}
	return o
}

// path is what is at a path in the object; see Value.path.
func (o object) path(path string) Value {
	first, rest, deeper := strings.Cut(path, ".")
	if !deeper {
		return o[first]
	}
	return o[first].path(rest)
}

// path is what is at a path of names and positions, such as "choices.0.finish_reason"; Absent when
// nothing does.
func (v Value) path(path string) Value {
	for step := range strings.SplitSeq(path, ".") {
		if i, err := strconv.Atoi(step); err == nil && v.Kind() == jsonraw.Array {
			list := elements(v)
			if i >= len(list) {
				return Absent
			}
			v = list[i]
			continue
		}
		v = v.member(step)
	}
	return v
}

// elements are the elements of a list, none when v is not a list.
func elements(v Value) []Value {
	list, err := jsonraw.Elements(v.Bytes())
	if err != nil {
		return nil
	}
	values := make([]Value, len(list))
	for i, e := range list {
		values[i] = Value{raw: e.Val.Of(v.Bytes())}
	}
	return values
}
