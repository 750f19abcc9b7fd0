package cli

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"

	"errata/model/figure"
	"errata/ui/bars"
	"errata/ui/sanitize"
)

const (
	patience = 500 * time.Millisecond // shorter work shows no progress
	interval = 200 * time.Millisecond
	barWidth = 20 // cells
)

// progressLine shows on a terminal how far long work is, on one line that is redrawn.
type progressLine struct {
	app     *console
	doing   string // what is done: "importing"
	started time.Time
	shown   time.Time
	width   int // cells of the text on the line
}

// newProgress is the line of work that is counted in logs.
func (a *console) newProgress(doing string) *progressLine {
	return &progressLine{app: a, doing: doing, started: a.env.Now()}
}

// update redraws the line: done of all is done, and counted is the number of things so far. all is
// 0 when it is not known.
func (p *progressLine) update(done, all int64, counted int) {
	now := p.app.env.Now()
	taken := now.Sub(p.started)
	if !p.app.stderr || taken < patience || now.Sub(p.shown) < interval {
		return
	}
	p.shown = now
	p.show(p.doing + drawn(done, all) + strings.Join(measures(done, all, counted, "log", taken), ", "))
}

// drawn is the bar with its percentage; without a known end it is ":" alone.
func drawn(done, all int64) string {
	if all <= 0 {
		return ": "
	}
	return " " + bars.Progress(int(done), int(all), barWidth) + ", "
}

// measures says in words how far the work is.
func measures(done, all int64, counted int, noun string, taken time.Duration) (words []string) {
	done = max(done, 0)
	if all > 0 {
		done = min(done, all)
	}
	words = append(words, figure.Count(counted, noun))
	if seconds := taken.Seconds(); seconds > 0 {
		words = append(words, figure.Int(int(float64(counted)/seconds+0.5))+"/s")
	}
	if all > 0 && done > 0 {
		left := time.Duration(float64(taken) * float64(all-done) / float64(done))
		words = append(words, short(left)+" left")
	}
	return words
}

// short is a duration for reading: 45s, 3m20s, 2h05m.
func short(d time.Duration) string {
	s := int(d.Round(time.Second) / time.Second)
	switch {
	case s < 60:
		return fmt.Sprintf("%ds", s)
	case s < 3600:
		return fmt.Sprintf("%dm%02ds", s/60, s%60)
	}
	return fmt.Sprintf("%dh%02dm", s/3600, s/60%60)
}

// show replaces the text on the line, cut to the width of the terminal.
func (p *progressLine) show(text string) {
	if f, ok := p.app.env.Stderr.(interface{ Fd() uintptr }); ok {
		if width, _, err := term.GetSize(f.Fd()); err == nil && width > 1 {
			text = sanitize.Line(text, width-1)
		}
	}
	width := sanitize.Width(text)
	p.app.prompt("\r" + text + strings.Repeat(" ", max(p.width-width, 0)))
	p.width = width
}

// clear empties the line, so that other text can be printed.
func (p *progressLine) clear() {
	if p.width > 0 {
		p.app.prompt("\r" + strings.Repeat(" ", p.width) + "\r")
		p.width = 0
	}
}
