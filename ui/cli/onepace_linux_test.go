//go:build linux

package cli_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"text/tabwriter"
	"time"

	"golang.org/x/sys/unix"

	"errata/ui/term/termtest"
)

// huge100 is the size of the largest text of BenchmarkOneLog.
const huge100 = 100 << 20

// cost is what one run of a row costs.
type cost struct {
	took, cpu   time.Duration
	peak, wrote int64 // bytes: of memory, and to the disk
}

// contestant is a build of errata, in a home of its own with the logs of the table.
type contestant struct {
	home
	path  string
	round int
	costs map[string][]cost

	stored map[string]bool // its logs
}

// errata is the build with these arguments.
func (c *contestant) errata(args ...string) *exec.Cmd {
	cmd := c.command(args...)
	cmd.Path = c.path
	return cmd
}

// spent is what a process cost that took so long.
func spent(cmd *exec.Cmd, took time.Duration, peak int64) cost {
	state := cmd.ProcessState
	return cost{took, state.UserTime() + state.SystemTime(), peak, state.SysUsage().(*syscall.Rusage).Oublock << 9}
}

// peaks watches the memory of a process until it ends. What the system says afterwards counts the
// memory of who started it as well.
func peaks(process *os.Process) (peak func() int64) {
	done, most := make(chan struct{}), int64(0)
	go func() {
		defer close(done)
		for {
			status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", process.Pid))
			high := highWater.FindSubmatch(status)
			if err != nil || high == nil {
				return
			}
			kilobytes, _ := strconv.ParseInt(string(high[1]), 10, 64)
			most = max(most, kilobytes<<10)
			time.Sleep(4 * time.Millisecond)
		}
	}()
	return func() int64 {
		<-done
		return most
	}
}

var highWater = regexp.MustCompile(`VmHWM:\s*(\d+) kB`)

// runs measures a command that needs no terminal.
func runs(args ...string) func(*contestant) cost {
	return func(c *contestant) cost {
		cmd := c.errata(args...)
		for i, arg := range cmd.Args {
			cmd.Args[i] = strings.NewReplacer("ROUND", fmt.Sprint(c.round), "NEWEST", c.newest(arg)).Replace(arg)
		}
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &out
		begun := time.Now()
		if err := cmd.Start(); err != nil {
			c.t.Fatal(err)
		}
		peak := peaks(cmd.Process)
		if err := cmd.Wait(); err != nil {
			c.t.Fatalf("%s %q: %v\n%.500s", c.path, cmd.Args, err, out.Bytes())
		}
		return spent(cmd, time.Since(begun), peak())
	}
}

// runs is one command.
func (c *contestant) runs(args ...string) { runs(args...)(c) }

var entryID = regexp.MustCompile(`[0-9A-HJKMNP-TV-Za-z]{13}`)

// newest is the id of what was sent last, where an argument asks for it.
func (c *contestant) newest(arg string) string {
	if arg != "NEWEST" {
		return ""
	}
	list, err := c.errata("history", "--limit", "1").Output()
	if err != nil {
		c.t.Fatal(err)
	}
	id := entryID.FindString(string(list))
	if id == "" {
		c.t.Fatal("nothing was sent that could be undone: ERRATA_ROWS has to select a row that saves as well")
	}
	return id
}

// sitting opens a log on a terminal, and measures from the last keys to what they show; memory and
// bytes are those of the whole session.
func sitting(log string, steps ...string) func(*contestant) cost {
	return func(c *contestant) cost {
		c.has(log)
		cmd := c.errata("log_" + log)
		begun := time.Now()
		r := termtest.Start(c.t, cmd, paceWidth, paceHeight)
		peak := peaks(cmd.Process)
		shows(r, "/"+log)
		took := time.Since(begun)
		for i := 0; i < len(steps); i += 2 {
			r.Quiet(silence)
			begun = time.Now()
			r.Send(steps[i])
			shows(r, steps[i+1])
			took = time.Since(begun)
		}
		r.Send(keyQuit)
		r.Ends()
		return spent(cmd, took, peak())
	}
}

