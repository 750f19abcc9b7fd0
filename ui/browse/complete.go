package browse

import (
	"slices"
	"strings"

	"errata/model"
	"errata/model/jsonraw"
	"errata/model/path"
	"errata/model/selection"
)

// offer is the words that complete what was typed; the same key again takes the next.
type offer struct {
	words []string
	at    int
	made  string // the text of the line that the last word made
	from  int    // the byte where the word begins
	rest  string // what stands behind it
}

// complete completes the word before the cursor.
func (m *Model) complete() {
	l := m.line
	o := &l.offer
	if l.in.Text() == o.made && len(o.words) > 1 {
		o.at = (o.at + 1) % len(o.words)
	} else {
		before, after := l.in.Split()
		words, from := m.words(before, l.asks == whereTo)
		if len(words) == 0 {
			return
		}
		*o = offer{words: words, from: from, rest: after}
	}
	head := l.in.Text()[:o.from] + o.words[o.at]
	o.made = head + o.rest
	l.in.Put(o.made, len(head))
}

// words are what completes a text, and where the word begins that they take the place of.
func (m *Model) words(before string, to bool) (list []string, from int) {
	from = strings.LastIndexByte(before, ' ') + 1
	begun := before[from:]
	known := m.seen()
	switch flag, value := under(before, from); {
	case to:
		list = slices.Concat(known.ids, m.promptNames())
	case strings.HasPrefix(begun, "--"):
		list = flagWords()
	case flag == selection.PromptFlag:
		list = m.promptNames()
	case flag == model.Metadata.Name:
		list = known.metadata
	case flag == "where":
		if path, ok := compared(value, begun); ok {
			list = known.values[path]
		} else {
			list = known.paths
		}
	case flag == "" && begun == "":
		list = flagWords()
	}
	fits := func(word string) bool { return strings.HasPrefix(word, begun) && word != begun }
	return slices.DeleteFunc(slices.Clone(list), func(word string) bool { return !fits(word) }), from
}

// under is the flag whose value is being typed at the end of a text, with what of it stands before
// the last word.
func under(before string, from int) (flag, value string) {
	at := strings.LastIndex(before[:from], "--")
	if at < 0 {
		return "", ""
	}
	flag, value, _ = strings.Cut(before[at+2:from], " ")
	if f, ok := selection.Lookup(flag); !ok || f.Arg == "" || flag != "where" && strings.TrimSpace(value) != "" {
		return "", ""
	}
	return flag, value
}

// compared is the path whose value is being typed.
func compared(value, begun string) (path string, ok bool) {
	words := strings.Fields(value)
	n := len(words)
	if n < 2 || strings.HasPrefix(begun, ".") || !slices.Contains([]string{"==", "!="}, words[n-1]) {
		return "", false
	}
	return strings.TrimLeft(words[n-2], "('\""), true
}

func flagWords() (list []string) {
	for _, f := range selection.Flags() {
		word := "--" + f.Name
		if f.Arg != "" {
			word += " "
		}
		list = append(list, word)
	}
	return list
}

func (m *Model) promptNames() (list []string) {
	for _, p := range m.prompts {
		list = append(list, p.name())
	}
	return list
}

// seen is what stands in the rows that are loaded, to complete what is typed.
type seen struct {
	ids, metadata, paths []string
	values               map[string][]string // by path, as JSON
}

// seenRows is how many rows are looked at, and seenWord how long a word may be.
const (
	seenRows = 200
	seenWord = 60
)

// seen looks at the rows.
func (m *Model) seen() seen {
	s := seen{values: map[string][]string{}}
	for _, f := range model.Form() {
		s.paths = append(s.paths, "."+f.Name)
	}
	for i := range min(len(m.rows), seenRows) {
		log := m.rows[i].log
		s.ids = append(s.ids, m.rows[i].sum.ID)
		s.members("", log.Bytes(), 0)
	}
	slices.Sort(s.metadata)
	s.metadata = slices.Compact(s.metadata)
	return s
}

// deepest is how far members are looked into.
const deepest = 2

// members takes the members of an object in that are short.
func (s *seen) members(of string, doc []byte, depth int) {
	members, err := jsonraw.Members(doc)
	if err != nil {
		return
	}
	for _, m := range members {
		raw := m.Val.Of(doc)
		at := of + step(m.Name)
		noted := strings.HasPrefix(of, "."+model.Metadata.Name)
		switch jsonraw.KindOf(raw) {
		case jsonraw.Object:
			if depth < deepest {
				s.members(at, raw, depth+1)
			}
			continue
		case jsonraw.Array:
			if elements, err := jsonraw.Elements(raw); err == nil && depth < deepest && len(elements) > 0 && m.Name == "evaluator_logs" {
				for _, e := range elements {
					s.members(at+"[]", e.Val.Of(raw), depth+1)
				}
			}
			continue
		}
		if noted {
			s.metadata = append(s.metadata, m.Name)
		}
		if len(raw) <= seenWord {
			s.value(at, string(raw))
			if text, ok := jsonraw.Text(raw); noted && ok && !strings.Contains(text, " ") {
				s.metadata = append(s.metadata, text)
			}
		}
	}
}

// value takes a value of a path in, once.
func (s *seen) value(at, literal string) {
	if _, known := s.values[at]; !known && !slices.Contains(s.paths, at) {
		s.paths = append(s.paths, at)
	}
	if !slices.Contains(s.values[at], literal) {
		s.values[at] = append(s.values[at], literal)
	}
}

// step is a member as jq writes it behind the path of its object.
func step(name string) string {
	text := path.Member(name).String()
	if !strings.HasPrefix(text, "[") {
		text = "." + text
	}
	return text
}
