package ui

import (
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"errata/ui/draft"
)

// frozen is a disk that can be stopped: what would change a file then waits until it goes on.
type frozen struct {
	mu    sync.Mutex
	goOn  chan struct{}  // closed when it goes on, nil while it runs
	stuck chan time.Time // gets something when a call waits
}

func (f *frozen) stop() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.goOn = make(chan struct{})
}

func (f *frozen) thaw() {
	f.mu.Lock()
	defer f.mu.Unlock()
	close(f.goOn)
	f.goOn = nil
	select {
	case <-f.stuck:
	default:
	}
}

// pass waits while the disk stands still.
func (f *frozen) pass() {
	f.mu.Lock()
	goOn := f.goOn
	f.mu.Unlock()
	if goOn == nil {
		return
	}
	select {
	case f.stuck <- time.Time{}:
	default:
	}
	<-goOn
}

func (f *frozen) MkdirAll(dir string, perm os.FileMode) error { return os.MkdirAll(dir, perm) }
func (f *frozen) ReadFile(name string) ([]byte, error)        { return os.ReadFile(name) }
func (f *frozen) SyncDir(string) error                        { return nil }

func (f *frozen) Rename(from, to string) error {
	f.pass()
	return os.Rename(from, to)
}

func (f *frozen) Remove(name string) error {
	f.pass()
	return os.Remove(name)
}

func (f *frozen) OpenFile(name string, flag int, perm os.FileMode) (draft.File, error) {
	f.pass()
	file, err := os.OpenFile(name, flag, perm)
	return frozenFile{file, f}, err
}

type frozenFile struct {
	*os.File
	disk *frozen
}

func (f frozenFile) Write(b []byte) (int, error) {
	f.disk.pass()
	return f.File.Write(b)
}

// onDisk is a program whose drafts are on a disk that can be stopped. Somebody edits the output.
func onDisk(t *testing.T) (p *person, disk *frozen, dir string) {
	t.Helper()
	disk, dir = &frozen{stuck: make(chan time.Time, 1)}, t.TempDir()
	o := drafted(dir, "log_one")
	o.Drafts = draft.New(dir, draft.Options{FS: disk, Late: func() <-chan time.Time { return disk.stuck }})
	p = sit(t, o).rest()
	return p.press("j", "j", "enter"), disk, dir
}

func TestADiskThatStandsStillHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	for name, before := range map[string]string{"the first key": "", "a later key": " Or so"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, disk, dir := onDisk(t)
			p.press(strings.Split(before, "")...)
			p.showsNot("draft not written")
			disk.stop()
			p.press("!")
			p.shows("At nine." + before + "!")
			p.shows("draft not written")
			p.shows("the draft waits, editing goes on: the disk does not answer")
			p.press(" Late words", "esc")
			p.shows("draft not written")
			p.shows("the draft waits, editing goes on: the disk does not answer")
			p.press("ctrl+c")
			p.shows("1 changed field not sent: quit and lose them?")
			p.press("n")
			disk.thaw()
			p.settle("the draft is written", func() bool { return p.has("the disk answers again: the draft is written") })
			p.showsNot("draft not written")
			p.press("ctrl+c")
			p.shows("the draft stays: quit?")
			p.r.drafts.close()

			again := sit(t, drafted(dir, "log_one")).rest()
			again.shows("restored unsaved work")
			again.shows("At nine." + before + "! Late words")
		})
	}
}

func TestALogIsSavedWhileTheDiskOfItsDraftStandsStill(t *testing.T) {
	t.Parallel()
	p, disk, dir := onDisk(t)
	p.press("!")
	disk.stop()
	p.press("ctrl+s", "enter")
	p.settle("it is saved", func() bool { return len(p.bodies()) == 1 && p.has("saved and verified") })
	disk.thaw()
	p.settle("the draft is up to date", func() bool { return !p.has("draft not written") })
	p.r.drafts.close()
	again := sit(t, drafted(dir, "log_one")).rest()
	again.showsNot("restored unsaved work")
}
