package change

import (
	"fmt"
	"slices"

	"errata/model"
	"errata/model/jsonraw"
	"errata/model/tree"
)

// Kept is what an old value becomes when it gets the new one in some of the places of a Telling
// alone, which are in their order. Every byte beside them stays as it is in the old one.
func Kept(old model.Value, places []Place) (model.Value, error) {
	if len(places) == 0 {
		return old, nil
	}
	if places[0].Whole() {
		raw, err := places[0].spliced(places)
		return model.Raw(raw), err
	}
	root := tree.New(old.Bytes())
	// From the last to the first: what is put in or taken out moves nothing that is still to come.
	for end := len(places); end > 0; {
		first := end - 1
		for first > 0 && places[first-1].together(&places[end-1]) {
			first--
		}
		now, err := keep(root, places[first:end])
		if err != nil {
			return old, err
		}
		root, end = now, first
	}
	return model.Raw(root.Bytes()), nil
}

// together reports whether two places that follow each other are put in first to last: parts of one
// text, and members that one object gets.
func (p *Place) together(q *Place) bool {
	last := len(p.Old) - 1
	switch {
	case len(q.Old) != len(p.Old):
		return false
	case p.part != nil && q.part != nil:
		return slices.Equal(p.Old, q.Old)
	}
	return p.Came() && q.Came() && !p.Old[last].Element && !q.Old[last].Element && slices.Equal(p.Old[:last], q.Old[:last])
}

// keep puts places in that are together.
func keep(root *tree.Node, places []Place) (*tree.Node, error) {
	if p := &places[0]; p.part != nil {
		raw, err := p.spliced(places)
		if err != nil {
			return nil, err
		}
		return put(root, p.Old, p.Before, raw)
	}
	for i := range places {
		now, err := put(root, places[i].Old, places[i].Before, places[i].After)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", places[i].Old, err)
		}
		root = now
	}
	return root, nil
}

// spliced is the text of a place that gets the new lines of some of its parts.
func (p *Place) spliced(parts []Place) ([]byte, error) {
	raw, swaps := p.Before, make([]jsonraw.Swap, len(parts))
	if p.part == nil {
		return p.After, nil
	}
	for i := range parts {
		swaps[i] = parts[i].part.narrow()
	}
	if p.ahead == 0 {
		return jsonraw.Splices(raw, swaps)
	}
	inner, err := jsonraw.Splices(literal(raw[p.ahead:len(raw)-p.rest]), swaps)
	if err != nil {
		return nil, err
	}
	return slices.Concat(raw[:p.ahead], inner[1:len(inner)-1], raw[len(raw)-p.rest:]), nil
}

// narrow is the swap of a part without what its lines begin and end with as those that they replace:
// that stays spelled as it is.
func (p *part) narrow() jsonraw.Swap {
	s := p.swap
	head, tail := jsonraw.Shared([]byte(p.was), s.Ins)
	return jsonraw.Swap{At: s.At + head, Del: s.Del - head - tail, Ins: s.Ins[head : len(s.Ins)-tail]}
}
