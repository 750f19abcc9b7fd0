package browse

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/outfile"
	"errata/ui/term"
)

// marks says what is marked, by the numbers of the logs.
func (d *driver) marks() string {
	var list []string
	for _, id := range d.Marked() {
		list = append(list, strings.TrimPrefix(id, "log_"))
	}
	return strings.Join(list, " ")
}

func TestMarks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ keys, want string }{
		{"space j space g s s", "000 002"},
		{"space k space", ""},
		{"j V", "001"},
		{"V j j", "000 001 002"},
		{"V j j k V j", "000 001"},
		{"j j V k k V G space", "000 001 002 011"},
		{"space V j j esc", "000"},
		{"V j space", "000 001"},
		{"V j esc V", "001"},
		{"V G y k", "000 001 002 003 004 005 006 007 008 009 010 011"},
		{"* g space j space", "001 003 004 005 006 007 008 009 010 011"},
		{"* *", ""},
		{"space * *", ""},
		{"* g space k *", "000 001 002 003 004 005 006 007 008 009 010 011"},
		{"V G V *", ""},
	} {
		d := drive(t, &shelf{t: t, docs: docs(12)}, 80, 24)
		for _, name := range strings.Fields(c.keys) {
			d.press(strings.ReplaceAll(name, "space", " "))
		}
		if got := d.marks(); got != c.want && sorted(got) != c.want {
			t.Errorf("%s: marked %q, want %q", c.keys, got, c.want)
		}
	}
}

func sorted(words string) string {
	list := strings.Fields(words)
	slices.Sort(list)
	return strings.Join(list, " ")
}

func TestMarksAreCountedWithASignOfTheirOwn(t *testing.T) {
	t.Parallel()
	d := drive(t, &shelf{t: t, docs: docs(12)}, 80, 24)
	d.lacks("marked", "✓")
	d.press("V", "j", "j")
	d.wants("✓ 3 marked", "marking a range", "▸✓", "enter walk", "b change", "E export", "y ids")
	d.lacks("●")
	d.press("V", "/")
	d.typing("answer 1")
	d.press("enter")
	d.wants("✓ 3 marked, 2 not listed")
	if got := d.marks(); got != "001 000 002" {
		t.Errorf("marked %q: those of the table come first", got)
	}
	d.press("*")
	d.wants("✓ 5 marked, 2 not listed")
	d.press("*", "esc")
	d.wants("✓ 2 marked ")
}

func TestAllThatMatchAreMarkedThoughTheyAreNotLoaded(t *testing.T) {
	t.Parallel()
	s := &shelf{t: t, docs: docs(230)}
	d := drive(t, s, 80, 24)
	d.press("*")
	if n := len(d.IDs()); n != 50 {
		t.Errorf("%d logs are loaded", n)
	}
	d.wants("✓ 230 marked", "50 of 230")
	d.press("j", "V", "*")
	d.lacks("marked")
	d.press("*", "g", " ", "*")
	d.wants("✓ 230 marked")
}

func TestMarkingAllCanBeStopped(t *testing.T) {
	t.Parallel()
	d := drive(t, &shelf{t: t, docs: docs(230)}, 80, 24)
	d.press(" ")
	d.Hold = true
	d.press("*")
	if !d.Busy() {
		t.Error("it does not say that it is busy")
	}
	d.wants("marking all that match", "esc stops")
	d.press("esc")
	d.Release()
	d.wants("✓ 1 marked")
	d.lacks("marking all")
	d.Hold = true
	d.press("*", "*")
	d.Release()
	d.wants("✓ 1 marked")
}

func TestMarkingAllSaysWhyItStopped(t *testing.T) {
	t.Parallel()
	s := &shelf{t: t, docs: docs(230)}
	d := drive(t, s, 80, 24)
	s.fail = errors.New("the server went away")
	d.press("*")
	d.wants("not all are marked: the server went away")
}

func TestEnterOnAMarkedLogWalksTheMarked(t *testing.T) {
	t.Parallel()
	d := drive(t, &shelf{t: t, docs: docs(5)}, 80, 24)
	d.press(" ", "enter", "k", "enter")
	if want := []tea.Msg{OpenMsg{ID: "log_001"}, OpenMsg{ID: "log_000", Marked: true}}; !slices.Equal(d.Said, want) {
		t.Errorf("said %v, want %v", d.Said, want)
	}
}

func TestIdsAreCopied(t *testing.T) {
	t.Parallel()
	d := drive(t, &shelf{t: t, docs: docs(5)}, 80, 24)
	d.Give(term.CopiedMsg{What: "2 ids"})
	d.wants("copied 2 ids")
	for keys, want := range map[string]tea.Cmd{
		"y":     term.Copy("the id", "log_000"),
		"V j y": term.Copy("2 ids", "log_000\nlog_001\n"),
	} {
		d := drive(t, &shelf{t: t, docs: docs(5)}, 80, 24)
		d.Hold = true
		d.press(strings.Fields(keys)...)
		if got := d.Held[len(d.Held)-1](); got != want() {
			t.Errorf("%s copies %q, want %q", keys, got, want())
		}
	}
}

// written is an export of logs that takes a step for each.
type written struct {
	ids       []string
	done      Exported
	err       error // what the first step says
	abandoned bool
}

func (w *written) Next(context.Context) (Exported, error) {
	if err := w.err; err != nil {
		w.err = nil
		return w.done, err
	}
	w.done.Logs++
	if w.done.Logs == len(w.ids) {
		return w.done, io.EOF
	}
	return w.done, nil
}

func (w *written) Abandon() { w.abandoned = true }

func TestMarkedLogsAreExported(t *testing.T) {
	t.Parallel()
	d := drive(t, &shelf{t: t, docs: docs(5)}, 80, 24)
	var job *written
	var asked []string
	d.o.Export = func(ids []string, file string, replace bool) Export {
		asked = append(asked, file)
		job = &written{ids: ids}
		if file == "there.jsonl" && !replace {
			job.err = outfile.ErrThere
		}
		return job
	}
	d.press("V", "j", "j", "E")
	d.wants("write 3 logs to: logs.jsonl")
	d.typing("there.jsonl")
	d.press("enter")
	d.wants("there is a file of this name: enter again replaces it")
	d.press("enter")
	d.wants("wrote 3 logs to there.jsonl", "✓ 3 marked")
	if !slices.Equal(asked, []string{"there.jsonl", "there.jsonl"}) || !slices.Equal(job.ids, []string{"log_000", "log_001", "log_002"}) {
		t.Errorf("%v were written to %v", job.ids, asked)
	}

	d.press("E")
	d.Hold = true
	d.press("enter")
	d.press("esc")
	d.Release()
	if !job.abandoned || d.Busy() {
		t.Error("the file was not given up")
	}
	d.wants("nothing written")
	d.press("*", "*", "E")
	d.wants("write 1 log to:")
}
