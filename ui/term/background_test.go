package term

import (
	"testing"
	"testing/synctest"
	"time"
)

// TestLeavingWaitsOnceForAllAnswers wants quitting right after the start to wait for a terminal
// that answers nothing no longer than for one answer.
func TestLeavingWaitsOnceForAllAnswers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answered func(*session)
		want     time.Duration
	}{
		"none came":  {func(*session) {}, answerWait},
		"one came":   {func(s *session) { s.colors.answer() }, answerWait},
		"both came":  {func(s *session) { s.colors.answer(); s.widths.answer() }, 0},
		"long since": {func(*session) { time.Sleep(answerUnder + 1) }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := &session{}
				s.colors.ask()
				s.widths.ask()
				c.answered(s)
				begun := time.Now()
				s.awaitAnswers()
				if took := time.Since(begun); took != c.want {
					t.Errorf("it waited %s, want %s", took, c.want)
				}
			})
		})
	}
}
