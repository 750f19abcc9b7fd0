package config

import (
	"strings"

	"errata/model/spell"
)

// annotateKey is the name of what logs are annotated with in the configuration file.
const annotateKey = "annotate"

// Annotation is one of [[annotate]] in the configuration file: an evaluator, or a tag.
type Annotation struct {
	Evaluator string   // path, name or id; empty for a tag
	Key       string   // a digit from 1 to 9; the next free one where none is set
	Set       []string // the assignments of a tag, as errata set takes them
}

// Annotations are what logs are annotated with, in the order of the file; none means every
// evaluator for people.
func (c *Config) Annotations() []Annotation { return c.annotations }

var annotationKeys = []string{"evaluator", "key", "set"}

const wantAnnotations = `want tables like [[annotate]] with evaluator = "…" or set = ["metadata.reviewed:=true"]`

// takeAnnotations reads what logs are annotated with.
func (f *profileFile) takeAnnotations(value any) error {
	list, ok := value.([]any)
	if !ok {
		return f.refuse(wantAnnotations, annotateKey)
	}
	taken := map[string]bool{}
	for _, item := range list {
		table, ok := item.(map[string]any)
		if !ok {
			return f.refuse(wantAnnotations, annotateKey)
		}
		a, err := f.takeAnnotation(table)
		switch {
		case err != nil:
			return err
		case a.Key != "" && taken[a.Key]:
			return f.refuse("two of them have the key "+a.Key, annotateKey)
		}
		taken[a.Key] = true
		f.annotations = append(f.annotations, a)
	}
	return nil
}

func (f *profileFile) takeAnnotation(table map[string]any) (a Annotation, err error) {
	for _, name := range sortedKeys(table) {
		var ok bool
		switch name {
		case "evaluator":
			a.Evaluator, ok = table[name].(string)
		case "key":
			a.Key, ok = table[name].(string)
		case "set":
			a.Set, ok = texts(table[name])
		default:
			return a, f.refuse("unknown name, want one of "+strings.Join(annotationKeys, ", ")+spell.Meant(name, annotationKeys), annotateKey, name)
		}
		if !ok {
			return a, f.refuse(wantAnnotations, annotateKey, name)
		}
	}
	switch {
	case (a.Evaluator == "") == (len(a.Set) == 0):
		return a, f.refuse(wantAnnotations, annotateKey)
	case a.Key != "" && (len(a.Key) != 1 || a.Key < "1" || a.Key > "9"):
		return a, f.refuse("key wants a digit from 1 to 9, not "+a.Key, annotateKey)
	}
	return a, nil
}

// texts is a list of texts.
func texts(value any) (list []string, ok bool) {
	items, ok := value.([]any)
	for _, item := range items {
		text, is := item.(string)
		if !is {
			return nil, false
		}
		list = append(list, text)
	}
	return list, ok
}
