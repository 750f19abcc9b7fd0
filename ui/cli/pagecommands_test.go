package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
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
			continue // it says how a command is added, by one that is not there
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, flag := range flagsInProse(string(text)) {
			if !anyHas(tree, flag) {
				t.Errorf("%s names the flag --%s, which no command has", filepath.Base(file), flag)
			}
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

var (
	fenceOfPages = regexp.MustCompile("(?ms)^```.*?^```$")
	spanOfPages  = regexp.MustCompile("`[^`\n]+`")
	flagOfSpan   = regexp.MustCompile(`(?:^|[ \[(])--([a-z][a-z-]*)`)
)

// otherPrograms are those of which a page names a flag, by the beginning of the code.
var otherPrograms = []string{"`code ", "`createuser ", "`createdb ", "`git "}

// flagsInProse are the flags that a page names outside of blocks.
func flagsInProse(page string) (flags []string) {
	for _, span := range spanOfPages.FindAllString(fenceOfPages.ReplaceAllString(page, ""), -1) {
		if slices.ContainsFunc(otherPrograms, func(program string) bool { return strings.HasPrefix(span, program) }) {
			continue
		}
		for _, found := range flagOfSpan.FindAllStringSubmatch(strings.TrimPrefix(span, "`"), -1) {
			flags = append(flags, found[1])
		}
	}
	return flags
}

// anyHas reports whether a command or one below it has a flag.
func anyHas(c *cobra.Command, flag string) bool {
	return c.Flag(flag) != nil || slices.ContainsFunc(c.Commands(), func(below *cobra.Command) bool { return anyHas(below, flag) })
}

// TestTopicsInPages wants the topics of help to be named wherever they are listed.
func TestTopicsInPages(t *testing.T) {
	t.Parallel()
	want := "`" + strings.Join(topicNames(), "`, `") + "`"
	for _, file := range []string{"../../README.md", "../../.docs/changelog.md"} {
		if text, err := os.ReadFile(file); err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s does not list %s: %v", file, want, err)
		}
	}
}

// TestExitCodesInPages wants the page to list the codes that commands end with, and no others.
func TestExitCodesInPages(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../.docs/commands.md")
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(text), "\nExit codes: ")
	list, _, _ = strings.Cut(list, "\n\n")
	var got []string
	for entry := range strings.SplitSeq(strings.ReplaceAll(list, "\n", " "), " · ") {
		code, _, _ := strings.Cut(entry, " ")
		got = append(got, code)
	}
	var want []string
	for _, code := range []int{exitDone, exitFailed, exitUsage, exitConflict, exitRefused, exitUnauthorized, exitNotFound, exitUnverified, exitInterrupted} {
		want = append(want, strconv.Itoa(code))
	}
	if !slices.Equal(got, want) {
		t.Errorf("the page lists %v, want %v", got, want)
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
