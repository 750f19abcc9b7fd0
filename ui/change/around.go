package change

import (
	"strings"

	"errata/model"
	"errata/model/figure"
	"errata/model/jsonraw"
	"errata/model/path"
)

// run is a number of elements that are the same in two lists, from a place in either on.
type run struct{ old, now, n int }

// beside is what stands between two steps: the elements next to them, and how many more there are.
// It is nothing where no surroundings are shown. before and after are nil at the ends of the list.
// An element is numbered as the step that it stands beside: numbers go on around a change.
func (w *walker) beside(where string, e ends, r run, before, after *step) (out []Line) {
	if !w.around || r.n == 0 || before == nil && after == nil {
		return nil
	}
	shown, at := 0, func(k int, by *step) {
		number := r.old + k
		if by.came() {
			number = r.now + k
		}
		out = append(out, w.element(where, number, e.now(r.now+k)))
	}
	if before != nil {
		at(0, before)
		shown++
	}
	if after != nil && r.n > shown {
		out = append(out, w.rest(r.n-shown-1)...)
		at(r.n-1, after)
		return out
	}
	return append(out, w.rest(r.n-shown)...)
}

// rest says how many elements are not shown.
func (w *walker) rest(n int) []Line {
	if n == 0 {
		return nil
	}
	noun := "element"
	if w.talk {
		noun = "message"
	}
	return []Line{{Kind: Note, Text: figure.Count(n, noun) + " the same"}}
}

// element is one that did not change, on one line.
func (w *walker) element(where string, number int, raw []byte) Line {
	place := w.to(where, path.Element(number))
	if !w.talk || where != "" {
		return Line{Kind: Same, Text: shorten(at(place, raw), maxSame)}
	}
	text := place + " " + roleOf(raw)
	if list, ok := model.ReadMessages(model.Raw(raw)); ok && len(list) == 1 && len(list[0].Content) > 0 {
		if part := list[0].Content[0]; part.Raw.Kind() == jsonraw.String && part.Type == "text" {
			words, _ := jsonraw.TextPrefix(part.Raw.Bytes(), maxSame)
			text += ": " + strings.Join(strings.Fields(words), " ")
		}
	}
	return Line{Kind: Same, Text: shorten(text, maxSame)}
}

// item is what was put in or taken out, behind its path.
func (w *walker) item(kind Kind, where string, value []byte) []Line {
	if w.around && len(value) <= maxCompare {
		if _, plain := plainMessage(value); w.talk && plain {
			return message(kind, where, value)
		}
		if len(value) > inline {
			return laid(kind, where+":", model.Raw(value))
		}
	}
	return []Line{{Kind: kind, Text: at(where, value)}}
}

// messagesOf shows all messages of a value.
func messagesOf(kind Kind, name string, v model.Value) (out []Line) {
	list, err := jsonraw.Elements(v.Bytes())
	if err != nil || len(list) == 0 || len(v.Bytes()) > maxCompare {
		return whole(kind, v)
	}
	for i := range list {
		if out = append(out, message(kind, path.Element(i).Behind(name), list[i].Val.Of(v.Bytes()))...); len(out) > maxLines {
			break
		}
	}
	return out
}

// message shows a message as its role and its text, or laid out where it holds more than these.
func message(kind Kind, where string, raw []byte) []Line {
	if text, ok := plainMessage(raw); ok {
		return laid(kind, where+" "+roleOf(raw)+":", text)
	}
	return laid(kind, where+":", model.Raw(raw))
}

// plainMessage is the text of a message that says nothing beyond its role and that text.
func plainMessage(raw []byte) (text model.Value, ok bool) {
	list, ok := model.ReadMessages(model.Raw(raw))
	members, err := jsonraw.Members(raw)
	if err != nil || !ok || len(list) != 1 || list[0].Role == "" || len(list[0].Content) != 1 {
		return text, false
	}
	said := 0
	for _, m := range members {
		switch m.Kind {
		case jsonraw.Null:
		case jsonraw.String:
			said++
		default:
			return text, false
		}
	}
	text = list[0].Content[0].Raw
	return text, said == 2 && text.Kind() == jsonraw.String
}

// laid is a value laid out below a line that says what it is.
func laid(kind Kind, head string, v model.Value) []Line {
	out := []Line{{Kind: kind, Text: head}}
	for _, line := range whole(kind, v) {
		line.Text = "  " + line.Text
		out = append(out, line)
	}
	return out
}
