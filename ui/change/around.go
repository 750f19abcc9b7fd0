package change

import (
	"strings"

	"errata/model"
	"errata/model/figure"
	"errata/model/jsonraw"
	"errata/model/path"
)

// ahead is what stands in front of the elements that differ: how many are the same, and the last of
// them. It is nothing where no surroundings are shown.
func (w *walker) ahead(where string, e ends) []Line {
	if !w.around || e.head == 0 {
		return nil
	}
	return append(w.rest(e.head-1), w.beside(where, e.head-1, e))
}

// behind is the same for what stands behind them.
func (w *walker) behind(where string, e ends) []Line {
	if !w.around || e.tail == 0 {
		return nil
	}
	return append([]Line{w.beside(where, len(e.is)-e.tail, e)}, w.rest(e.tail-1)...)
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
	return []Line{{Kind: Note, Text: "… " + figure.Count(n, noun) + " the same"}}
}

// beside is an element that did not change, on one line.
func (w *walker) beside(where string, i int, e ends) Line {
	place, raw := w.to(where, path.Element(i)), e.now(i)
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
