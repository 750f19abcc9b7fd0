package rows

import (
	"strconv"
	"strings"

	"errata/model/jsonraw"
	"errata/model/path"
	"errata/model/tree"
)

// Place is where a text belongs that is being typed: the positions from the root down, and what of
// the node there it is, as in "/3/1#value", "/3#name" or, for a text within a part that is edited
// as JSON, "/2/1~/0#value". It outlives the program, in a draft.
type Place string

// The signs behind the positions of a place.
const (
	Of     = '#' // what of the node is typed follows
	Within = '~' // a place within the node follows
)

// PlaceOf writes a place.
func PlaceOf(path tree.Path, sign byte, rest string) Place {
	var b strings.Builder
	for _, i := range path {
		b.WriteString("/" + strconv.Itoa(i))
	}
	return Place(b.String() + string(sign) + rest)
}

// Sign is the first sign of a place, and what is behind it.
func (p Place) Sign() (sign byte, rest string) {
	i := strings.IndexAny(string(p), string(Of)+string(Within))
	if i < 0 {
		return 0, ""
	}
	return p[i], string(p[i+1:])
}

// Split reads a place; ok is false when it is none.
func (p Place) Split() (path tree.Path, rest string, ok bool) {
	sign, rest := p.Sign()
	if sign == 0 {
		return nil, "", false
	}
	steps := string(p[:len(p)-len(rest)-1])
	if steps == "" {
		return nil, rest, true
	}
	for i, step := range strings.Split(steps, "/") {
		n, err := strconv.Atoi(step)
		switch {
		case i == 0 && step == "":
		case i == 0 || err != nil || n < 0:
			return nil, "", false
		default:
			path = append(path, n)
		}
	}
	return path, rest, true
}

// JSONPath writes a path as jq takes it: .a["b c"][3]. It goes as far as the path leads.
func JSONPath(root *tree.Node, at tree.Path) string {
	if root == nil {
		return "."
	}
	return "." + path.Of(root, at).String()
}

// Holds reports whether a node is an object or a list.
func Holds(n *tree.Node) bool {
	return n != nil && (n.Kind() == jsonraw.Object || n.Kind() == jsonraw.Array)
}
