package change

import (
	"strconv"
	"strings"

	"errata/model"
	"errata/model/figure"
	"errata/model/jsonraw"
	"errata/ui/sanitize"
	"errata/ui/units"
)

// Sentence says in a few words how a value became another: "1 added after the system message", "61
// → 64 tokens (+3)". A value that is quoted has at most so many cells. The work is bounded as that
// of Lines is.
func Sentence(f *model.Field, before, after model.Value, most int) string {
	return speaker{f: f, most: most}.tell(before, after)
}

// Telling is how a value became another.
type Telling struct {
	Sentence string
	Lines    []Line
	// where it differs, to be kept or left out each by itself: of a text of several lines the runs
	// of them that changed; none if that is one place, or too many
	Places []Place
}

// Told is Sentence, Around and the places of one change, which is compared once.
func Told(f *model.Field, before, after model.Value, most int) Telling {
	k := &known{}
	t := teller{f: f, around: true, known: k, apart: true}
	told := Telling{Sentence: speaker{f: f, most: most, known: k}.tell(before, after), Lines: t.tell(before, after)}
	if n := len(t.places); n < 2 || n > maxPlaces {
		return told
	}
	told.Places = t.places
	for i := range told.Places {
		p := &told.Places[i]
		p.From, p.To = min(p.From, maxLines), min(p.To, maxLines)
	}
	return told
}

// speaker says how a value changed.
type speaker struct {
	f     *model.Field // has a kind and a unit; none for a value within another
	most  int          // cells of a quoted value
	where string       // the place of the value within that of the field, "" for all of it
	words bool         // that is words and no path
	depth int
	known *known
}

// deepest is how many levels a sentence goes into a value.
const deepest = 4

func (s speaker) tell(before, after model.Value) string {
	lead := ""
	if s.where != "" {
		lead = s.where + ": "
	}
	if !before.IsSet() || !after.IsSet() || before.Kind() != after.Kind() {
		return lead + gist(s.f, before, s.most) + " → " + gist(s.f, after, s.most)
	}
	if s.f.Kind != model.Datetime && largeTexts(before, after) {
		return lead + inLargeText(before.Bytes(), after.Parts(), s.known)
	}
	if e, ok := s.known.listed(before, after); ok {
		return s.inEnds(lead, e)
	}
	was, is := before.Bytes(), after.Bytes()
	switch kind := before.Kind(); {
	case kind == jsonraw.Number:
		return lead + inNumber(s.f, before, after)
	case kind == jsonraw.String && s.f.Kind == model.Datetime:
		return inTime(before, after, s.most)
	case kind == jsonraw.String:
		return lead + inText(was, is, s.most)
	case s.depth > 0 && large(was, is):
		return lead + figure.Size(len(was)) + " → " + figure.Size(len(is))
	case kind == jsonraw.Array && s.depth < deepest:
		return s.inList(lead, was, is)
	case kind == jsonraw.Object && s.depth < deepest:
		return s.inMap(lead, was, is)
	case kind == jsonraw.Array, kind == jsonraw.Object:
		return lead + "changed"
	default:
		return lead + turnIn(before, after, s.most)
	}
}

// within says how a value within another changed.
func (s speaker) within(where string, words bool, before, after []byte) string {
	inner := speaker{f: &model.Field{}, most: s.most, where: where, words: words, depth: s.depth + 1}
	return inner.tell(model.Raw(before), model.Raw(after))
}

// inTime says how far a time moved, where that can be told.
func inTime(before, after model.Value, most int) string {
	text := turnIn(before, after, most)
	if moved := later(textOf(before.Bytes()), textOf(after.Bytes())); moved != nil {
		text = moved[0].Text + ": " + text
	}
	return text
}

// textOf is a string for reading, "" for one that cannot be read or is too large to be compared.
func textOf(raw []byte) string {
	if len(raw) > maxCompare {
		return ""
	}
	s, _ := jsonraw.Text(raw)
	return s
}

// inNumber tells both numbers, the unit once, and by how much they differ.
func inNumber(f *model.Field, before, after model.Value) string {
	was, is := shorten(string(before.Bytes()), maxSame), shorten(string(after.Bytes()), maxSame)
	text := units.Of(f, was)
	if unit := " " + f.Unit; f.Unit != "" {
		text = strings.TrimSuffix(text, unit)
	}
	text += " → " + units.Of(f, is)
	if by, ok := delta(before, after); ok {
		text += " (" + by + ")"
	}
	return text
}

