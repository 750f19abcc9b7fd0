package change

import (
	"strings"

	"errata/model"
	"errata/model/figure"
	"errata/model/jsonraw"
)

// Name is what a place of a field is called beneath it: "[3] user", "[2].content line 4".
func (p Place) Name(f *model.Field) string {
	name := strings.TrimPrefix(strings.TrimPrefix(p.Where(f), f.Name), ".")
	if raw := p.either(); f.Kind == model.Messages && len(p.Old) == 1 && jsonraw.KindOf(raw) == jsonraw.Object {
		return name + " " + roleOf(raw)
	}
	switch {
	case p.part == nil:
		return name
	case p.ahead > 0: // how many lines are ahead of all that was compared is not known
		return strings.TrimSpace(name + " line +" + figure.Int(p.part.line+1))
	}
	return strings.TrimSpace(name + " line " + figure.Int(p.part.line+1))
}

// either is what is in a place: in the new value, else in the old one.
func (p Place) either() []byte {
	if p.After != nil {
		return p.After
	}
	return p.Before
}

// Sentence says in a few words what changed in a place of a field. A quoted value has at most most
// cells.
func (p Place) Sentence(f *model.Field, most int) string {
	const much = 64 << 10 // bytes that are not worth comparing for a sentence
	switch {
	case p.part != nil:
		return p.part.sentence(most)
	case p.Before == nil:
		return "added: " + p.gist(f, p.After, most)
	case p.After == nil:
		return "removed: " + p.gist(f, p.Before, most)
	case len(p.Before)+len(p.After) > much:
		return figure.Size(len(p.Before)) + " → " + figure.Size(len(p.After))
	}
	return speaker{f: &model.Field{}, most: most, depth: 1}.tell(model.Raw(p.Before), model.Raw(p.After))
}

// gist is a value of a place in a few words: of a message that is only a text, its first words.
func (p Place) gist(f *model.Field, raw []byte, most int) string {
	if f.Kind == model.Messages && len(p.Old) == 1 && len(raw) <= maxCompare {
		if text, ok := plainMessage(raw); ok {
			words, _ := jsonraw.TextPrefix(text.Bytes(), maxSame)
			return cutOut(quoted(strings.Join(strings.Fields(words), " ")), 0, most)
		}
	}
	return gist(&model.Field{}, model.Raw(raw), most)
}

// sentence says how the lines of a part changed: both quoted where each is one.
func (p *part) sentence(most int) string {
	was, is := split(p.was), split(string(p.swap.Ins))
	line := func(list []string) string { return quoted(bare(list[0])) }
	switch {
	case len(was) == 1 && len(is) == 1:
		return opposite(line(was), line(is), most)
	case len(was) == 0 && len(is) == 1:
		return "added: " + cutOut(line(is), 0, most)
	case len(is) == 0 && len(was) == 1:
		return "removed: " + cutOut(line(was), 0, most)
	case len(was) == 0:
		return figure.Count(len(is), "line") + " added"
	case len(is) == 0:
		return figure.Count(len(was), "line") + " removed"
	}
	return figure.Count(len(was), "line") + " → " + figure.Int(len(is))
}
