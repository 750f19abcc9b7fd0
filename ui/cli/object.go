package cli

import (
	"bytes"
	"strconv"

	"errata/model"
	"errata/model/jsonraw"
)

// object builds a JSON object from literals, which are not changed. The zero object is empty.
type object struct{ members [][]byte }

// add adds a member. Without a value it does nothing.
func (o *object) add(name string, literal []byte) {
	if literal != nil {
		o.members = append(o.members, append(append(jsonraw.Literal(name), ':'), literal...))
	}
}

// text adds a member that is a string.
func (o *object) text(name, s string) { o.add(name, jsonraw.Literal(s)) }

// number adds a member that is a whole number.
func (o *object) number(name string, n int) { o.add(name, strconv.AppendInt(nil, int64(n), 10)) }

// boolean adds a member that is true or false.
func (o *object) boolean(name string, yes bool) { o.add(name, strconv.AppendBool(nil, yes)) }

// bytes is the object as JSON.
func (o *object) bytes() []byte {
	return append(append([]byte{'{'}, bytes.Join(o.members, []byte{','})...), '}')
}

// array is a JSON array of literals.
func array(literals [][]byte) []byte {
	return append(append([]byte{'['}, bytes.Join(literals, []byte{','})...), ']')
}

// changed is a change as JSON: {"field", "old", "new"}. Values that are absent are left out.
func changed(field string, before, after model.Value) *object {
	var o object
	o.text("field", field)
	o.members = append(o.members, turned(before, after).members...)
	return &o
}

// turned is what became of a value as JSON: {"old", "new"}. One that is absent is left out.
func turned(before, after model.Value) *object {
	var o object
	o.add("old", before.Bytes())
	o.add("new", after.Bytes())
	return &o
}
