package cli_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"errata/model"
)

// root is the folder of the module, seen from this package.
const root = "../.."

// forbidden says which packages must not import which, and why. A rule holds for the package and
// everything below it; its own path is never forbidden.
var forbidden = []struct {
	pkg, reason string
	imports     []string
}{
	{"model", "the domain is pure functions of bytes",
		[]string{"net/http", "github.com/charmbracelet", "database/sql", "os", "errata/api", "errata/ui", "errata/config", "encoding/json"}},
	{"model/figure", "numbers are the same whatever they count", []string{"errata"}},
	{"model/stack", "a stack is the same whoever reaches deep", []string{"errata"}},
	{"model/pattern", "an expression is the same whoever looks for it", []string{"errata"}},
	{"model/agreement", "figures are the same whoever agrees on whatever", []string{"errata"}},
	{"model/sequence", "a list knows nothing of what it holds", []string{"errata"}},
	{"model/redact", "what is found is found by its form, whoever asks", []string{"errata/model/media", "errata/model/provider", "errata/model/price", "errata/model/tree"}},
	{"model/rewrite", "texts are rewritten whatever is looked for in them", []string{"errata/model/media", "errata/model/provider", "errata/model/price"}},
	{"model/path", "a path leads through JSON, whatever it is of", []string{"errata/model/media", "errata/model/provider", "errata/model/price"}},
	{"api", "a service knows neither who calls it nor what it is configured by",
		[]string{"errata/ui", "errata/config", "github.com/charmbracelet"}},
	{"api/server", "the handler works over any service",
		[]string{"errata/api/store", "github.com/go-resty/resty", "database/sql"}},
	{"api/store", "the store is no client and no server",
		[]string{"net/http/httptest", "errata/api/server", "github.com/go-resty/resty"}},
	{"api/store/index", "it knows values, letters and its tables; the store tells it what is searched, and reads what it names",
		[]string{"errata/api", "errata/ui", "errata/config", "modernc.org/sqlite", "github.com/jackc/pgx"}},
	{"api/logfile", "files are read the same into any sink", []string{"database/sql", "errata/api/store", "errata/api/server", "net/http"}},
	{"api/jq", "an expression knows JSON, not logs", []string{"errata/api", "errata/ui", "errata/config", "net/http"}},
	{"api/judge", "judging works over any service, and tells the journal without knowing it",
		[]string{"errata/api/store", "errata/api/server", "errata/api/journal", "github.com/go-resty/resty"}},
	{"api/group", "work is work", []string{"errata"}},
	{"api/batch", "a batch goes over any service, and is told what is changed",
		[]string{"errata/api/store", "errata/api/server", "errata/api/walk", "errata/model/selection", "github.com/go-resty/resty", "errata/ui", "errata/config"}},
	{"api/walk", "a walk goes over any service, and within any store that scans",
		[]string{"errata/api/store", "errata/api/server", "github.com/go-resty/resty", "errata/ui", "errata/config"}},
	{"api/follow", "what is new is told of any service, on any clock",
		[]string{"errata/api/store", "errata/api/server", "github.com/go-resty/resty", "errata/ui", "errata/config"}},
	{"api/save", "saving works over any service", []string{"errata/api/store", "errata/api/server", "github.com/go-resty/resty"}},
	{"config", "options do not know what they configure", []string{"errata/api", "errata/ui", "github.com/charmbracelet"}},
	{"ui/term", "the terminal is the same for any program", []string{"errata/model", "errata/api", "errata/config"}},
	{"ui/sanitize", "text is text", []string{"errata", "github.com/charmbracelet/bubbletea", "github.com/charmbracelet/lipgloss"}},
	{"ui/find", "a search knows values, not how they are shown",
		[]string{"errata/api", "errata/config", "errata/ui/pager", "errata/ui/outline", "errata/ui/chat", "errata/ui/form"}},
	{"ui/paint", "a row of text is drawn the same wherever it stands", []string{"errata/model", "errata/api", "errata/config", "errata/ui/theme", "github.com/charmbracelet/bubbletea"}},
	{"ui/stringlines", "text of a string literal alone", []string{"errata/api", "errata/config", "errata/ui", "github.com/charmbracelet"}},
	{"ui/units", "numbers and units alone", []string{"errata/api", "errata/config", "github.com/charmbracelet"}},
	{"ui/query", "a line of text knows nothing of what it is for",
		[]string{"errata/model", "errata/api", "errata/config", "errata/ui/find", "errata/ui/form", "errata/ui/browse"}},
	{"ui/uitest", "it plays any screen", []string{"errata"}},
	{"ui/editor", "an editor of text knows nothing of logs", []string{"errata/model", "errata/api", "errata/config"}},
	{"ui/change", "plain lines have no styles", []string{"github.com/charmbracelet", "errata/api"}},
	{"ui/pager", "it shows what it is given, and chooses nothing", []string{"errata/api", "errata/config", "errata/ui/chat", "errata/ui/reading", "errata/ui/form"}},
	{"ui/rows", "an editor knows values and texts; what its rows are it is told",
		[]string{"errata/api", "errata/config", "errata/ui/draft", "errata/ui/form", "errata/ui/outline", "errata/ui/chat", "errata/ui/pager"}},
	{"ui/outline", "a widget knows values and rows, no logs",
		[]string{"errata/api", "errata/config", "errata/ui/draft", "errata/ui/form", "errata/ui/chat", "errata/ui/browse", "errata/ui/review", "errata/ui/cli"}},
	{"ui/chat", "a widget is told its value and hands it back",
		[]string{"errata/api", "errata/config", "errata/ui/draft", "errata/ui/form", "errata/ui/browse", "errata/ui/review", "errata/ui/cli"}},
	{"ui/form", "screens do not fetch, and do not know each other",
		[]string{"errata/api", "errata/config", "errata/ui/browse", "errata/ui/review", "errata/ui/cli"}},
	{"ui/review", "screens do not fetch, and do not know each other",
		[]string{"errata/api", "errata/config", "errata/ui/browse", "errata/ui/form", "errata/ui/cli"}},
	{"ui/browse", "screens do not fetch, and do not know each other",
		[]string{"errata/api", "errata/config", "errata/ui/form", "errata/ui/review", "errata/ui/cli"}},
	{"ui/compare", "screens do not fetch, and do not know each other",
		[]string{"errata/api", "errata/config", "errata/ui/browse", "errata/ui/form", "errata/ui/review", "errata/ui/draft", "errata/ui/cli"}},
	{"ui/bulk", "screens do not fetch, and do not know each other; of batches they know what is shown",
		[]string{"errata/api/save", "errata/api/server", "errata/api/store", "errata/api/journal", "errata/config",
			"errata/ui/browse", "errata/ui/conflict", "errata/ui/form", "errata/ui/review", "errata/ui/cli"}},
	{"ui/redaction", "what is cleared is the same for a command and a screen",
		[]string{"errata/api/store", "errata/api/server", "errata/config", "github.com/charmbracelet", "errata/ui/cli", "errata/ui/bulk", "errata/ui/browse", "errata/ui/form"}},
	{"ui/history", "screens do not fetch, and do not know each other; of the journal they know the entries",
		[]string{"errata/api/save", "errata/api/server", "errata/api/store", "github.com/go-resty/resty", "errata/config",
			"errata/ui/browse", "errata/ui/conflict", "errata/ui/form", "errata/ui/review", "errata/ui/cli"}},
}

