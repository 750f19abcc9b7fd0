package ui

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"errata/api/batch"
	"errata/model"
	"errata/model/jsonraw"
	"errata/model/path"
	"errata/model/replace"
	"errata/model/tree"
	"errata/ui/form"
)

// bulkHelp says what can be typed to change many logs.
var bulkHelp = []string{
	"PATH=TEXT  PATH:=JSON  PATH+=JSON   assignments as errata set takes them, any number",
	"--remove PATH  --copy FROM=TO  --move FROM=TO",
	"null PATH…                          no value any more",
	"replace OLD NEW [--whole] [--ignore-case] [--regexp] [--in PATH]…",
	"fill FIELD…  or  fill --every       what follows from the rest of each log",
	"as in LOG_ID                        the changes of a log that is open and not sent yet",
	"",
	"Words with blanks stand in quotes. Nothing is sent before a review of all of it.",
}

// bulkChange reads what is to be done to many logs. Its words are those of the commands.
func (s *session) bulkChange(typed string) (batch.Change, error) {
	words, err := bulkWords(typed)
	switch {
	case err != nil:
		return batch.Change{}, err
	case len(words) == 0:
		return batch.Change{}, errors.New("nothing is typed")
	}
	rest := words[1:]
	switch words[0] {
	case "set":
		return setWords(rest)
	case "null":
		for i, p := range rest {
			rest[i] = p + ":=null"
		}
		return setWords(rest)
	case batch.ReplaceKind:
		return replaceWords(rest)
	case batch.FillKind:
		return s.fillWords(rest)
	case "as":
		return s.asIn(rest)
	case "judge", "redact", "delete", "apply":
		return batch.Change{}, fmt.Errorf("errata %s does that from a shell: y copies the ids", words[0])
	}
	return setWords(words)
}

// bulkWords cuts a line into words as a shell does. JSON behind := or += needs no quotes.
func bulkWords(line string) (words []string, err error) {
	for i := 0; ; {
		for i < len(line) && line[i] == ' ' {
			i++
		}
		if i == len(line) {
			return words, nil
		}
		var b strings.Builder
		for i < len(line) && line[i] != ' ' {
			switch c := line[i]; {
			case c == '\'' || c == '"':
				text, n, ok := quotedWord(line[i:])
				if !ok {
					return nil, fmt.Errorf("the quote at column %d is not closed", i+1)
				}
				b.WriteString(text)
				i += n
			case strings.HasPrefix(line[i:], ":=") || strings.HasPrefix(line[i:], "+="):
				b.WriteString(line[i : i+2])
				i += 2
				if i < len(line) && line[i] != '\'' && line[i] != ' ' {
					end := jsonEnd(line, i)
					b.WriteString(line[i:end])
					i = end
				}
			case c == '\\' && i+1 < len(line):
				b.WriteByte(line[i+1])
				i += 2
			default:
				b.WriteByte(c)
				i++
			}
		}
		words = append(words, b.String())
	}
}

// jsonEnd is where the JSON at a byte of a line ends.
func jsonEnd(line string, i int) int {
	switch line[i] {
	case '{', '[', '"':
		if end := jsonraw.ValueEnd([]byte(line), i); end > i && end <= len(line) && jsonraw.Check([]byte(line[i:end])) == nil {
			return end
		}
	}
	for i < len(line) && line[i] != ' ' {
		i++
	}
	return i
}

