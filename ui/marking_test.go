package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var third = strings.ReplaceAll(strings.ReplaceAll(second, "log_two", "log_three"), "03-01", "02-01")

func TestTheMarkedLogsAreWalked(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}, []byte(third)).rest()
	p.press(" ", "j", " ", "enter").rest()
	p.shows("log_three")
	p.shows("2 of 2 marked logs")
	p.press("[").rest()
	p.shows("log_one")
	p.shows("1 of 2 marked logs")
	p.press("[").rest()
	p.shows("there is no further log that is marked")
	p.press("q", "j", "enter").rest() // log_two is not marked
	p.shows("log_two")
	p.showsNot("marked")
	p.press("]").rest()
	p.shows("log_three")
	p.showsNot("marked")
}

func TestAMarkedLogThatIsGoneIsPassedOver(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}, []byte(third)).rest()
	p.press("*", "enter").rest()
	if err := p.fake.DeleteLogs(t.Context(), []string{"log_two"}); err != nil {
		t.Fatal(err)
	}
	p.press("]").rest()
	p.shows("log_two")
	p.press("]").rest()
	p.shows("log_three")
	p.shows("2 of 2 marked logs")
}

func TestLeavingWithMarksAsks(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"q", "ctrl+c"} {
		p := sit(t, Options{}).rest()
		p.press("*", key)
		p.shows("2 marked logs: quit and forget the marks? y / n")
		p.press("n")
		p.shows("✓ 2 marked")
		if p.press(key, "y").rest(); !p.quit {
			t.Errorf("%s: yes does not quit", key)
		}
	}
	p := sit(t, Options{}).rest()
	p.press("enter").rest()
	p.press("j", "j", "x", "q").rest()
	p.press(" ", "q")
	p.shows("1 changed field not sent; 1 marked log: quit and lose them? y / n")
}

func TestMarkedLogsAreWrittenToAFileAsTheyAreStored(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}, []byte(third)).rest()
	name := filepath.Join(t.TempDir(), "some.jsonl")
	p.press(" ", "j", " ", "E", name, "enter").rest()
	p.shows("wrote 2 logs to")
	if got, err := os.ReadFile(name); err != nil || string(got) != first+"\n"+third+"\n" {
		t.Errorf("%v: the file holds\n%s", err, got)
	}
	if err := p.fake.DeleteLogs(t.Context(), []string{"log_three"}); err != nil {
		t.Fatal(err)
	}
	p.press("E", name, "enter").rest()
	p.shows("enter again replaces it")
	p.press("enter").rest()
	p.shows("wrote 1 log to")
	if got, err := os.ReadFile(name); err != nil || string(got) != first+"\n" {
		t.Errorf("%v: the file holds\n%s", err, got)
	}
}