// open is a package that every other may import: it knows neither logs nor JSON.
const open = "errata/model/sequence"

// only says which package alone may import another, and why.
var only = []struct{ imported, by, reason string }{
	{"github.com/go-json-experiment/json", "model/jsonraw", "its API may change until it is part of Go"},
	{"github.com/charmbracelet/ultraviolet", "ui/term", "it is not released yet"},
	{"github.com/charmbracelet/bubbles/textinput", "ui/query", "one place keeps what it would lose"},
	{"modernc.org/sqlite", "api/store", "one place knows the driver"},
	{"github.com/jackc/pgx/v5", "api/store", "one place knows the driver"},
	{"github.com/itchyny/gojq", "api/jq", "one place says what becomes of numbers, and when an expression has to end"},
	{"github.com/go-resty/resty/v2", "api", "one place closes its traps"},
}

// source is one Go file of the module that is no test.
type source struct {
	pkg, file string
	ast       *ast.File
}

func sources(t *testing.T) []source {
	t.Helper()
	var list []source
	set := token.NewFileSet()
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != root && strings.HasPrefix(d.Name(), ".") {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		parsed, err := parser.ParseFile(set, name, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		list = append(list, source{path.Dir(rel), rel, parsed})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 50 {
		t.Fatalf("only %d source files were found", len(list))
	}
	return list
}

func (s source) imports() (list []string) {
	for _, spec := range s.ast.Imports {
		name, _ := strconv.Unquote(spec.Path.Value)
		list = append(list, name)
	}
	return list
}

func within(name, prefix string) bool { return name == prefix || strings.HasPrefix(name, prefix+"/") }

func TestPackagesPointOneWay(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		for _, name := range s.imports() {
			for _, rule := range forbidden {
				for _, banned := range rule.imports {
					if name != open && within(s.pkg, rule.pkg) && within(name, banned) && !within(name, "errata/"+rule.pkg) {
						t.Errorf("%s imports %s: %s", s.file, name, rule.reason)
					}
				}
			}
			for _, rule := range only {
				if within(name, rule.imported) && s.pkg != rule.by {
					t.Errorf("%s imports %s, which only %s may: %s", s.file, name, rule.by, rule.reason)
				}
			}
		}
	}
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	t.Parallel()
	comments := map[string]int{}
	for _, s := range sources(t) {
		if _, seen := comments[s.pkg]; !seen {
			comments[s.pkg] = 0
		}
		if s.ast.Doc != nil {
			comments[s.pkg]++
		}
	}
	for pkg, n := range comments {
		if n != 1 {
			t.Errorf("%s has %d package comments, want 1", pkg, n)
		}
	}
}

func TestEveryExportedNameIsDocumented(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		for _, decl := range s.ast.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && exportedReceiver(d) && d.Doc == nil {
					t.Errorf("%s: %s has no comment", s.file, d.Name.Name)
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					if ts, ok := spec.(*ast.TypeSpec); ok && ts.Name.IsExported() && d.Doc == nil && ts.Doc == nil {
						t.Errorf("%s: type %s has no comment", s.file, ts.Name.Name)
					}
				}
			}
		}
	}
}

