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
	rest  string // what is behind it
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
	known := m.seen()
	at, flag := under(before)
	if from = at; flag == whereFlag {
		from += wordBegin(before[at:])
	}
	begun := before[from:]
	switch {
	case to:
		list = slices.Concat(known.ids, m.promptNames())
	case strings.HasPrefix(begun, "--"):
		list = flagWords()
	case flag == selection.PromptFlag:
		list = m.promptNames()
	case flag == selection.ModelFlag:
		list = known.models
	case flag == model.Metadata.Name:
		list = known.metadata
	case flag == whereFlag:
		if path, ok := compared(before[at:from], begun); ok {
			list = known.values[path]
		} else {
			list = known.paths
		}
	case flag == "" && begun == "":
		list = flagWords()
	}
	return fitting(list, begun, !to && slices.Contains([]string{selection.PromptFlag, selection.ModelFlag, model.Metadata.Name}, flag)), from
}

// fitting are the words that go on from what was typed. A value of the line is in quotes where it
// has to, and may have been started with one.
func fitting(list []string, begun string, value bool) (fits []string) {
	bare := begun
	if value && begun != "" && strings.ContainsRune(`'"`, rune(begun[0])) {
		bare = begun[1:]
	}
	for _, word := range list {
		if !strings.HasPrefix(word, bare) {
			continue
		}
		if value {
			word = selection.Spelled(word)
		}
		if word != begun {
			fits = append(fits, word)
		}
	}
	return fits
}

const whereFlag = "where"

// under is the flag whose value is being typed at the end of a text, "" for none, and where the
// value begins; without a flag, where the last word does.
func under(before string) (at int, flag string) {
	word := strings.LastIndexByte(before, ' ') + 1
	begin := strings.LastIndex(before, "--")
	for begin > 0 && before[begin-1] != ' ' {
		begin = strings.LastIndex(before[:begin], "--")
	}
	if begin < 0 {
		return word, ""
	}
	end := strings.IndexAny(before[begin:], " =")
	if end < 0 {
		return word, ""
	}
	flag = before[begin+2 : begin+end]
	at = begin + end + 1
	for at < len(before) && before[at] == ' ' {
		at++
	}
	value := before[at:]
	f, ok := selection.Lookup(flag)
	quoted := value != "" && (value[0] == '\'' || value[0] == '"') && strings.IndexByte(value[1:], value[0]) < 0
	if !ok || f.Arg == "" || flag != whereFlag && strings.Contains(value, " ") && !quoted {
		return word, ""
	}
	return at, flag
}

// wordBegin is where the last word of an expression begins: behind a blank that is in no text, and
// behind the quotes and parentheses in front of a path.
func wordBegin(text string) (from int) {
	inside := false
	for i := range len(text) {
		switch {
		case text[i] == '"' && (i > 0 || !strings.HasPrefix(text[1:], ".")):
			inside = !inside
		case text[i] == ' ' && !inside:
			from = i + 1
		}
	}
	if word := strings.TrimLeft(text[from:], `('"`); strings.HasPrefix(word, ".") {
		from = len(text) - len(word)
	}
	return from
}

// compared is the path whose value is being typed.
func compared(value, begun string) (path string, ok bool) {
	if strings.HasPrefix(begun, ".") {
		return "", false
	}
	value = strings.TrimRight(value, " ")
	for _, sign := range []string{"==", "!="} {
		if path, ok = strings.CutSuffix(value, sign); ok {
			path = strings.TrimRight(path, " ")
			return path[wordBegin(path):], true
		}
	}
	return "", false
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

// seen is what is in logs, to complete what is typed.
type seen struct {
	ids, models, metadata, paths []string
	values                       map[string][]string // by path, as JSON
	met                          map[string]bool     // paths, and what is in the metadata
}

// seenRows is how many rows are looked at, seenWord how long a word may be, and seenMost how many
// words of a kind are offered.
const (
	seenRows = 200
	seenWord = 60
	seenMost = 1000
)

func newSeen() *seen {
	s := &seen{values: map[string][]string{}, met: map[string]bool{}}
	for _, f := range model.Form() {
		s.path("." + f.Name)
	}
	return s
}

// seen is what is in the store, as far as it was looked at, and in the rows.
func (m *Model) seen() *seen {
	s := newSeen()
	for i := range min(len(m.rows), seenRows) {
		s.ids = append(s.ids, m.rows[i].id())
		if name := m.rows[i].model.Value(); name != "" && s.once("model "+name) {
			s.models = append(s.models, name)
		}
	}
	for _, of := range m.docs.byID {
		s.members("", of.log.Bytes(), 0)
	}
	if m.stored != nil {
		s.join(m.stored)
	}
	slices.Sort(s.metadata)
	return s
}

// join takes in what is in other logs.
func (s *seen) join(o *seen) {
	for _, at := range o.paths {
		s.path(at)
		for _, literal := range o.values[at] {
			s.value(at, literal)
		}
	}
	for _, word := range o.metadata {
		s.noted(word)
	}
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
			s.noted(m.Name)
		}
		if len(raw) <= seenWord {
			s.value(at, string(raw))
			if text, ok := jsonraw.Text(raw); noted && ok {
				s.noted(text)
			}
		}
	}
}

// value takes a value of a path in, once.
func (s *seen) value(at, literal string) {
	s.path(at)
	if list := s.values[at]; len(list) < seenMost && s.once(at+" "+literal) {
		s.values[at] = append(list, literal)
	}
}

// path takes a path in, once.
func (s *seen) path(at string) {
	if len(s.paths) < seenMost && s.once(at) {
		s.paths = append(s.paths, at)
	}
}

// noted takes in what is in the metadata, once.
func (s *seen) noted(word string) {
	if word != "" && len(s.metadata) < seenMost && s.once(" "+word) {
		s.metadata = append(s.metadata, word)
	}
}

// once reports whether something is met for the first time.
func (s *seen) once(what string) bool {
	if s.met[what] {
		return false
	}
	s.met[what] = true
	return true
}

// step is a member as jq writes it behind the path of its object.
func step(name string) string {
	text := path.Member(name).String()
	if !strings.HasPrefix(text, "[") {
		text = "." + text
	}
	return text
}
