package change

import (
	"strings"

	"errata/model"
	"errata/model/figure"
	"errata/model/jsonraw"
	"errata/model/path"
)

// beside is what is between two steps: the elements next to them, and how many more there are. It
// is nothing where no surroundings are shown. before and after are nil at the ends of the list. An
// element is numbered as the step that it is beside: numbers go on around a change.
func (t *teller) beside(at spot, e ends, r run, before, after *step) {
	if t.silent() || r.n == 0 || before == nil && after == nil {
		return
	}
	shown, show := 0, func(k int, by *step) {
		number := r.old + k
		if by.came() {
			number = r.now + k
		}
		t.lines = append(t.lines, t.element(at.old, number, e.now(r.now+k)))
	}
	if before != nil {
		show(0, before)
		shown++
	}
	if after != nil && r.n > shown {
		t.rest(r.n - shown - 1)
		show(r.n-1, after)
		return
	}
	t.rest(r.n - shown)
}

// rest says how many elements are not shown.
func (t *teller) rest(n int) {
	if n == 0 {
		return
	}
	noun := "element"
	if t.talks() {
		noun = "message"
	}
	t.lines = append(t.lines, Line{Kind: Note, Text: figure.Count(n, noun) + " the same"})
}

// element is one that did not change, on one line.
func (t *teller) element(list path.Path, number int, raw []byte) Line {
	place := inField(t.f, below(list, path.Element(number)))
	if !t.talks() || len(list) > 0 {
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
func (t *teller) item(kind Kind, where string, value []byte) []Line {
	if t.around && len(value) <= maxCompare {
		if _, plain := plainMessage(value); t.talks() && plain {
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
