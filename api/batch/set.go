package batch

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"errata/model"
	"errata/model/spell"
)

// SetKind is the kind of Set.
const SetKind = "set"

// Set is the change that carries out edits.
func Set(e model.Edits) Change {
	r := Recipe{Kind: SetKind, Words: editWords(e)}
	r.Spec, _ = json.Marshal(specOf(e)) // texts and flags
	return Each(r, func(log *model.Log) (*model.ChangeSet, error) {
		changes := model.NewChangeSet(log)
		return changes, changes.Carry(e)
	})
}

// ReadSet makes a Set of its spec.
func ReadSet(spec []byte) (Change, error) {
	var s editSpec
	if err := json.Unmarshal(spec, &s); err != nil {
		return Change{}, err
	}
	e, err := s.edits()
	return Set(e), err
}

// editSpec is edits as data.
type editSpec struct {
	Assign    []assignSpec   `json:"assign,omitempty"`
	Transfers []transferSpec `json:"transfers,omitempty"`
	Remove    []string       `json:"remove,omitempty"`
}

type assignSpec struct {
	Path   string `json:"path"`
	JSON   bool   `json:"json,omitempty"`
	Append bool   `json:"append,omitempty"`
	Text   string `json:"text,omitempty"`
	Bytes  []byte `json:"bytes,omitempty"` // in place of a text that is not UTF-8
}

type transferSpec struct {
	From string `json:"from"`
	To   string `json:"to"`
	Move bool   `json:"move,omitempty"`
}

func specOf(e model.Edits) (s editSpec) {
	for _, a := range e.Assign {
		of := assignSpec{Path: a.Target.String(), JSON: a.JSON, Append: a.Append, Text: a.Text}
		if !utf8.ValidString(a.Text) {
			of.Text, of.Bytes = "", []byte(a.Text)
		}
		s.Assign = append(s.Assign, of)
	}
	for _, t := range e.Transfers {
		s.Transfers = append(s.Transfers, transferSpec{t.From.String(), t.To.String(), t.Move})
	}
	for _, t := range e.Remove {
		s.Remove = append(s.Remove, t.String())
	}
	return s
}

func (s editSpec) edits() (e model.Edits, err error) {
	target := func(path string) model.Target {
		t, failed := model.ParseTarget(path)
		err = errors.Join(err, failed)
		return t
	}
	for _, a := range s.Assign {
		e.Assign = append(e.Assign, model.Assignment{Target: target(a.Path), JSON: a.JSON, Append: a.Append, Text: a.Text + string(a.Bytes)})
	}
	for _, t := range s.Transfers {
		e.Transfers = append(e.Transfers, model.Transfer{From: target(t.From), To: target(t.To), Move: t.Move})
	}
	for _, path := range s.Remove {
		e.Remove = append(e.Remove, target(path))
	}
	return e, err
}

// editWords are edits as they are typed, long texts cut.
func editWords(e model.Edits) string {
	words := []string{SetKind}
	for _, a := range e.Assign {
		sign := "="
		switch {
		case a.Append:
			sign = "+="
		case a.JSON:
			sign = ":="
		}
		words = append(words, a.Target.String()+sign+shortened(a.Text))
	}
	for _, t := range e.Transfers {
		how := "--copy"
		if t.Move {
			how = "--move"
		}
		words = append(words, fmt.Sprintf("%s %s=%s", how, t.From, t.To))
	}
	for _, t := range e.Remove {
		words = append(words, "--remove "+t.String())
	}
	return strings.Join(words, " ")
}

// shortened is the beginning of a text, on one line.
func shortened(text string) string {
	return spell.Clip(strings.Join(strings.Fields(strings.ToValidUTF8(text, "\uFFFD")), " "), 40)
}
