package noquery

import (
	"go/parser"
	"go/token"
	"reflect"
	"testing"

	"github.com/charmbracelet/lipgloss"
)

const bubbletea = "github.com/charmbracelet/bubbletea"

// The order of initialisation hangs on the import path and on importing nothing that bubbletea does
// not import.
func TestRunsBeforeBubbleTea(t *testing.T) {
	if path := reflect.TypeOf(here{}).PkgPath(); path >= bubbletea {
		t.Errorf("%s sorts after %s", path, bubbletea)
	}
	file, err := parser.ParseFile(token.NewFileSet(), "noquery.go", nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	if len(file.Imports) != 1 || file.Imports[0].Path.Value != `"github.com/charmbracelet/lipgloss"` {
		t.Errorf("it imports more than lipgloss")
	}
}

type here struct{}

func TestTheQuestionIsSettled(t *testing.T) {
	if !lipgloss.HasDarkBackground() {
		t.Error("lipgloss asked for the background itself")
	}
}
