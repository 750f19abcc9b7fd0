package draft_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"errata/ui/draft"
)

// still is a bench whose disk stands still from the first write on, until goOn is closed. Writers
// have waited for long enough as soon as a write does.
func still(t *testing.T) (b *bench, w *draft.Writer, goOn chan struct{}) {
	t.Helper()
	stuck, goOn := make(chan time.Time, 1), make(chan struct{})
	b = onDir(t.TempDir())
	b.Store = draft.New(b.dir, draft.Options{Now: b.Now, After: b.After, FS: b.fs, Late: func() <-chan time.Time { return stuck }})
	d, _ := take(t, b.Store)
	b.fs.set(func(_ int, op string) error {
		if !strings.HasPrefix(op, "write") {
			return nil
		}
		select {
		case <-goOn:
		default:
			stuck <- time.Time{}
			<-goOn
		}
		return nil
	})
	return b, draft.NewWriter(d), goOn
}

func waits(t *testing.T, err error) {
	t.Helper()
	var waiting *draft.WaitingError
	if !errors.As(err, &waiting) {
		t.Errorf("a call that the disk holds up gives %v, want a WaitingError", err)
	}
}

func TestAWriterWritesInOrderWhatTheDiskHeldUp(t *testing.T) {
	t.Parallel()
	b, w, goOn := still(t)
	waits(t, w.Append(open("output", `"a"`, "a"), splice(1, 0, "b")))
	for _, letter := range []string{"c", "d", "e"} {
		waits(t, w.Append(splice(int(letter[0]-'a'), 0, letter)))
	}
	late := w.Late()
	if late == nil {
		t.Fatal("nothing tells when the disk has caught up")
	}
	if w.Late() != nil {
		t.Error("it is told twice")
	}
	close(goOn)
	<-late
	if err := w.Err(); err != nil {
		t.Errorf("after all was written the error is %v", err)
	}
	if err := w.Append(splice(5, 0, "f")); err != nil {
		t.Errorf("a disk that answers again: %v", err)
	}
	if err := w.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := string(reread(t, b.dir).Open.Text); got != "abcdef" {
		t.Errorf("the draft holds %q, want abcdef", got)
	}
}

func TestTheEndWaitsForTheDiskForAWhileOnly(t *testing.T) {
	t.Parallel()
	b, w, goOn := still(t)
	waits(t, w.Append(open("output", `"a"`, "a"), splice(1, 0, "b")))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	waits(t, w.Sync(ctx))
	waits(t, w.Close(ctx))
	late := w.Late()
	close(goOn)
	<-late
	if got := string(reread(t, b.dir).Open.Text); got != "ab" {
		t.Errorf("the draft holds %q, want ab", got)
	}
}