// exportedReceiver reports whether a function is no method, or one of an exported type.
func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	receiver := d.Recv.List[0].Type
	if star, ok := receiver.(*ast.StarExpr); ok {
		receiver = star.X
	}
	id, ok := receiver.(*ast.Ident)
	return ok && id.IsExported()
}

// A field's name is in one place: everything else reads the table. Words that are also plain
// English, or a member of something else, are not looked for.
func TestFieldNamesStandOnlyInTheModel(t *testing.T) {
	t.Parallel()
	words := map[string]bool{"output": true, "error": true, "messages": true, "inputs": true, "source": true, "metadata": true}
	for _, s := range sources(t) {
		if within(s.pkg, "model") {
			continue
		}
		ast.Inspect(s.ast, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			text, _ := strconv.Unquote(lit.Value)
			for _, f := range model.Fields() {
				if text == f.Name && !words[text] && !allowedName(s.pkg, text) {
					t.Errorf("%s: the field name %q stands outside the model", s.file, text)
				}
			}
			return true
		})
	}
}

// allowedName knows the members of other objects that are called like a field: a prompt, too, has
// created_at.
func allowedName(pkg, name string) bool {
	return name == "created_at" && (within(pkg, "api/store") || within(pkg, "api/rules") || within(pkg, "api/apitest") || within(pkg, "api/server"))
}

func TestTheTopLevelIsFixed(t *testing.T) {
	t.Parallel()
	allowed := map[string]bool{"main.go": true, "ui": true, "api": true, "model": true, "config": true, "go.mod": true, "go.sum": true, "README.md": true,
		"LICENSE": true, "findings": true}
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	built := regexp.MustCompile(`^errata(\.exe)?$|\.(test|out|prof)$`)
	for _, e := range entries {
		if name := e.Name(); !allowed[name] && !strings.HasPrefix(name, ".") && !built.MatchString(name) {
			t.Errorf("%s stands at the top level", name)
		}
	}
}
