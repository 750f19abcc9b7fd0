package provider

import (
	"strconv"
	"strings"

	"errata/model/jsonraw"
)

// arguments are those of a call of Gemini that come in piece by piece, each at a place such as
// "$.ports[0].name". A text may come in several pieces.
type arguments struct {
	name  string // of the member, or the position in a list
	list  bool   // its kids are elements of a list
	kids  []*arguments
	value []byte // as JSON, nil if it is a text or has kids
	text  strings.Builder
	said  bool // it is a text
}

// add takes the pieces that one chunk brings.
func (a *arguments) add(pieces *node) {
	for i := range pieces.list() {
		piece := pieces.at(i)
		to := a.at(piece.field("json_path").word())
		if text := piece.field("string_value"); text.is(jsonraw.String) {
			to.text.WriteString(text.word())
			to.said = true
		}
		for _, kind := range []string{"number_value", "bool_value"} {
			if value := piece.field(kind); value.isSet() {
				to.value = value.raw
			}
		}
		if piece.field("null_value") != nil {
			to.value = []byte("null")
		}
	}
}

// at is the argument at a place.
func (a *arguments) at(place string) *arguments {
	place = strings.NewReplacer("['", ".", "']", "", "[", ".#", "]", "").Replace(strings.TrimPrefix(place, "$"))
	for name := range strings.SplitSeq(strings.TrimPrefix(place, "."), ".") {
		position, isList := strings.CutPrefix(name, "#")
		a.list = a.list || isList
		a = a.kid(position)
	}
	return a
}

func (a *arguments) kid(name string) *arguments {
	for _, kid := range a.kids {
		if kid.name == name {
			return kid
		}
	}
	kid := &arguments{name: name}
	a.kids = append(a.kids, kid)
	return kid
}

// bytes are the arguments as JSON.
func (a *arguments) bytes() []byte {
	switch {
	case a.said:
		return quote(a.text.String())
	case a.value != nil:
		return a.value
	case a.list:
		var list [][]byte
		for i := range a.kids {
			list = append(list, a.kid(strconv.Itoa(i)).bytes())
		}
		return array(list)
	}
	o := &object{}
	for _, kid := range a.kids {
		o.set(kid.name, kid.bytes())
	}
	return o.bytes()
}
