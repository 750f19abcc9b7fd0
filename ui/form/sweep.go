package form

import (
	"context"
	"regexp"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/ui/find"
	"errata/ui/pager"
)

// sweep is a search on its way through the rows, from the cursor's on and around. It runs away from
// the keys; a copy of it goes on where the last report was made.
type sweep struct {
	ctx    context.Context
	re     *regexp.Regexp
	token  int
	places []place // those to come
	told   bool    // hits were reported
}

// hitsMsg brings what a search found since the last report.
type hitsMsg struct {
	token int
	hits  []hit
	made  []made
	rest  *sweep // nil at the end
}

// hit is a place: a row's name, or a place in what the pane shows for the row.
type hit struct {
	row  int
	name bool
	at   pager.Hit
}

// made is a source that a search had to make, which the pane will want as well.
type made struct {
	row    int
	value  model.Value
	source pager.Source
}

// pulse is the time between the reports of a long search, but for the first hits, which are
// reported at once.
const pulse = 250 * time.Millisecond

// run searches until there is something to report.
func (s sweep) run() tea.Msg {
	msg := hitsMsg{token: s.token}
	for began := time.Now(); len(s.places) > 0 && s.ctx.Err() == nil && time.Since(began) < pulse; {
		hits, source := s.places[0].find(s.ctx, s.re)
		if source != nil {
			msg.made = append(msg.made, made{s.places[0].row, s.places[0].value, source})
		}
		msg.hits = append(msg.hits, hits...)
		s.places = s.places[1:]
		if len(hits) > 0 && !s.told {
			break
		}
	}
	if len(s.places) > 0 && s.ctx.Err() == nil {
		s.told = s.told || len(msg.hits) > 0
		msg.rest = &s
	}
	return msg
}

// place is a row as a search in another goroutine sees it.
type place struct {
	row    int
	names  []string
	value  model.Value
	source pager.Source // if it has been made
	make   func() pager.Source
}

// places lists the rows to search.
func (s *searching) places() []place {
	var list, before []place
	for i, r := range s.rows {
		if !r.stop() {
			continue
		}
		p := place{i, []string{r.name(), r.label()}, s.value(i), s.sources[paneKey{row: i}].source, s.readingOf(i)}
		if i < s.cursor {
			before = append(before, p)
		} else {
			list = append(list, p)
		}
	}
	return append(list, before...)
}

// find lists the hits of a row, with the source that had to be made for them if it is one worth
// keeping. Of a large value that cannot hold a match none is made.
func (p place) find(ctx context.Context, re *regexp.Regexp) (hits []hit, fresh pager.Source) {
	for _, name := range p.names {
		if re.MatchString(name) {
			hits = append(hits, hit{row: p.row, name: true})
			break
		}
	}
	large := len(p.value.Bytes()) >= backgroundSize
	if large && p.source == nil && !find.MayHold(p.value.Bytes(), re) {
		return hits, nil
	}
	source := p.source
	if source == nil {
		source = p.make()
		if large {
			fresh = source
		}
	}
	for _, at := range pager.Find(source, re, func() bool { return ctx.Err() != nil }) {
		hits = append(hits, hit{row: p.row, at: at})
	}
	return hits, fresh
}

// adopt takes sources that a search made, unless their values have changed meanwhile.
func (s *searching) adopt(list []made) {
	for _, n := range list {
		if now := s.value(n.row).Bytes(); s.sources[paneKey{row: n.row}].source == nil && len(now) == len(n.value.Bytes()) && &now[0] == &n.value.Bytes()[0] {
			s.sources[paneKey{row: n.row}] = held{source: n.source}
			s.shown = paneKey{row: -1}
		}
	}
}