// besideDraft opens a small log while there is unsaved work on a large one, and leaves none.
func besideDraft(c *contestant) cost {
	r := termtest.Start(c.t, c.errata("log_long"), paceWidth, paceHeight)
	shows(r, "pace/long")
	r.Send("gjj\r")
	shows(r, "editing")
	r.Send("Ebb ")
	shows(r, "1 changed")
	r.Quiet(silence)
	r.Signal(os.Kill)
	r.Ends()
	defer func() { c.runs("drafts", "discard", "log_long", "--yes") }()
	cmd := c.errata("log_short")
	begun := time.Now()
	r = termtest.Start(c.t, cmd, paceWidth, paceHeight)
	peak := peaks(cmd.Process)
	shows(r, "unsaved draft")
	took := time.Since(begun)
	r.Send(keyQuit)
	r.Ends()
	return spent(cmd, took, peak())
}

// shows waits for text on the screen, for longer than a test does.
func shows(r *termtest.Remote, text string) {
	for late := time.Now().Add(10 * termtest.Patience); time.Now().Before(late) && !strings.Contains(r.Screen(), text); {
		time.Sleep(time.Millisecond)
	}
	r.Shows(text)
}

// reviews is what a review shows.
const reviews = "nothing is sent yet"

// keyQuit leaves from wherever somebody is: work that is not sent stays as a draft.
const keyQuit = "\x03y"

// row is a line of the table.
type row struct {
	name string
	do   func(*contestant) cost
}

// oneRows are the rows: what somebody does with one log, small and huge.
func oneRows() []row {
	edit, send := []string{"gjj\r", "editing", "Ebb ", "1 changed"}, []string{keyEsc + keyReview, "curl", keyReview, "saved and verified"}
	saves := slices.Concat(edit, send)
	return []row{
		{"review of a message more in 50,000", sitting("many100", "g\r", "editing", "}}}D", "1 changed", keyReview, reviews)},
		{"review of a word in 50,000 messages", sitting("many100", "g\r", "editing", "}}}j\rEbb ", "Ebb", keyReview, reviews)},
		{"x on a message of 100 MB", sitting("message100", "g\r", "editing", "j", "user", "x", "1 changed")},
		{"save a word in 100 MB", sitting("huge100", saves...)},
		{"history --limit 3, 100 MB", runs("history", "--limit", "3")},
		{"history --json --limit 1, 100 MB", runs("history", "--json", "--limit", "1")},
		{"undo --dry-run, 100 MB", runs("undo", "NEWEST", "--dry-run")},
		{"save a word in 10 MB", sitting("long", saves...)},
		{"save a word in 10 KB", sitting("short", saves...)},
		{"set prompt_tokens, 100 MB", runs("set", "log_huge100", "prompt_tokens=ROUND", "--yes")},
		{"open 10 KB", sitting("short")},
		{"open 10 KB beside a draft of 10 MB", besideDraft},
		{"get 10 KB", runs("get", "log_short")},
		{"set 10 KB", runs("set", "log_short", "prompt_tokens=ROUND", "--yes")},
		{"diff 10 KB", runs("diff", "log_short", "prompt_tokens=7")},
	}
}

// BenchmarkOneLog prints what work on one log costs, for this build and those that are named, run
// in turn: medians, and the ratio of this build to the others. ERRATA_ROWS selects rows by a
// pattern.
//
//	ERRATA_OLD_BUILDS=/path/to/errata-1 go test ./ui/cli -run '^$' -bench OneLog -benchtime 3x
func BenchmarkOneLog(b *testing.B) {
	wanted := regexp.MustCompile(os.Getenv("ERRATA_ROWS"))
	bin := b.TempDir()
	build(b, bin, "../..")
	var field []*contestant
	for _, path := range append([]string{filepath.Join(bin, "errata")}, strings.Split(os.Getenv(oldBuilds), ",")...) {
		if path != "" {
			field = append(field, enters(b, path))
		}
	}
	for b.Loop() {
		for _, r := range oneRows() {
			for _, c := range field {
				if wanted.MatchString(r.name) {
					c.round++
					c.costs[r.name] = append(c.costs[r.name], r.do(c))
				}
			}
		}
	}
	load, _ := os.ReadFile("/proc/loadavg")
	fmt.Printf("\nload of the machine at the end: %s\n%s", load, oneTable(field))
	b.ReportMetric(0, "ns/op")
}

