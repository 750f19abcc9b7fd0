//go:build unix

package cli_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"errata/config"
	"errata/model"
	"errata/model/selection"
	"errata/ui/editor"
	"errata/ui/keys"
	"errata/ui/theme"
)

// readme is the file under test.
const readme = root + "/README.md"

// TestReadme holds the README against the program: its sections of commands, fields, options and
// keys against the tables, and its console sessions against what the commands print.
// UPDATE_README=1 rewrites them.
func TestReadme(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	want := string(raw)
	got := replaySessions(t, fillSections(t, want))
	if os.Getenv("UPDATE_README") != "" {
		if err := os.WriteFile(readme, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got != want {
		t.Errorf("the README is not what the program does, first at %s\nUPDATE_README=1 go test ./ui/cli -run TestReadme rewrites it",
			firstDifference([]byte(got), []byte(want)))
	}
}

// section is the text between two marks, which is made from the tables.
var section = regexp.MustCompile(`(?s)(<!-- made: (\w+) -->\n).*?(<!-- end -->)`)

func fillSections(t *testing.T, text string) string {
	t.Helper()
	made := map[string]func(*testing.T) string{"commands": commandTable, "fields": fieldList, "options": optionTable, "keys": keyTable, "roles": roleList, "actions": actionList}
	text = section.ReplaceAllStringFunc(text, func(old string) string {
		part := section.FindStringSubmatch(old)
		table, ok := made[part[2]]
		if !ok {
			t.Fatalf("no section is called %s", part[2])
		}
		delete(made, part[2])
		return part[1] + table(t) + part[3]
	})
	for name := range made {
		t.Errorf("the section %s is missing", name)
	}
	return text
}

// session is a block of commands after "$ " and what they print.
var session = regexp.MustCompile("(?s)```console\n(.*?)```")

// entry is the id of an entry of the journal, which is another each time.
var entry = regexp.MustCompile(`errata undo \w{13}\b`)

var newBatch = regexp.MustCompile(`batch b_\w{13}: undo with errata undo b_\w{13}`)

// replaySessions runs the commands of all sessions, in order, in one new home and the folder of the
// module.
func replaySessions(t *testing.T, text string) string {
	t.Helper()
	if _, err := exec.LookPath("jq"); err != nil {
		t.Fatalf("the pipelines of the README need jq: %v", err)
	}
	h := newHome(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	if err := os.Symlink(self, filepath.Join(bin, "errata")); err != nil {
		t.Fatal(err)
	}
	ran := 0
	text = session.ReplaceAllStringFunc(text, func(old string) string {
		var b strings.Builder
		b.WriteString("```console\n")
		for line := range strings.Lines(old) {
			command, ok := strings.CutPrefix(line, "$ ")
			if !ok {
				continue
			}
			shell := exec.Command("sh", "-c", command)
			shell.Dir = root
			shell.Env = []string{"HOME=" + h.dir, "PATH=" + bin + ":" + os.Getenv("PATH"), "GORACE=atexit_sleep_ms=0"}
			out, _ := shell.CombinedOutput() // some are there to fail; what they print is compared
			b.WriteString(line)
			out = newBatch.ReplaceAll(out, []byte("batch b_1k0w51bv2e81k: undo with errata undo b_1k0w51bv2e81k"))
			b.Write(entry.ReplaceAll(out, []byte("errata undo 1k0w51bv2e81k")))
			if len(out) > 0 && !bytes.HasSuffix(out, []byte("\n")) {
				b.WriteByte('\n') // which get adds at a terminal
			}
			ran++
		}
		return b.String() + "```"
	})
	if ran == 0 {
		t.Error("there is no session")
	}
	return text
}

// commandTable is each command with what it does and the flags of its own, as the help has them.
func commandTable(t *testing.T) string {
	return "| command | does | flags of its own |\n|---|---|---|\n" +
		tableRow("`errata [LOG_ID]`", "Browse the logs, or open one", "") + strings.Join(commandRows(t), "")
}

// commandRows are the rows of the commands below path, or of those below them.
func commandRows(t *testing.T, path ...string) (rows []string) {
	t.Helper()
	for line := range strings.Lines(between(helpOf(t, path), "Available Commands:\n", "\n\n")) {
		name, short, _ := strings.Cut(strings.TrimSpace(line), " ")
		sub := append(slices.Clone(path), name)
		if below := commandRows(t, sub...); below != nil {
			rows = append(rows, below...)
			continue
		}
		help := helpOf(t, sub)
		use := strings.TrimSuffix(between(help, "Usage:\n  ", "\n"), " [flags]")
		rows = append(rows, tableRow("`"+use+"`", strings.TrimSpace(short), ownFlags(help)))
	}
	return rows
}

func helpOf(t *testing.T, path []string) string {
	t.Helper()
	help := run(t, nil, append([]string{"help"}, path...)...)
	help.wants(t, 0)
	return help.stdout
}

var flagName = regexp.MustCompile(`(?m)^ +(-[a-zA-Z], )?(--[a-z-]+( [A-Z:=]+)?)(\[=true\|false\])?  `)

func ownFlags(help string) string {
	var names []string
	for _, found := range flagName.FindAllStringSubmatch(between(help, "\nFlags:\n", "\n\n"), -1) {
		name, _, _ := strings.Cut(strings.TrimPrefix(found[2], "--"), " ")
		if _, selects := selection.Lookup(name); selects && strings.Contains(help, "--where EXPR") {
			if name == "all" {
				names = append(names, "[which logs](#which-logs)")
			}
			continue
		}
		if name == "help" || name == "view" {
			continue
		}
		short := ""
		if found[1] != "" {
			short = "`" + strings.TrimSuffix(found[1], ", ") + "` "
		}
		names = append(names, short+"`"+found[2]+"`")
	}
	return strings.Join(names, " ")
}

// between is the part of text after begin and before end, empty without begin.
func between(text, begin, end string) string {
	_, text, _ = strings.Cut(text, begin)
	text, _, _ = strings.Cut(text, end)
	return text
}

// tableRow is a row of a table.
func tableRow(cells ...string) string {
	for i := range cells {
		cells[i] = strings.ReplaceAll(cells[i], "|", `\|`)
	}
	return "| " + strings.Join(cells, " | ") + " |\n"
}

// fieldList is the fields of the form in their groups.
func fieldList(*testing.T) string {
	var b strings.Builder
	var group model.Group
	for _, f := range model.Form() {
		if f.Group != group {
			group = f.Group
			fmt.Fprintf(&b, "\n- %s:", group)
		}
		fmt.Fprintf(&b, " `%s`", f.Name)
	}
	return strings.TrimPrefix(b.String(), "\n") + "\n"
}

// roleList lists the roles of a theme.
func roleList(*testing.T) string {
	var list []string
	for _, r := range theme.Roles() {
		list = append(list, "`"+r.Name+"` "+r.Help)
	}
	return strings.Join(list, " · ") + "\n"
}

// actionList lists the actions of each screen, a line each.
func actionList(*testing.T) string {
	var b strings.Builder
	screen := ""
	for _, name := range keys.Names() {
		table, action, _ := strings.Cut(name, ".")
		if table != screen {
			b.WriteString("\n- " + table + ":")
			screen = table
		}
		b.WriteString(" `" + action + "`")
	}
	return strings.TrimPrefix(b.String(), "\n") + "\n"
}

// optionTable is the table of options.
func optionTable(*testing.T) string {
	var b strings.Builder
	b.WriteString("| flag | environment | in a profile | default | meaning |\n|---|---|---|---|---|\n")
	for _, o := range config.Options() {
		flag := ""
		if o.HasFlag() {
			flag = code(strings.TrimSpace("--" + o.Name + " " + o.Arg))
		}
		var environment []string
		for _, name := range o.Env {
			environment = append(environment, code(name))
		}
		b.WriteString(tableRow(flag, strings.Join(environment, ", "), code(o.Key), code(o.Default), o.Help))
	}
	return b.String()
}

func code(text string) string {
	if text == "" {
		return ""
	}
	return "`" + text + "`"
}

// screensInReadme are the tables of the main screens. The keys of a prompt or a choice stand under
// it, and in the help.
var screensInReadme = []keys.Map{
	keys.Global, keys.Browse, keys.Form, keys.Fill, keys.Reading, keys.Locked, keys.Editor, keys.LineEditor, keys.Clock, keys.Choice,
	keys.Find, keys.FindInText, keys.Judging, keys.JudgingSeveral, keys.JudgingNumber, keys.JudgingText, keys.Structure, keys.Outline, keys.Chat, keys.ReviewScreen, keys.Conflict, keys.HistoryScreen,
	keys.BulkReview, keys.BulkRun, keys.BulkResults, keys.CompareScreen,
}

// keyTable is the tables of keys, and those of the text editor; what several screens share stands
// in one row.
func keyTable(*testing.T) string {
	var order []string // what a key does
	screens := map[string][]string{}
	add := func(screen, key, help string) {
		what := "`" + strings.Join(strings.Fields(key), "` `") + "` " + help
		if screens[what] == nil {
			order = append(order, what)
		}
		screens[what] = append(screens[what], screen)
	}
	for _, m := range screensInReadme {
		for _, b := range m.Bindings {
			add(strings.ToLower(m.Title), b.Help().Key, b.Help().Desc)
		}
	}
	for _, b := range editor.Bindings(false) {
		add("text in an editor", b.Help().Key, b.Help().Desc)
	}
	var places []string
	at := map[string][]string{}
	for _, what := range order {
		place := strings.Join(screens[what], ", ")
		if at[place] == nil {
			places = append(places, place)
		}
		at[place] = append(at[place], what)
	}
	text := "| where | keys |\n|---|---|\n"
	for _, place := range places {
		text += tableRow(place, strings.Join(at[place], " · "))
	}
	return text
}
