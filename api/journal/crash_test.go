package journal_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"errata/api"
	"errata/api/apitest"
	"errata/api/journal"
	"errata/api/save"
	"errata/model"
)

// The variables make another process of the test binary: one that dies during a PATCH, or one that
// records many.
const (
	dyingVariable   = "ERRATA_TEST_DYING_JOURNAL"
	writingVariable = "ERRATA_TEST_WRITING_JOURNAL"
)

func TestMain(m *testing.M) {
	dying, writing := os.Getenv(dyingVariable), os.Getenv(writingVariable)
	var err error
	switch {
	case dying != "":
		err = die(dying)
	case writing != "":
		err = write(writing)
	default:
		os.Exit(m.Run())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// grave is a service that kills its process when the PATCH arrives.
type grave struct{ api.Service }

func (grave) Log(context.Context, string) (api.Document, error) {
	return api.Document{Raw: []byte(doc)}, nil
}

func (grave) UpdateLog(context.Context, string, string, []byte, string) (api.Document, error) {
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	if err != nil {
		return api.Document{}, err
	}
	select {}
}

func change(name, literal string) (*model.ChangeSet, error) {
	log, err := model.ParseLog([]byte(doc))
	if err != nil {
		return nil, err
	}
	f, _ := model.Lookup(name)
	c := model.NewChangeSet(log)
	c.Set(f, model.Raw([]byte(literal)))
	return c, nil
}

func die(dir string) error {
	c, err := change("output", `"high at ten"`)
	if err != nil {
		return err
	}
	j, err := journal.Open(dir, journal.Options{})
	if err != nil {
		return err
	}
	r := save.Send(context.Background(), grave{}, c, save.Options{Journal: j.Recorder(server)})
	return fmt.Errorf("still alive: %+v", r)
}

const perProcess = 40

// write records PATCHes one by one, in small segments.
func write(dir string) error {
	j, err := journal.Open(dir, journal.Options{Segment: 2000})
	if err != nil {
		return err
	}
	fmt.Println("ready")
	if _, err := bufio.NewReader(os.Stdin).ReadString('\n'); err != nil {
		return err
	}
	for i := range perProcess {
		c, err := change("source", fmt.Sprintf(`"process %d number %d"`, os.Getpid(), i))
		if err != nil {
			return err
		}
		r, err := j.Recorder(server).Begin(context.Background(), c)
		if err == nil {
			err = r.End(context.Background(), save.Result{Outcome: save.Verified})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func another(t *testing.T, variable, dir string) *exec.Cmd {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), binary)
	cmd.Env = append(os.Environ(), variable+"="+dir)
	return cmd
}

func TestAProcessThatDiesDuringAPatchIsAccountedFor(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if out, err := another(t, dyingVariable, dir).CombinedOutput(); err == nil || len(out) != 0 {
		t.Fatalf("the other process: %v %s", err, out)
	}
	j := open(t, dir, journal.Options{})
	left, err := j.Pending(server)
	if err != nil || len(left) != 1 {
		t.Fatalf("pending: %+v, %v", left, err)
	}
	want := server + ` log_1 pr_1 pending | output "\"high at nine\"" -> "\"high at ten\""`
	if got := show(left[0]); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if other, err := j.Pending("https://other.example/v5"); err != nil || len(other) != 0 {
		t.Errorf("pending elsewhere: %+v, %v", other, err)
	}
	if e, err := j.Settle(t.Context(), fake(t, doc), left[0]); err != nil || e.Outcome != journal.NotSaved || e.Finished.IsZero() {
		t.Errorf("settled: %+v, %v", e, err)
	}
	if left, err = j.Pending(server); err != nil || len(left) != 0 {
		t.Errorf("still pending: %+v, %v", left, err)
	}
}

func TestAPatchUnderWayIsLeftAlone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	j := open(t, dir, journal.Options{})
	r := begin(t, j, ten(t))
	other := open(t, dir, journal.Options{})
	if left, err := other.Pending(server); err != nil || len(left) != 0 {
		t.Errorf("pending: %+v, %v", left, err)
	}
	e, err := other.Get(r.ID())
	if err != nil || e.Outcome != journal.Pending {
		t.Fatalf("%+v, %v", e, err)
	}
	f := fake(t, doc)
	if _, err := other.Settle(t.Context(), f, e); err == nil || f.Calls(apitest.Any) != 0 {
		t.Errorf("somebody else's PATCH was settled (%v) with %d calls", err, f.Calls(apitest.Any))
	}
	if err := r.End(t.Context(), save.Result{Outcome: save.Verified}); err != nil {
		t.Fatal(err)
	}
	if e, err = other.Settle(t.Context(), f, e); err != nil || e.Outcome != journal.Verified || f.Calls(apitest.Any) != 0 {
		t.Errorf("after its end: %+v, %v, %d calls", e, err, f.Calls(apitest.Any))
	}
}

func TestSettlingGoesByWhatTheServerHolds(t *testing.T) {
	t.Parallel()
	edits := map[string]string{"output": `"high at ten"`, "created_at": `"2025-03-01T11:00:00Z"`}
	both := strings.NewReplacer("nine", "ten", "T10:00:00", "T11:00:00").Replace(doc)
	for _, tc := range []struct {
		name, now string
		want      journal.Outcome
	}{
		{"as it was", doc, journal.NotSaved},
		{"as sent, a time in another spelling", both, journal.Saved},
		{"as sent, and more", strings.Replace(both, `"a": 1`, `"a": 2`, 1), journal.Saved},
		{"half of it", strings.Replace(doc, "nine", "ten", 1), journal.Unknown},
		{"something else", strings.Replace(doc, "nine", "six", 1), journal.Unknown},
		{"gone", strings.Replace(doc, "log_1", "log_2", 1), journal.Unknown},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			j := open(t, t.TempDir(), journal.Options{})
			r := begin(t, j, edited(t, doc, edits))
			journal.Die(r)
			left, err := j.Pending(server)
			if err != nil || len(left) != 1 {
				t.Fatalf("pending: %+v, %v", left, err)
			}
			f := fake(t, tc.now)
			f.Fail(apitest.Log, &api.Error{Code: api.Unreachable, Msg: "no connection"})
			if _, err := j.Settle(t.Context(), f, left[0]); api.CodeOf(err) != api.Unreachable {
				t.Errorf("with the server out of reach: %v", err)
			}
			if again, err := j.Pending(server); err != nil || len(again) != 1 {
				t.Errorf("pending after that: %+v, %v", again, err)
			}
			e, err := j.Settle(t.Context(), f, left[0])
			if err != nil || e.Outcome != tc.want || len(f.Patches()) != 0 {
				t.Errorf("settled as %q, %v; %d PATCHes", e.Outcome, err, len(f.Patches()))
			}
			if kept, err := j.Get(e.ID); err != nil || kept.Outcome != tc.want {
				t.Errorf("recorded as %q, %v", kept.Outcome, err)
			}
			if again, err := j.Pending(server); err != nil || len(again) != 0 {
				t.Errorf("still pending: %+v, %v", again, err)
			}
		})
	}
}