// readAnew has the kernel read a program from the disk again, from its beginning to its end: of a
// file that was just written, or read as its pages were needed, less is mapped at once, which takes
// a short command a fifth more page faults.
func readAnew(b *testing.B, path string) {
	b.Helper()
	f, err := os.Open(path)
	if err == nil {
		defer func() { _ = f.Close() }()
		err = errors.Join(f.Sync(), unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED))
	}
	if err == nil {
		_, err = io.Copy(io.Discard, f)
	}
	if err != nil {
		b.Fatal(err)
	}
}

// enters prepares a build.
func enters(b *testing.B, path string) *contestant {
	b.Helper()
	readAnew(b, path)
	c := &contestant{home: newHome(b), path: path, costs: map[string][]cost{}, stored: map[string]bool{}}
	c.has("huge100", "long", "short")
	return c
}

// oneLogs are the logs of the table.
var oneLogs = map[string]func() string{
	"huge100":    func() string { return essay("huge100", huge100) },
	"long":       func() string { return essay("long", large) },
	"short":      func() string { return essay("short", small) },
	"many100":    func() string { return manyMessages("many100", huge100) },
	"message100": func() string { return oneMessage("message100", huge100) },
}

// has stores logs that are not there yet, and leaves no unsaved work on them.
func (c *contestant) has(names ...string) {
	for _, name := range names {
		if c.stored[name] {
			_ = c.errata("drafts", "discard", "log_"+name, "--yes").Run() // there may be none
			continue
		}
		c.stored[name] = true
		file := filepath.Join(c.dir, name+".json")
		if err := os.WriteFile(file, []byte(oneLogs[name]()), 0o600); err != nil {
			c.t.Fatal(err)
		}
		c.runs("import", file)
	}
}

// oneTable is the table: a line for each row and build.
func oneTable(field []*contestant) string {
	var out bytes.Buffer
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "row\tbuild\tms\tcpu ms\tpeak MB\twrote MB\ttime\tcpu\tmemory\t")
	for _, r := range oneRows() {
		if len(field[0].costs[r.name]) == 0 {
			continue
		}
		mine := median(field[0].costs[r.name])
		for _, c := range field {
			m := median(c.costs[r.name])
			fmt.Fprintf(w, "%s\t%s\t%.1f\t%.1f\t%.1f\t%.2f\t%.3f\t%.3f\t%.3f\t\n", r.name, filepath.Base(c.path), milliseconds(m.took), milliseconds(m.cpu),
				float64(m.peak)/1e6, float64(m.wrote)/1e6, share(mine.took, m.took), share(mine.cpu, m.cpu), share(mine.peak, m.peak))
		}
	}
	_ = w.Flush()
	return out.String()
}

func share[T int64 | time.Duration](a, b T) float64 { return float64(a) / float64(max(b, 1)) }

// median is the median of each part of a cost.
func median(list []cost) (m cost) {
	var took, cpu []time.Duration
	var peak, wrote []int
	for _, c := range list {
		took, cpu = append(took, c.took), append(cpu, c.cpu)
		peak, wrote = append(peak, int(c.peak)), append(wrote, int(c.wrote))
	}
	return cost{quantile(took, 0.5), quantile(cpu, 0.5), int64(quantile(peak, 0.5)), int64(quantile(wrote, 0.5))}
}
