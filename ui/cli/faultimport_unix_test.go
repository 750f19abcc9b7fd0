//go:build unix

package cli_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"errata/api/journal"
	"errata/api/store"
	"errata/model"
)

// TestFaultsOfImport imports ever newer exports of the same logs while logs are corrected, by
// errata and by others, corrections are taken back, and errata is killed within an import. No
// correction is lost that nobody has asked to replace, one that was replaced is in the journal, and
// what was not corrected is as the newest import has it.
//
//	go test ./ui/cli -run TestFaultsOfImport
//	ERRATA_FAULT_SEEDS=10000 go test ./ui/cli -run TestFaultsOfImport -timeout 0
//	ERRATA_FAULT_SEED=n go test ./ui/cli -run TestFaultsOfImport -v
//
// are 200 scripts, the long run, and one script.
func TestFaultsOfImport(t *testing.T) {
	playSeeds(t, func(t *testing.T, seed uint64) scripted {
		return &importTrial{T: t, rng: rand.New(rand.NewPCG(seed, 1)), home: newHome(t), logs: map[string]*importedLog{}}
	})
}

// importTrial is a store, the exports that come into it, and what is known of its logs.
type importTrial struct {
	*testing.T
	rng    *rand.Rand
	home   home
	logs   map[string]*importedLog
	words  int
	script []string
}

// importedLog is what the output of a log is to be.
type importedLog struct {
	came string // as it came in, and was taken
	now  string
}

func (l *importedLog) corrected() bool { return l.now != l.came }

func (s *importTrial) play() {
	for range 4 {
		s.logs[fmt.Sprintf("log_%d", len(s.logs))] = &importedLog{}
	}
	s.imports()
	steps := []func(){s.imports, s.imports, s.correct, s.correct, s.correct, s.other, s.takeBack, s.replaces, s.killed, s.ownExport}
	for range 4 + s.rng.IntN(8) {
		steps[s.rng.IntN(len(steps))]()
		s.look()
		if s.Failed() {
			return
		}
	}
	s.errata(0, "check")
}

func (s *importTrial) steps() []string { return s.script }

func (s *importTrial) note(format string, args ...any) {
	s.script = append(s.script, fmt.Sprintf(format, args...))
}

// errata runs a command, which has to end with a code.
func (s *importTrial) errata(code int, args ...string) result {
	s.Helper()
	got := run(s.T, living(s.home.dir), args...)
	s.note("errata %s: %d %s", strings.Join(args, " "), got.code, strings.ReplaceAll(got.stderr, "\n", " | "))
	if got.code != code {
		s.Errorf("errata %q ended with %d, want %d: %s", args, got.code, code, got.stderr)
	}
	return got
}

func (s *importTrial) word() string {
	s.words++
	return fmt.Sprintf("word%d.", s.words)
}

func (s *importTrial) anyLog() string {
	ids := slices.Sorted(maps.Keys(s.logs))
	return ids[s.rng.IntN(len(ids))]
}

// export writes what comes from elsewhere next: the logs as they came, some with another output,
// and now and then one more.
func (s *importTrial) export() (file string, incoming map[string]string) {
	if s.rng.IntN(3) == 0 {
		s.logs[fmt.Sprintf("log_%d", len(s.logs))] = &importedLog{}
	}
	incoming = map[string]string{}
	var lines []string
	for _, id := range slices.Sorted(maps.Keys(s.logs)) {
		l := s.logs[id]
		incoming[id] = l.came
		if l.came == "" || s.rng.IntN(3) == 0 {
			incoming[id] = s.word()
		}
		lines = append(lines, fmt.Sprintf(`{"id":%q,"prompt":{"id":"pr_1","total_logs_count":%d},"output":%q}`, id, s.words, incoming[id]))
	}
	file = filepath.Join(s.home.dir, "export.jsonl")
	write(s.T, file, strings.Join(lines, "\n")+"\n")
	return file, incoming
}

// imports imports the next export: what is corrected stays, and is named where it would have been
// undone.
func (s *importTrial) imports() {
	file, incoming := s.export()
	got := s.errata(0, "import", file)
	for id, text := range incoming {
		l := s.logs[id]
		kept := l.corrected() && l.now != text
		if named := strings.Contains(got.stderr, "log "+id+" was corrected"); named != kept {
			s.Errorf("%s was named: %v, corrected: %v", id, named, kept)
		}
		if !l.corrected() {
			l.came, l.now = text, text
		}
	}
}

func (s *importTrial) correct() {
	id, word := s.anyLog(), s.word()
	s.errata(0, "set", id, "output="+word)
	s.logs[id].now = word
}

