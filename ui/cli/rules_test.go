package cli_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The page of rules names the tests that run them. Each is there, and each rule that holds has one.
func TestTheRulesOfOthersAreRun(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(root, ".docs", "compare.md"))
	if err != nil {
		t.Fatal(err)
	}
	there, name := testNames(t), regexp.MustCompile("`(Test[A-Za-z0-9]+)`")
	rules := 0
	for line := range strings.Lines(string(page)) {
		named := name.FindAllStringSubmatch(line, -1)
		for _, test := range named {
			if !there[test[1]] {
				t.Errorf("there is no test %s:\n%s", test[1], line)
			}
		}
		if strings.HasPrefix(line, "| ") && strings.Contains(line, "**") {
			rules++
		}
	}
	if rules < 40 {
		t.Errorf("only %d rules were found on the page", rules)
	}
}

// testNames are the tests of the module.
func testNames(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && file != root && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(file, "_test.go"):
			return nil
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, decl := range parsed.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil {
				names[f.Name.Name] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}
