package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// codeOfPages finds what stands as code in a page: a block of shell commands, or a span.
var codeOfPages = regexp.MustCompile("(?ms)^```sh\n.*?^```$|`[^`\n]+`")

// commandLine finds the calls of errata in code, up to the end of each.
var commandLine = regexp.MustCompile(`\berrata ([^|;&\n` + "`" + `]+)`)

// TestCommandsInPages wants every command and flag that the README and the pages name to be there.
func TestCommandsInPages(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../.docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	tree := newApp(Env{Args: []string{"--help"}}).root()
	tree.InitDefaultHelpCmd()
	found := 0
	for _, file := range append(files, "../../README.md") {
		if filepath.Base(file) == "architecture.md" {
			continue // it tells how a command is added, by one that is not there
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, code := range codeOfPages.FindAllString(string(text), -1) {
			for _, call := range commandLine.FindAllStringSubmatch(code, -1) {
				found++
				if wrong := misnamed(tree, strings.Fields(call[1])); wrong != "" {
					t.Errorf("%s: errata %s: there is no %s", filepath.Base(file), call[1], wrong)
				}
			}
		}
	}
	if found < 80 {
		t.Errorf("only %d commands were found", found)
	}
}

// misnamed is the first command or flag in the words of a call that does not exist.
func misnamed(c *cobra.Command, words []string) string {
	descends := true
	for _, word := range words {
		if name, ok := strings.CutPrefix(word, "--"); ok && name != "" {
			name, _, _ = strings.Cut(strings.Trim(name, "[]."), "=")
			if c.Flag(name) == nil && name != "help" {
				return word
			}
			continue
		}
		below := subcommand(c, word)
		if descends && below != nil {
			c = below
			continue
		}
		if descends && c.HasSubCommands() && !c.HasParent() && likeCommand(word) {
			return "command " + word
		}
		descends = false
	}
	return ""
}

func subcommand(c *cobra.Command, name string) *cobra.Command {
	for _, below := range c.Commands() {
		if below.Name() == name {
			return below
		}
	}
	return nil
}