// gist is a value in a few words: itself where it is short, else what it is and how much.
func gist(f *model.Field, v model.Value, most int) string {
	raw := v.Bytes()
	switch {
	case !v.IsSet():
		return word(v)
	case v.Kind() == jsonraw.Number:
		return sanitize.Line(units.Of(f, shorten(string(raw), maxSame)), most)
	case len(raw) > maxCompare:
		return named(v) + " of " + figure.Size(len(raw))
	}
	if text := OneLine(v); sanitize.Width(text) <= most && !strings.Contains(text, `\n`) {
		return text
	}
	switch v.Kind() {
	case jsonraw.String:
		text := textOf(raw)
		if n := len(split(text)); n > 1 {
			return "a text of " + figure.Count(n, "line")
		}
		return "a text of " + figure.Count(len(strings.Fields(text)), "word")
	case jsonraw.Array:
		list, _ := jsonraw.Elements(raw)
		if f.Kind == model.Messages {
			return figure.Count(len(list), "message")
		}
		return "a list of " + figure.Count(len(list), "element")
	}
	if f.Kind == model.Message {
		return "a message of the " + roleOf(raw)
	}
	list, _ := jsonraw.Members(raw)
	return figure.Count(len(list), "member")
}

// named is the kind of a value for people, with its article.
func named(v model.Value) string {
	switch v.Kind() {
	case jsonraw.String:
		return "a text"
	case jsonraw.Object:
		return "a map"
	default:
		return v.Kind().Word()
	}
}

// roleOf is the role of a message, "message" where it has none.
func roleOf(raw []byte) string {
	role := ""
	for key, v := range jsonraw.EachMember(raw) {
		if string(key) == `"role"` && jsonraw.KindOf(v) != jsonraw.Null {
			role, _ = jsonraw.Text(v)
		}
	}
	if role == "" { // it is written in another way, or is not there
		if list, ok := model.ReadMessages(model.Raw(raw)); ok && len(list) == 1 {
			role = list[0].Role
		}
	}
	if role == "" {
		return "message"
	}
	return shorten(role, maxSame)
}

// inLargeText says how much of a text differs, and where.
func inLargeText(before []byte, after jsonraw.Parts, k *known) string {
	head, tail := k.shared(before, after)
	return figure.Size(len(before)-head-tail) + " became " + figure.Size(after.Len()-head-tail) + ", " +
		figure.Size(head) + " into a text of " + figure.Size(len(before))
}

// inText says how a text differs that is not large: both in quotes where only one line does.
func inText(before, after []byte, most int) string {
	was, is := textOf(before), textOf(after)
	if !strings.Contains(was, "\n") && !strings.Contains(is, "\n") || was == "" || is == "" {
		return opposite(quoted(was), quoted(is), most)
	}
	return counted(split(was), split(is), most)
}

// quoted is a text in quotes, on one line.
func quoted(text string) string { return string(jsonraw.Indent(jsonraw.Literal(text))) }

// counted tells in how many lines two texts differ.
func counted(was, is []string, most int) string {
	t := tallied(was, is)
	switch {
	case t.changed+t.gone == len(was) && t.changed+t.come == len(is) && len(was)+len(is) > 3:
		return "rewritten: " + figure.Count(len(was), "line") + " → " + figure.Int(len(is))
	case t.changed == 1 && t.gone+t.come == 0:
		if bare(was[t.was]) == bare(is[t.is]) {
			return lastBreak(was[t.was], is[t.is])[0].Text
		}
		return "line " + figure.Int(t.is+1) + ": " + opposite(quoted(bare(was[t.was])), quoted(bare(is[t.is])), most)
	}
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{{t.changed, "changed"}, {t.come, "added"}, {t.gone, "removed"}} {
		switch {
		case p.n == 0:
		case len(parts) == 0:
			parts = append(parts, figure.Count(p.n, "line")+" "+p.what)
		default:
			parts = append(parts, figure.Int(p.n)+" "+p.what)
		}
	}
	return strings.Join(parts, ", ") + " of " + figure.Int(len(was))
}

// namesOf lists a few names, and how many there are beside them.
func namesOf(list []string) string {
	return someOf(len(list), func(i int) string { return list[i] })
}

// someOf is namesOf for n names that are asked for.
func someOf(n int, name func(i int) string) string {
	const few = 3
	shown, rest := n, ""
	if n > few+1 {
		shown, rest = few, " and "+figure.Int(n-few)+" more"
	}
	list := make([]string, shown)
	for i := range list {
		list[i] = name(i)
	}
	return strings.Join(list, ", ") + rest
}

// numbered is the place of an element in a list.
func numbered(i int) string { return "[" + strconv.Itoa(i) + "]" }
