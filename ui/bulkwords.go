package ui

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"errata/api"
	"errata/api/batch"
	"errata/api/judge"
	"errata/model"
	"errata/model/replace"
	"errata/model/spell"
	"errata/ui/bulk"
	"errata/ui/redaction"
)

// bulkHelp says what can be typed to change many logs.
var bulkHelp = []string{
	"PATH=TEXT  PATH:=JSON  PATH+=JSON  PATH=@FILE  as errata set takes them",
	"--remove PATH  --copy FROM=TO  --move FROM=TO",
	"null PATH…                      sets to null",
	"replace OLD NEW [--whole] [--ignore-case] [--regexp] [--in PATH]…",
	"fill FIELD…  or  fill --every   what can be derived from the rest of each log",
	"judge EVALUATOR=VALUE… [--note TEXT] [--completed]",
	"redact [--kinds KINDS] [--numbered]   mask addresses, keys, your own words",
	"as in LOG_ID                    the changes of an open log, not sent yet",
	"",
	"Put words with spaces in quotes. Nothing is sent before a review.",
}

// making makes a change away from the keys: it may read files, and ask the server.
type making func(ctx context.Context) (batch.Change, error)

// bulkWork reads what is to be done to many logs, and gives what begins it away from the keys.
func (s *session) bulkWork(typed string, o Options, ids []string) (func(context.Context) (bulk.Work, error), error) {
	words, err := bulkWords(typed)
	switch {
	case err != nil:
		return nil, err
	case len(words) == 0:
		return nil, errors.New("nothing is typed")
	case words[0] == redaction.Kind:
		how, err := redactWords(words[1:])
		if err == nil {
			err = s.sent(ids)
		}
		return func(context.Context) (bulk.Work, error) { return newRedacting(o, how, ids) }, err
	}
	change, err := s.bulkChange(words)
	err = meant(err, words)
	return func(ctx context.Context) (bulk.Work, error) {
		made, err := change(ctx)
		if err != nil {
			return nil, err
		}
		return newWork(o, made, ids)
	}, err
}

// bulkVerbs are the words that a change begins with, where it does not begin with an assignment,
// and the options of each.
var bulkVerbs = map[string][]string{
	batch.SetKind: {"--remove", "--copy", "--move"}, "null": nil, batch.ReplaceKind: {"--whole", "--ignore-case", "--regexp", "--in"},
	batch.FillKind: {"--every"}, batch.JudgeKind: {"--note", "--completed"}, redaction.Kind: {"--kinds", "--numbered"}, "as": nil,
}

// meant adds to an error the word that a change probably was to begin with.
func meant(err error, words []string) error {
	known := slices.Sorted(maps.Keys(bulkVerbs))
	switch {
	case err == nil:
		return nil
	case slices.Contains(known, words[0]) || strings.Contains(words[0], "="):
		return err
	}
	return fmt.Errorf("%w%s", err, spell.Meant(words[0], known))
}

// misspelt refuses a word that is nearly an option of a verb.
func misspelt(verb, word string) error {
	if strings.HasPrefix(word, "--") {
		option, _, _ := strings.Cut(word, "=")
		if near := spell.Nearest(option, bulkVerbs[verb]); near != "" && near != option {
			return fmt.Errorf("%s has no option %s; did you mean %s", verb, option, near)
		}
	}
	return nil
}

// valueOf is the value of the option at words[*i]: what is behind its "=", or the next word, to
// which it moves i.
func valueOf(words []string, i *int, wants string) (string, error) {
	flag, value, joined := strings.Cut(words[*i], "=")
	if joined {
		return value, nil
	}
	if *i++; *i == len(words) {
		return "", fmt.Errorf("%s wants %s", flag, wants)
	}
	return words[*i], nil
}

// bulkChange reads a change. Its words are those of the commands.
func (s *session) bulkChange(words []string) (making, error) {
	rest := words[1:]
	switch words[0] {
	case batch.SetKind:
		return s.setWords(rest)
	case "null":
		for i, p := range rest {
			rest[i] = p + ":=null"
		}
		return s.setWords(rest)
	case batch.ReplaceKind:
		return ready(replaceWords(rest))
	case batch.FillKind:
		return ready(s.fillWords(rest))
	case batch.JudgeKind:
		return s.judgeWords(rest)
	case "as":
		return ready(s.asIn(rest))
	case "delete", "apply":
		return nil, fmt.Errorf("errata %s does that from a shell: y copies the ids", words[0])
	}
	return s.setWords(words)
}

// ready is a change that needs nothing else to be made.
func ready(change batch.Change, err error) (making, error) {
	return func(context.Context) (batch.Change, error) { return change, nil }, err
}

// file reads a file that is named behind =@.
func (s *session) file(ctx context.Context, name string) ([]byte, error) {
	switch {
	case name == "-":
		return nil, errors.New("=@- is standard input, which is the keyboard here: name a file")
	case s.o.File == nil:
		return nil, errors.New("no file is read here")
	}
	return s.o.File(ctx, name)
}

