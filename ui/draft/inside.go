package draft

import (
	"errata/model/jsonraw"
	"errata/model/tree"
)

// whole is the open text, with the inner text put in where that can be.
func (t *typing) whole() []byte {
	outer := t.bytes()
	if t.inner == nil || !t.inner.typed || !t.literal {
		return outer
	}
	if len(outer) == 0 {
		outer = []byte("null") // an editor of nothing yet
	}
	if jsonraw.Check(outer) != nil {
		return outer
	}
	return put(tree.New(outer), t.inner.at, t.inner.bytes()).Bytes()
}

// entry is the inner text when it belongs to no node: something new is being typed. nil when it
// does, or nothing was typed.
func (t *typing) entry() *Entry {
	if t.inner == nil || !t.inner.typed || !t.literal {
		return nil
	}
	root := t.bytes()
	if len(root) == 0 {
		root = []byte("null")
	}
	if jsonraw.Check(root) == nil {
		if _, ok := tree.New(root).At(t.inner.at.Path); ok {
			return nil
		}
	}
	return &Entry{t.field, string(t.inner.bytes())}
}

// put puts a text into a value where an Enter says, or gives the value as it is. What was not
// a string becomes what the text says if that is a literal.
func put(root *tree.Node, at Enter, text []byte) *tree.Node {
	old, ok := root.At(at.Path)
	if !ok {
		return root
	}
	if at.Name {
		if len(at.Path) == 0 {
			return root
		}
		if in, _ := root.At(at.Path[:len(at.Path)-1]); in.Kind() != jsonraw.Object {
			return root
		}
		if renamed, err := root.Rename(at.Path, string(text)); err == nil {
			return renamed
		}
		return root
	}
	if old.Kind() != jsonraw.String && jsonraw.Check(text) == nil {
		return root.Replace(at.Path, tree.New(text))
	}
	if n, err := tree.Text(string(text)); err == nil {
		return root.Replace(at.Path, n)
	}
	return root
}
