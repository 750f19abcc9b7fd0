package server

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"errata/api"
)

// TestShares wants what does not fit to wait for what is there, and to be refused after a while;
// and what never fits to be refused at once.
func TestShares(t *testing.T) {
	t.Parallel()
	m := newMemory(10 << 20)
	first, second := share{of: m}, share{of: m}
	if err := first.wantBody(t.Context(), 2<<20); err != nil { // four times as much
		t.Fatal(err)
	}
	if err := first.wantBody(t.Context(), 1<<20); err != nil {
		t.Fatal(err)
	}
	m.wait = time.Millisecond
	err := second.wantBody(t.Context(), 1<<20)
	var refused *api.Error
	if ok := api.CodeOf(err) == api.Unavailable; !ok {
		t.Fatalf("beside the first: %v", err)
	}
	if !errors.As(err, &refused) || refused.Status != 503 || refused.RetryAfter <= 0 {
		t.Errorf("%+v", refused)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if err := second.wantBody(gone, 1<<20); api.CodeOf(err) != api.Canceled {
		t.Errorf("a client that went away: %v", err)
	}
	m.wait = time.Minute
	done := make(chan error)
	go func() { done <- second.wantBody(t.Context(), 1<<20) }()
	first.release()
	if err := <-done; err != nil {
		t.Errorf("after the first: %v", err)
	}
	if err := first.wantBody(t.Context(), 1000); err != nil {
		t.Errorf("a small one: %v", err)
	}
	err = first.wantBody(t.Context(), 3<<20)
	if !errors.As(err, &refused) || refused.Status != http.StatusRequestEntityTooLarge {
		t.Errorf("what never fits: %v", err)
	}
}

func TestOpenNames(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		``: 0, `{}`: 0, `{"a":1,"b":2}`: 2, `[{"a":1},{"b":{"c":1}},{"d":1}]`: 2, `{"a":":{\":","b":[{"c":1,"d":2},{"e":1}]}`: 4,
		`}]:{`: 0, strings.Repeat(`[`, 20_000): 0,
	} {
		if got := openNames([]byte(text)); got != want {
			t.Errorf("%.40s: %d, want %d", text, got, want)
		}
	}
}

// TestInflateAsks wants gzip to be given memory by what it says of its size, by what it holds when
// that is more, and none when it holds too much.
func TestInflateAsks(t *testing.T) {
	t.Parallel()
	pack := func(parts ...int) []byte {
		var b bytes.Buffer
		for _, n := range parts {
			w := gzip.NewWriter(&b)
			_, _ = w.Write(bytes.Repeat([]byte{' '}, n))
			_ = w.Close()
		}
		return b.Bytes()
	}
	for _, c := range []struct {
		name   string
		packed []byte
		held   int64 // in MiB
		status int
	}{
		{"one part", pack(3 << 20), 12, 0},
		{"two parts", pack(3<<20, 1<<10), 12, 0},
		{"beyond the limit", pack(20 << 20), 0, 413},
		{"beyond the limit in parts", pack(9<<20, 9<<20), 64, 413},
		{"beyond the memory", pack(15 << 20), 0, 413},
	} {
		mine := share{of: newMemory(50 << 20)}
		h := &handler{o: Options{MaxBody: 16 << 20}}
		doc, err := inflate(t.Context(), &mine, bytes.NewReader(c.packed), int64(len(c.packed)), h.o.MaxBody)
		if err == nil && c.status != 0 || err != nil && c.status == 0 {
			t.Errorf("%s: %d bytes, %v", c.name, len(doc), err)
		}
		if got := mine.held >> 20; got > c.held {
			t.Errorf("%s: %d MiB are held, want %d", c.name, got, c.held)
		}
	}
}
