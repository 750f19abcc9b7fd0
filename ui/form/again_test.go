package form

import (
	"slices"
	"testing"

	"errata/model/path"
)

func TestAssigned(t *testing.T) {
	t.Parallel()
	at := path.Path{path.Member("metadata")}
	for _, tt := range []struct {
		was, is string
		want    []string
	}{
		{`{"a":1}`, `{"a":1,"b":true}`, []string{"metadata.b:=true"}},
		{`{"a":{"x":1,"y":2},"b":1}`, `{"a":{"x":1,"y":3}}`, []string{"metadata.a.y:=3"}},
		{`{"a":1}`, `{"a":{"x":1}}`, []string{`metadata.a:={"x":1}`}},
		{`null`, `{"a b":"c"}`, []string{`metadata["a b"]:="c"`}},
		{``, `{"a":1}`, []string{"metadata.a:=1"}},
		{`"x"`, `null`, []string{"metadata:=null"}},
		{`{"a":1}`, `{"a":1}`, nil},
	} {
		if got := assigned(at, []byte(tt.was), []byte(tt.is)); !slices.Equal(got, tt.want) {
			t.Errorf("%s to %s: %q, want %q", tt.was, tt.is, got, tt.want)
		}
	}
}