// quotedWord is what stands in the quotes that a text begins with; n is its bytes with them.
func quotedWord(text string) (word string, n int, ok bool) {
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == text[0]:
			return b.String(), i + 1, true
		case c == '\\' && text[0] == '"' && i+1 < len(text) && strings.IndexByte(`"\`, text[i+1]) >= 0:
			i++
			b.WriteByte(text[i])
		default:
			b.WriteByte(c)
		}
	}
	return "", 0, false
}

// setWords are edits as errata set takes them.
func setWords(words []string) (batch.Change, error) {
	var e model.Edits
	for i := 0; i < len(words); i++ {
		flag, value, joined := strings.Cut(words[i], "=")
		move := flag == "--move"
		switch flag {
		case "--remove", "--copy", "--move":
			if !joined {
				if i++; i == len(words) {
					return batch.Change{}, fmt.Errorf("%s wants a path", flag)
				}
				value = words[i]
			}
			if err := transferWord(&e, flag == "--remove", move, value); err != nil {
				return batch.Change{}, err
			}
		default:
			a, err := model.ParseAssignment(words[i])
			if err == nil && a.FromFile {
				err = errors.New("files are read by errata set")
			}
			if err != nil {
				return batch.Change{}, err
			}
			e.Assign = append(e.Assign, a)
		}
	}
	if e.Empty() {
		return batch.Change{}, errors.New("there is no assignment: PATH=TEXT or PATH:=JSON")
	}
	return batch.Set(e), nil
}

// transferWord adds what --remove, --copy or --move says.
func transferWord(e *model.Edits, remove, move bool, value string) error {
	if remove {
		t, err := model.ParseTarget(value)
		e.Remove = append(e.Remove, t)
		return err
	}
	from, to, err := model.ParseTransfer(value)
	e.Transfers = append(e.Transfers, model.Transfer{From: from, To: to, Move: move})
	return err
}

// replaceWords are a replacement as errata replace takes it.
func replaceWords(words []string) (batch.Change, error) {
	var rule replace.Rule
	var in []model.Target
	var texts []string
	for i := 0; i < len(words); i++ {
		switch words[i] {
		case "--whole":
			rule.Whole = true
		case "--ignore-case":
			rule.IgnoreCase = true
		case "--regexp":
			rule.Regexp = true
		case "--in":
			if i++; i == len(words) {
				return batch.Change{}, errors.New("--in wants a path")
			}
			t, err := model.ParseTarget(words[i])
			if err != nil {
				return batch.Change{}, err
			}
			in = append(in, t)
		default:
			texts = append(texts, words[i])
		}
	}
	if len(texts) != 2 {
		return batch.Change{}, errors.New("replace wants OLD and NEW; a text with blanks stands in quotes")
	}
	rule.Old, rule.New = texts[0], texts[1]
	return batch.Replace(rule, in)
}

// fillWords are fill-ins as errata fill takes them.
func (s *session) fillWords(words []string) (batch.Change, error) {
	every := slices.Contains(words, "--every")
	var want []*model.Field
	for _, word := range words {
		if word == "--every" {
			continue
		}
		f, ok := model.FillField(word)
		if !ok {
			return batch.Change{}, fmt.Errorf("%s cannot be filled in", word)
		}
		want = append(want, f)
	}
	if every == (len(want) > 0) {
		return batch.Change{}, errors.New("fill which fields? name them, or say --every")
	}
	return batch.Fill(want, s.o.Prices), nil
}

// asIn makes the changes of a log that is open with some: of a map its members, of any other field
// its value.
func (s *session) asIn(words []string) (batch.Change, error) {
	id := ""
	switch {
	case len(words) == 2 && words[0] == "in":
		id = words[1]
	case len(words) == 1 && words[0] == "in":
		for open, f := range s.forms {
			if len(f.Changes().Changed()) > 0 && id != "" {
				return batch.Change{}, errors.New("several logs have changes: as in LOG_ID says which is meant")
			} else if len(f.Changes().Changed()) > 0 {
				id = open
			}
		}
	default:
		return batch.Change{}, errors.New("as in LOG_ID")
	}
	f := s.forms[id]
	if f == nil || len(f.Changes().Changed()) == 0 {
		return batch.Change{}, errors.New("no log is open with changes that are not sent yet")
	}
	return batch.Set(editsOf(f)), nil
}

// editsOf are the changes of a form as edits.
func editsOf(f *form.Model) (e model.Edits) {
	c := f.Changes()
	for _, field := range c.Changed() {
		was, is := c.Base().Value(field), c.Value(field)
		top := path.Path{path.Member(field.Name)}
		if field.Kind != model.Map || !was.IsSet() || !is.IsSet() {
			e.Assign = append(e.Assign, assigned(field, top, is.Bytes()))
			continue
		}
		old, now := tree.New(was.Bytes()), tree.New(is.Bytes())
		for i := range now.Len() {
			at, there := old.Find(now.Name(i))
			if !there || !jsonraw.Equal(old.Child(at).Bytes(), now.Child(i).Bytes()) {
				e.Assign = append(e.Assign, assigned(field, append(slices.Clone(top), path.Member(now.Name(i))), now.Child(i).Bytes()))
			}
		}
		for i := range old.Len() {
			if _, stays := now.Find(old.Name(i)); !stays {
				e.Remove = append(e.Remove, model.Target{Field: field, Path: append(slices.Clone(top), path.Member(old.Name(i)))})
			}
		}
	}
	return e
}

func assigned(f *model.Field, to path.Path, literal []byte) model.Assignment {
	return model.Assignment{Target: model.Target{Field: f, Path: to}, JSON: true, Text: string(literal)}
}
