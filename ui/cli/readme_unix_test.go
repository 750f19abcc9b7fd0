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
	"errata/ui/keys"
	"errata/ui/theme"
)

// TestReadme holds the README and the pages against the program: their sections of commands,
// fields, options and keys against the tables, and their console sessions against what the commands
// print. UPDATE_README=1 rewrites them.
func TestReadme(t *testing.T) {
	t.Parallel()
	made := map[string]func(*testing.T) string{
		"commands": commandTable, "fields": fieldList, "options": optionTable, "keys": keyTables, "jobs": jobTable, "roles": roleList, "actions": actionList,
	}
	ran := 0
	for _, page := range pages(t) {
		want := page.text
		got := fillSections(t, want, made)
		if session.MatchString(got) {
			got = replaySessions(t, got)
			ran++
		}
		switch {
		case got == want:
		case os.Getenv("UPDATE_README") != "":
			if err := os.WriteFile(page.file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		default:
			t.Errorf("%s is not what the program does, first at %s\nUPDATE_README=1 go test ./ui/cli -run TestReadme rewrites it",
				page.name, firstDifference([]byte(got), []byte(want)))
		}
	}
	for name := range made {
		t.Errorf("the section %s is missing", name)
	}
	if ran == 0 {
		t.Error("there is no session")
	}
}

// fillSections makes the sections of a page again, and takes them out of those that are to be made.
func fillSections(t *testing.T, text string, made map[string]func(*testing.T) string) string {
	t.Helper()
	return section.ReplaceAllStringFunc(text, func(old string) string {
		part := section.FindStringSubmatch(old)
		table, ok := made[part[2]]
		if !ok {
			t.Fatalf("no section is called %s, or a page had it already", part[2])
		}
		delete(made, part[2])
		return part[1] + table(t) + part[3]
	})
}

// session is a block of commands after "$ " and what they print.
var session = regexp.MustCompile("(?s)```console\n(.*?)```")

// entry is the id of an entry of the journal, which is another each time.
var entry = regexp.MustCompile(`errata undo \w{13}\b`)

var newBatch = regexp.MustCompile(`batch b_\w{13}: undo with errata undo b_\w{13}`)

// typing makes commands of lines that are typed in the folder of the module, with errata in the
// PATH.
func (h home) typing() func(line string) *exec.Cmd {
	h.t.Helper()
	if _, err := exec.LookPath("jq"); err != nil {
		h.t.Fatalf("the pipelines of the pages need jq: %v", err)
	}
	self, err := os.Executable()
	if err != nil {
		h.t.Fatal(err)
	}
	bin := h.t.TempDir()
	if err := os.Symlink(self, filepath.Join(bin, "errata")); err != nil {
		h.t.Fatal(err)
	}
	return func(line string) *exec.Cmd {
		cmd := exec.Command("sh", "-c", line)
		cmd.Dir = root
		cmd.Env = []string{"HOME=" + h.dir, "PATH=" + bin + ":" + os.Getenv("PATH"), "GORACE=atexit_sleep_ms=0", pagesBeside(h.t)}
		return cmd
	}
}

// replaySessions runs the commands of all sessions of a page, in order, in one new home and the
// folder of the module.
func replaySessions(t *testing.T, text string) string {
	t.Helper()
	shell := newHome(t).typing()
	return session.ReplaceAllStringFunc(text, func(old string) string {
		var b strings.Builder
		b.WriteString("```console\n")
		for line := range strings.Lines(old) {
			command, ok := strings.CutPrefix(line, "$ ")
			if !ok {
				continue
			}
			out, _ := shell(command).CombinedOutput() // some are there to fail; what they print is compared
			b.WriteString(line)
			out = newBatch.ReplaceAll(out, []byte("batch b_1k0w51bv2e81k: undo with errata undo b_1k0w51bv2e81k"))
			b.Write(entry.ReplaceAll(out, []byte("errata undo 1k0w51bv2e81k")))
			if len(out) > 0 && !bytes.HasSuffix(out, []byte("\n")) {
				b.WriteByte('\n') // which get adds at a terminal
			}
		}
		return b.String() + "```"
	})
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
				names = append(names, "[which logs](selections.md#which-logs)")
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

// keyTables is a table for each screen, with a row for each key. What moves the cursor in all lists
// is in the first one alone.
func keyTables(*testing.T) string {
	var b strings.Builder
	table := func(title string, rows []keys.Binding) {
		if len(rows) == 0 {
			return
		}
		fmt.Fprintf(&b, "\n## %s\n\n| key | does |\n|---|---|\n", title)
		for _, row := range rows {
			b.WriteString(tableRow(keyNames(row), row.Help().Desc))
		}
	}
	moves := keys.Form.Bindings()[:6]
	table("All lists", moves)
	for _, m := range keys.Maps {
		table(m.Title, slices.DeleteFunc(slices.Clone(m.Bindings()), func(row keys.Binding) bool {
			return slices.ContainsFunc(moves, func(move keys.Binding) bool { return keyNames(move) == keyNames(row) && move.Do == row.Do })
		}))
	}
	return strings.TrimPrefix(b.String(), "\n")
}

// keyNames is the keys of a row as the help writes them.
func keyNames(row keys.Binding) string {
	return "`" + strings.Join(strings.Fields(row.Help().Key), "` `") + "`"
}

// jobKey is a key of a job, and what it does there.
type jobKey struct {
	where keys.Map
	do    keys.Action
	what  string
}

// jobs are what people come for: the keys, one after the other, and how a script does the same.
var jobs = []struct {
	name, script string
	keys         []jobKey
}{
	{"correct a log", "`errata set LOG_ID output=TEXT`", []jobKey{
		{keys.Browse, keys.Open, "opens it"}, {keys.Form, keys.Down, "goes to its output"}, {keys.Form, keys.Edit, "edits that"},
		{keys.Form, keys.Review, "shows the request"},
		{keys.ReviewScreen, keys.Send, "sends it"}, {keys.Form, keys.History, "lists what was sent"}, {keys.HistoryScreen, keys.Undo, "undoes it"}}},
	{"annotate", "`errata judge LOG_ID rating=good`", []jobKey{
		{keys.Browse, keys.Annotate, "starts with the listed logs"}, {keys.Annotating, keys.Say, "judges and tags"},
		{keys.Annotating, keys.CompleteLog, "sends and shows the next"}, {keys.Annotating, keys.SkipLog, "leaves one for later"}}},
	{"find", "`errata list --errors`", []jobKey{
		{keys.Browse, keys.Search, "searches, or filters: `--errors`"}, {keys.Browse, keys.PickPrompt, "lists a prompt's logs"},
		{keys.Form, keys.Search, "in a log searches all fields"}, {keys.Form, keys.NextHit, "goes to the next hit"}}},
	{"change many", "`errata replace colour color --all`", []jobKey{
		{keys.Browse, keys.Mark, "marks"}, {keys.Browse, keys.MarkAll, "marks all that match"}, {keys.Browse, keys.Bulk, "changes them"},
		{keys.BulkReview, keys.Send, "sends after one review"}, {keys.BulkResults, keys.Undo, "undoes all of it"}}},
	{"compare", "`errata diff LOG_ID LOG_ID`", []jobKey{
		{keys.Browse, keys.Mark, "marks two"}, {keys.Browse, keys.Compare, "shows them side by side"},
		{keys.CompareScreen, keys.NextHit, "goes to the next difference"}, {keys.CompareScreen, keys.Take, "copies a value over"}}},
	{"over SSH", "`ssh -t host errata`", []jobKey{
		{keys.Form, keys.Copy, "copies to the clipboard on [your side](.docs/ssh.md)"}, {keys.Form, keys.Write, "writes a value to a file"}}},
}

// jobTable is the jobs, with the keys as the tables of the screens have them.
func jobTable(t *testing.T) string {
	text := "| job | keys | in a script |\n|---|---|---|\n"
	for _, job := range jobs {
		var said []string
		for _, s := range job.keys {
			at := slices.IndexFunc(s.where.Bindings(), func(row keys.Binding) bool { return row.Do == s.do })
			if at < 0 {
				t.Fatalf("%s: nothing on the screen %s is the action %s", job.name, s.where.Title, s.do)
			}
			said = append(said, "`"+strings.Fields(s.where.Bindings()[at].Help().Key)[0]+"` "+s.what)
		}
		text += tableRow(job.name, strings.Join(said, ", "), job.script)
	}
	return text
}