// other corrects a log by another client than errata.
func (s *importTrial) other() {
	id, word := s.anyLog(), s.word()
	s.note("somebody else writes %s into %s", word, id)
	st := s.store()
	defer func() { _ = st.Close() }()
	if _, err := st.UpdateLog(s.Context(), "pr_1", id, fmt.Appendf(nil, `{"output":%q}`, word), ""); err != nil {
		s.Error(err)
	}
	s.logs[id].now = word
}

func (s *importTrial) store() *store.Store {
	st, err := store.Open(s.Context(), filepath.Join(s.home.dir, ".local", "share", "errata", "errata.db"), store.Options{})
	if err != nil {
		s.Fatal(err)
	}
	return st
}

// takeBack undoes an entry of the journal, whatever has come since.
func (s *importTrial) takeBack() {
	entries := s.entries()
	if len(entries) == 0 {
		return
	}
	e := entries[s.rng.IntN(len(entries))]
	s.errata(0, "undo", e.ID, "--on-conflict", "mine")
	if e.Outcome == journal.Verified || e.Outcome == journal.Saved {
		s.logs[e.LogID].now, _ = e.Changes[0].Old.Text()
	}
}

func (s *importTrial) entries() (list []journal.Entry) {
	for e, err := range journal.Peek(stateOf(s.home.dir), journal.Options{}).Entries(journal.Filter{}) {
		if err != nil {
			s.Error(err)
		}
		list = append(list, e)
	}
	return list
}

// replaces imports the next export over everything.
func (s *importTrial) replaces() {
	file, incoming := s.export()
	s.errata(0, "import", "--replace", file)
	for id, text := range incoming {
		if l := s.logs[id]; l.corrected() && l.now != text {
			s.recorded(l.now)
		}
		if l := s.logs[id]; l.now != text || !l.corrected() {
			l.came, l.now = text, text
		}
	}
}

// recorded wants a correction that was replaced to be in the journal.
func (s *importTrial) recorded(word string) {
	for _, e := range s.entries() {
		if old, _ := e.Changes[0].Old.Text(); old == word {
			return
		}
	}
	s.Errorf("%s is neither in the store nor in the journal", word)
}

// killed has errata killed within an import; the same import again continues with it.
func (s *importTrial) killed() {
	args := []string{"import"}
	replace := s.rng.IntN(2) == 0
	if replace {
		args = append(args, "--replace")
	}
	file, incoming := s.export()
	cmd := s.home.command(append(args, file)...)
	if err := cmd.Start(); err != nil {
		s.Fatal(err)
	}
	time.AfterFunc(time.Duration(s.rng.IntN(120))*time.Millisecond, func() { _ = cmd.Process.Kill() })
	s.note("import, killed: %v", cmd.Wait())
	now := s.stored()
	for id, text := range incoming {
		l := s.logs[id]
		switch was := l.now; {
		case now[id] == was:
		case now[id] != text:
			s.Errorf("%s is %q, which was neither there nor imported", id, now[id])
		case l.corrected() && !replace:
			s.Errorf("the correction %s of %s is gone", was, id)
		case l.corrected():
			s.recorded(was)
			fallthrough
		default:
			l.came, l.now = text, text
		}
	}
	s.errata(0, "history")
	for id, l := range s.logs {
		if _, there := now[id]; !there && l.now == "" {
			delete(s.logs, id)
		}
	}
}

// ownExport imports what errata itself exports, which changes nothing.
func (s *importTrial) ownExport() {
	got := s.errata(0, "export")
	file := filepath.Join(s.home.dir, "own.jsonl")
	write(s.T, file, got.stdout)
	if again := s.errata(0, "import", file); !strings.Contains(again.stderr, fmt.Sprintf("%d of them there already", len(s.logs))) {
		s.Errorf("its own export was no news: %s", again.stderr)
	}
}

// stored is the output of each log in the store.
func (s *importTrial) stored() map[string]string {
	now := map[string]string{}
	if _, err := os.Stat(filepath.Join(s.home.dir, ".local")); err != nil {
		return now
	}
	for line := range strings.Lines(s.errata(0, "export").stdout) {
		log, err := model.ParseLog([]byte(line))
		if err != nil {
			s.Fatal(err)
		}
		output, _ := model.Lookup("output")
		now[log.Head().ID], _ = log.Value(output).Text()
	}
	return now
}

// look compares the store with what is known of it.
func (s *importTrial) look() {
	now := s.stored()
	for id, l := range s.logs {
		if now[id] != l.now {
			s.Errorf("%s is %q, want %q (it came as %q)", id, now[id], l.now, l.came)
		}
	}
}
