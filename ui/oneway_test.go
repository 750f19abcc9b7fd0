package ui

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// empty imports packages without what they hold, which is of no concern here.
type empty struct{}

func (empty) Import(name string) (*types.Package, error) {
	pkg := types.NewPackage(name, path.Base(name))
	pkg.MarkComplete()
	return pkg, nil
}

// calls are the files of this package by the files whose functions they call.
func calls(t *testing.T) map[string][]string {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	conf := types.Config{Importer: empty{}, Error: func(error) {}}
	pkg, _ := conf.Check("ui", fset, files, info)
	list := map[string][]string{}
	for used, object := range info.Uses {
		if _, ok := object.(*types.Func); !ok || object.Pkg() != pkg {
			continue
		}
		from, to := fset.Position(used.Pos()).Filename, fset.Position(object.Pos()).Filename
		if from != to && !slices.Contains(list[from], to) {
			list[from] = append(list[from], to)
		}
	}
	return list
}

// TestNoFileIsCalledBack wants the files of the program of screens to stand one above the other:
// who reads down from root.go never has to go back up.
func TestNoFileIsCalledBack(t *testing.T) {
	t.Parallel()
	list := calls(t)
	if len(list["root.go"]) < 5 {
		t.Fatalf("root.go calls %v only", list["root.go"])
	}
	var below func(file string, way []string)
	below = func(file string, way []string) {
		for _, to := range list[file] {
			if slices.Contains(way, to) {
				t.Fatalf("%s is called back: %v", to, append(way, to))
			}
			below(to, append(slices.Clone(way), to))
		}
	}
	for file := range list {
		below(file, []string{file})
	}
}
