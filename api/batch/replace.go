package batch

import (
	"context"
	"encoding/json"
	"errors"

	"errata/model"
	"errata/model/replace"
)

// ReplaceKind is the kind of Replace.
const ReplaceKind = "replace"

// Replace is the change that replaces texts, in all fields or only in what is at some targets. The
// error says what is wrong with the rule.
func Replace(rule replace.Rule, in []model.Target) (Change, error) {
	r, err := replace.New(rule)
	if err != nil {
		return Change{}, err
	}
	spec := replaceSpec{Rule: rule}
	for _, t := range in {
		spec.In = append(spec.In, t.String())
	}
	recipe := Recipe{Kind: ReplaceKind, Words: spec.words()}
	recipe.Spec, _ = json.Marshal(spec) // texts and flags
	return Change{Recipe: recipe, Make: func(_ context.Context, log *model.Log, _ Item) (Edit, error) {
		e := Edit{Changes: model.NewChangeSet(log), Found: map[string]int{}}
		places, err := e.Changes.Replace(r, in)
		for _, p := range places {
			e.Found[p.Path.String()] += p.Hits
		}
		return e, err
	}}, nil
}

// ReadReplace makes a Replace of its spec.
func ReadReplace(spec []byte) (Change, error) {
	var s replaceSpec
	if err := json.Unmarshal(spec, &s); err != nil {
		return Change{}, err
	}
	var in []model.Target
	var wrong error
	for _, path := range s.In {
		t, err := model.ParseTarget(path)
		in, wrong = append(in, t), errors.Join(wrong, err)
	}
	if wrong != nil {
		return Change{}, wrong
	}
	return Replace(s.Rule, in)
}

// replaceSpec is a replacement as data.
type replaceSpec struct {
	replace.Rule
	In []string `json:"in,omitempty"`
}

// words are the replacement as it is typed, long texts cut.
func (s replaceSpec) words() string {
	words := ReplaceKind + " " + quote(s.Old) + " " + quote(s.New)
	for _, flag := range []struct {
		name string
		set  bool
	}{{"--regexp", s.Regexp}, {"--whole", s.Whole}, {"--ignore-case", s.IgnoreCase}} {
		if flag.set {
			words += " " + flag.name
		}
	}
	for _, path := range s.In {
		words += " --in " + path
	}
	return words
}

func quote(text string) string { return "'" + shortened(text) + "'" }
