package config

import (
	"reflect"
	"strings"
	"testing"
)

func TestAnnotations(t *testing.T) {
	t.Parallel()
	p := newPlace(t, "[[annotate]]\nevaluator = 'team/rating'\n[[annotate]]\nkey = '9'\nset = ['metadata.reviewed:=true', 'source=people']\n")
	want := []Annotation{{Evaluator: "team/rating"}, {Key: "9", Set: []string{"metadata.reviewed:=true", "source=people"}}}
	if got := p.load(t, nil).Annotations(); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestAnnotationsThatAreNone(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		"annotate = 'x'\n":                               "want tables like [[annotate]]",
		"[[annotate]]\n":                                 "want tables like [[annotate]]",
		"[[annotate]]\nkey = '1'\n":                      "want tables like [[annotate]]",
		"[[annotate]]\nset = [1]\n":                      "want tables like [[annotate]]",
		"[[annotate]]\nset = 'x=1'\n":                    "want tables like [[annotate]]",
		"[[annotate]]\nevaluator = 'a'\nset = ['x=1']\n": "want tables like [[annotate]]",
		"[[annotate]]\nevaluator = 'a'\nkey = '0'\n":     "key wants a digit from 1 to 9, not 0",
		"[[annotate]]\nevaluator = 'a'\nkye = '1'\n":     "did you mean key",
		"[[annotate]]\nset=['a=1']\nkey='1'\n[[annotate]]\nset=['b=1']\nkey='1'\n": "two of them have the key 1",
	} {
		p := newPlace(t, file)
		if _, err := Load(nil, p.env); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", file, err, want)
		}
	}
}