func TestMarkersThatMeanNothingGo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	j := open(t, dir, journal.Options{})
	id := put(t, j, ten(t))
	for _, name := range []string{"0000000000000.open", id + ".open"} {
		if err := os.WriteFile(filepath.Join(dir, "journal", name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if left, err := j.Pending(server); err != nil || len(left) != 0 {
		t.Errorf("pending: %+v, %v", left, err)
	}
	for name := range files(t, dir) {
		if strings.HasSuffix(name, ".open") {
			t.Errorf("%s is still there", name)
		}
	}
}

func TestProcessesShareAJournal(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var running sync.WaitGroup
	for range 2 {
		cmd := another(t, writingVariable, dir)
		var errs strings.Builder
		cmd.Stderr = &errs
		in, errIn := cmd.StdinPipe()
		out, errOut := cmd.StdoutPipe()
		if err := errors.Join(errIn, errOut, cmd.Start()); err != nil {
			t.Fatal(err)
		}
		if line, err := bufio.NewReader(out).ReadString('\n'); err != nil {
			t.Fatal(line, err)
		}
		running.Go(func() {
			fmt.Fprintln(in)
			if err := cmd.Wait(); err != nil {
				t.Errorf("%v: %s", err, errs.String())
			}
		})
	}
	j := open(t, dir, journal.Options{Segment: 2000})
	for range perProcess { // reads and rewrites while the others write
		if err := j.Redact(t.Context(), put(t, j, ten(t))); err != nil {
			t.Error(err)
		}
	}
	running.Wait()
	ids, texts := map[string]bool{}, map[string]bool{}
	for _, e := range list(t, j, journal.Filter{}) {
		ids[e.ID] = true
		if e.Outcome != journal.Verified || len(e.Changes) != 1 {
			t.Errorf("%+v", e)
		}
		if !e.Redacted {
			texts[string(e.Changes[0].New.Bytes())] = true
		}
	}
	if len(ids) != 3*perProcess || len(texts) != 2*perProcess {
		t.Errorf("%d entries with %d texts, want %d with %d", len(ids), len(texts), 3*perProcess, 2*perProcess)
	}
}

func TestWaitingForTheJournalCanBeGivenUp(t *testing.T) {
	t.Parallel()
	j := open(t, t.TempDir(), journal.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := j.Recorder(server).Begin(ctx, ten(t))
	if api.CodeOf(err) != api.Canceled {
		t.Errorf("%v", err)
	}
	if n := len(list(t, j, journal.Filter{})); n != 0 {
		t.Errorf("%d entries", n)
	}
}