// judgeWords are judgments as errata judge takes them.
func (s *session) judgeWords(words []string) (making, error) {
	said := judge.Words{User: s.o.Author}
	for i := 0; i < len(words); i++ {
		flag, _, joined := strings.Cut(words[i], "=")
		switch {
		case words[i] == "--completed":
			said.Completed = true
		case flag == "--note":
			var err error
			if said.Note, err = valueOf(words, &i, "a text"); err != nil {
				return nil, err
			}
		case misspelt(batch.JudgeKind, words[i]) != nil:
			return nil, misspelt(batch.JudgeKind, words[i])
		case !joined:
			return nil, fmt.Errorf("%s is no judgment; write EVALUATOR=VALUE", words[i])
		default:
			said.Said = append(said.Said, words[i])
		}
	}
	if len(said.Said) == 0 && said.Note == "" {
		return nil, errors.New("judge wants EVALUATOR=VALUE")
	}
	return func(ctx context.Context) (batch.Change, error) {
		svc, ok := listerOf(s.o.Service)
		if !ok {
			return batch.Change{}, api.ErrNoJudgments
		}
		list, _, err := judge.Evaluators(ctx, svc)
		if err != nil {
			return batch.Change{}, err
		}
		said.File = func(name string) ([]byte, error) { return s.file(ctx, name) }
		acts, err := said.Acts(list)
		return batch.Judge(acts), err
	}, nil
}

// redactWords are a redaction as errata redact takes it.
func redactWords(words []string) (o redaction.Options, err error) {
	for i := 0; i < len(words); i++ {
		flag, _, _ := strings.Cut(words[i], "=")
		switch {
		case words[i] == "--numbered":
			o.Numbered = true
		case flag == "--kinds":
			value, err := valueOf(words, &i, "kinds, with commas between")
			if err != nil {
				return o, err
			}
			o.Kinds = append(o.Kinds, strings.Split(value, ",")...)
		case misspelt(redaction.Kind, words[i]) != nil:
			return o, misspelt(redaction.Kind, words[i])
		default:
			return o, fmt.Errorf("redact does not take %s: it is redact [--kinds KINDS] [--numbered]", words[i])
		}
	}
	return o, nil
}

// setWords are edits as errata set takes them.
func (s *session) setWords(words []string) (making, error) {
	var e model.Edits
	for i := 0; i < len(words); i++ {
		switch flag, _, _ := strings.Cut(words[i], "="); flag {
		case "--remove", "--copy", "--move":
			value, err := valueOf(words, &i, "a path")
			if err != nil {
				return nil, err
			}
			if err := transferWord(&e, flag, value); err != nil {
				return nil, err
			}
		default:
			if err := misspelt(batch.SetKind, words[i]); err != nil {
				return nil, err
			}
			a, err := model.ParseAssignment(words[i])
			if err != nil {
				return nil, err
			}
			e.Assign = append(e.Assign, a)
		}
	}
	if e.Empty() {
		return nil, errors.New("there is no assignment: PATH=TEXT or PATH:=JSON")
	}
	return func(ctx context.Context) (batch.Change, error) {
		err := s.filled(ctx, e.Assign)
		return batch.Set(e), err
	}, nil
}

// filled reads the files that assignments name.
func (s *session) filled(ctx context.Context, list []model.Assignment) error {
	for i, a := range list {
		if !a.FromFile {
			continue
		}
		raw, err := s.file(ctx, a.File)
		if err == nil {
			list[i].Text, err = a.Take(raw)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", a.Target, err)
		}
	}
	return nil
}

// transferWord adds what --remove, --copy or --move says.
func transferWord(e *model.Edits, flag, value string) error {
	if flag == "--remove" {
		t, err := model.ParseTarget(value)
		e.Remove = append(e.Remove, t)
		return err
	}
	from, to, err := model.ParseTransfer(value)
	e.Transfers = append(e.Transfers, model.Transfer{From: from, To: to, Move: flag == "--move"})
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
			value, err := valueOf(words, &i, "a path")
			if err != nil {
				return batch.Change{}, err
			}
			t, err := model.ParseTarget(value)
			if err != nil {
				return batch.Change{}, err
			}
			in = append(in, t)
		default:
			if err := misspelt(batch.ReplaceKind, words[i]); err != nil {
				return batch.Change{}, err
			}
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
			if err := misspelt(batch.FillKind, word); err != nil {
				return batch.Change{}, err
			}
			return batch.Change{}, fmt.Errorf("%s cannot be filled in%s", word, spell.Meant(word, model.FillNames()))
		}
		want = append(want, f)
	}
	if every == (len(want) > 0) {
		return batch.Change{}, errors.New("fill which fields? name them, or say --every")
	}
	return batch.Fill(want, s.o.Prices), nil
}
