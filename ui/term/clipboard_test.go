package term

import (
	"errors"
	"strings"
	"testing"
)

func TestClipboard(t *testing.T) {
	const plain = "\x1b]52;c;aGVsbG8=\a"
	const tmux = "\x1bPtmux;\x1b\x1b]52;c;aGVsbG8=\a\x1b\\"
	const screen = "\x1bP\x1b]52;c;aGVsbG8=\x07\x1b\x5c"
	tests := []struct{ name, env, want string }{
		{"xterm", "TERM=xterm-256color", plain},
		{"tmux", "TERM=screen-256color TMUX=/run/tmux,1,0", plain + tmux},
		{"SSH out of tmux", "TERM=tmux-256color", plain + tmux},
		{"screen", "TERM=screen STY=1.pts", screen},
		{"SSH out of screen", "TERM=screen-256color", plain + screen},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := clipboard("hello", strings.Fields(tt.env)); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestCopyRefusesWhatIsTooLong(t *testing.T) {
	for _, tt := range []struct {
		bytes int
		err   string
	}{{copyLimit, ""}, {copyLimit + 1, "too long to copy (100001 bytes, at most 100000)"}} {
		s := &session{screen: newScreen(nil, Options{}, nil)}
		s.screen.want = true
		msg, ok := s.copy(Copy("output", strings.Repeat("x", tt.bytes))().(copyMsg))().(CopiedMsg)
		if !ok || msg.What != "output" {
			t.Fatalf("got %#v", msg)
		}
		if tt.err == "" {
			if msg.Err != nil || len(s.screen.extra) < tt.bytes {
				t.Errorf("%d bytes: %v, %d sent", tt.bytes, msg.Err, len(s.screen.extra))
			}
			continue
		}
		if long := new(TooLongError); !errors.As(msg.Err, &long) || msg.Err.Error() != tt.err {
			t.Errorf("%d bytes: %v", tt.bytes, msg.Err)
		}
		if len(s.screen.extra) != 0 {
			t.Errorf("%d bytes were sent all the same", len(s.screen.extra))
		}
	}
}

func TestThatTmuxMayDropACopyIsToldOnce(t *testing.T) {
	for env, want := range map[string][]bool{
		"TERM=tmux-256color TMUX=/run/tmux,1,0": {true, false},
		"TERM=tmux-256color":                    {true, false},
		"TERM=xterm-256color":                   {false, false},
		"TERM=screen STY=1.pts":                 {false, false},
	} {
		o := Options{Env: strings.Fields(env)}
		s := &session{opts: o, screen: newScreen(nil, o, nil)}
		for i, told := range want {
			msg := s.copy(Copy("output", "x")().(copyMsg))().(CopiedMsg)
			if msg.Dropped != told || msg.Err != nil {
				t.Errorf("%s: copy %d: %+v", env, i+1, msg)
			}
		}
	}
}
