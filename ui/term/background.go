package term

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// askBackground asks for the background colour; the answer, if any, comes among the keys.
const askBackground = "\x1b]11;?\x1b\\"

// BackgroundMsg is the terminal's background colour.
type BackgroundMsg struct{ Dark bool }

// answerWait is how long quitting right after the start waits for an answer that is under way: it
// would be typed into the shell.
const (
	answerWait  = 60 * time.Millisecond
	answerUnder = time.Second // later than this after the question, none is under way
)

// A question is one that the terminal may answer, among the keys.
type question struct {
	asked    time.Time
	once     sync.Once
	answered chan struct{} // nil when it was not asked
}

// wantColors is whether the question for the background shall be asked, which is noted before the
// first key is read.
func (s *session) wantColors() bool {
	return s.opts.Colors && s.want(&s.colors)
}

// want asks a question, where the terminal understands it.
func (s *session) want(q *question) bool {
	if !understands(s.opts.Env) {
		return false
	}
	q.ask()
	return true
}

// ask notes that the question is asked.
func (q *question) ask() { q.asked, q.answered = time.Now(), make(chan struct{}) }

// awaitAnswers waits for the answers that are under way, all together.
func (s *session) awaitAnswers() {
	late, cancel := context.WithTimeout(context.Background(), answerWait)
	defer cancel()
	s.colors.await(late)
	s.widths.await(late)
}

// await waits for an answer under way.
func (q *question) await(late context.Context) {
	if q.answered == nil || time.Since(q.asked) > answerUnder {
		return
	}
	select {
	case <-q.answered:
	case <-late.Done():
	}
}

// answer notes that one came; it is false when none was asked for.
func (q *question) answer() bool {
	if q.answered == nil {
		return false
	}
	q.once.Do(func() { close(q.answered) })
	return true
}

// understands is whether the question is worth asking: some terminals are known not to know it.
func understands(env []string) bool {
	t := getenv(env, "TERM")
	return t != "" && t != "dumb" && t != "linux"
}

// answer reads an OSC, DCS or the like. All but the background colour means nothing.
func answer(b []byte) tea.Msg {
	text, ok := strings.CutPrefix(string(b), "\x1b]11;")
	if !ok {
		return nil
	}
	text = strings.TrimSuffix(strings.TrimSuffix(text, "\a"), "\x1b\\")
	light, ok := lightness(text)
	if !ok {
		return nil
	}
	return BackgroundMsg{Dark: light < 0.5}
}

// lightness is that of "rgb:RRRR/GGGG/BBBB" with one to four hexadecimal digits a part, from 0 to
// 1.
func lightness(text string) (light float64, ok bool) {
	_, text, ok = strings.Cut(text, ":")
	parts := strings.Split(text, "/")
	if !ok || len(parts) < 3 {
		return 0, false
	}
	low, high := 1.0, 0.0
	for _, p := range parts[:3] {
		n, err := strconv.ParseUint(p, 16, 16)
		if err != nil {
			return 0, false
		}
		v := float64(n) / float64(uint64(1)<<(4*len(p))-1)
		low, high = min(low, v), max(high, v)
	}
	return (low + high) / 2, true
}
