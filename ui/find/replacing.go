package find

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/figure"
	"errata/model/replace"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/query"
	"errata/ui/sanitize"
	"errata/ui/theme"
)

// Site is where texts are replaced. What it lists stays the same while a replacement goes on.
type Site interface {
	// Spots lists the hits of a rule, in the order in which somebody is asked about them.
	Spots(r *replace.Replacer) []Spot
	// Show brings a hit before the eyes.
	Show(i int)
	// Put replaces the hits that were answered with yes, and no others; again says that it has done
	// so before. All of it is one step of undo.
	Put(yes []bool, again bool) error
}

// Spot is a hit that can be replaced: where it is, in a few words, and the text around it.
type Spot struct {
	Where string
	Text  string
	replace.Hit
}

// Replacing is a replacement that somebody makes: the line in which the new text is typed, and then
// the question at each hit. The zero Replacing is closed.
type Replacing struct {
	site  Site // nil when it is closed
	asked Last
	with  *query.Line // nil once the new text is typed
	spots []Spot
	yes   []bool
	at    int
	put   bool
	wrong string // why the new text cannot be taken
	back  string // how it is taken back once it is done
	th    *theme.Theme
}

// Open asks what takes the place of what is looked for.
func (r *Replacing) Open(site Site, asked Last, th *theme.Theme) {
	*r = Replacing{site: site, asked: asked, with: query.New("", th), th: th, back: "u undoes it"}
}

// Within says that an editor opens again behind it, which has to be left to take it back.
func (r *Replacing) Within() { r.back = "esc u undoes it" }

// IsOpen reports whether it has the keys.
func (r *Replacing) IsOpen() bool { return r.site != nil }

// Typing reports whether letters are text.
func (r *Replacing) Typing() bool { return r.with != nil }

// Close ends it; what was replaced stays.
func (r *Replacing) Close() { *r = Replacing{} }

// SetTheme changes the looks.
func (r *Replacing) SetTheme(th *theme.Theme) {
	if r.th = th; r.with != nil {
		r.with.SetTheme(th)
	}
}

// Keys is the table that holds.
func (r *Replacing) Keys() keys.Map {
	if r.with != nil {
		return keys.ReplaceWith
	}
	return keys.Replacing
}

// Key takes a key, or a paste, and gives what there is to say once it is done.
func (r *Replacing) Key(msg tea.Msg) (said bars.News) {
	key, ok := msg.(tea.KeyMsg)
	if r.with != nil {
		action := keys.ReplaceWith.Action(key.String())
		switch {
		case !ok || r.with.Pending() || action == "":
			r.with.Update(msg)
			r.wrong = ""
		case action == keys.Close:
			r.Close()
		default:
			return r.begin(action == keys.All)
		}
		return said
	}
	switch keys.Replacing.Action(key.String()) {
	case keys.Accept:
		r.yes[r.at] = true
		return r.next(r.takeSo())
	case keys.Skip:
		return r.next("")
	case keys.All:
		return r.rest()
	case keys.Close:
		return r.done("")
	}
	return said
}

// begin looks for the hits once the new text is typed.
func (r *Replacing) begin(all bool) bars.News {
	re, err := Pattern(r.asked.Query, r.asked.Regex)
	if err != nil {
		r.wrong = "no regular expression: " + err.Error()
		return bars.News{}
	}
	rule, err := replace.Of(re, r.with.Text(), r.asked.Regex, false)
	if err != nil {
		r.wrong = err.Error()
		return bars.News{}
	}
	r.spots = r.site.Spots(rule)
	if len(r.spots) == 0 {
		text := "nothing to replace: " + r.asked.Query + " stands in no text"
		r.Close()
		return bars.News{Level: bars.Warning, Text: text}
	}
	r.yes, r.with = make([]bool, len(r.spots)), nil
	if all {
		return r.rest()
	}
	r.site.Show(0)
	return bars.News{}
}

// takeSo replaces what was answered with yes up to now, and gives why it could not.
func (r *Replacing) takeSo() string {
	err := r.site.Put(r.yes, r.put)
	r.put = true
	if err != nil {
		return err.Error()
	}
	return ""
}

// next goes on to the next hit. After a replacement that was refused nothing more is asked.
func (r *Replacing) next(wrong string) bars.News {
	if r.at++; wrong != "" || r.at == len(r.spots) {
		return r.done(wrong)
	}
	r.site.Show(r.at)
	return bars.News{}
}

// rest replaces the hit that is asked about and all behind it.
func (r *Replacing) rest() bars.News {
	for i := r.at; i < len(r.yes); i++ {
		r.yes[i] = true
	}
	return r.done(r.takeSo())
}

// done closes it and sums it up.
func (r *Replacing) done(wrong string) bars.News {
	n := 0
	for _, yes := range r.yes {
		if yes {
			n++
		}
	}
	back := r.back
	r.Close()
	switch {
	case wrong != "":
		return bars.News{Level: bars.Bad, Text: wrong}
	case n == 0:
		return bars.News{Text: "nothing replaced"}
	}
	return bars.News{Level: bars.Good, Text: figure.Count(n, "hit") + " replaced; " + back}
}

// Line draws the line, or the question, in w cells. x is the cell of the cursor, -1 where nothing
// is typed.
func (r *Replacing) Line(w int) (line string, x int) {
	if r.with != nil {
		if r.wrong != "" {
			return bars.Status(w, r.th, bars.News{Level: bars.Bad, Text: r.wrong}), -1
		}
		label := "replace " + sanitize.Line(r.asked.Query, max(w/3, 1)) + " with: "
		return r.with.View(label, w)
	}
	s := r.spots[r.at]
	tail := " " + figure.Int(r.at+1) + " of " + figure.Int(len(r.spots))
	before, hit, after := s.around()
	pieces := []bars.Piece{{Text: s.Where + ": ", Style: r.th.Label}, {Text: before, Style: r.th.Text}, {Text: hit, Style: r.th.CurrentMatch},
		{Text: r.th.Words(" → ") + string(s.With) + " ", Style: r.th.Added}, {Text: after, Style: r.th.Text}}
	return bars.Bar(w, pieces, []bars.Piece{{Text: tail, Style: r.th.Muted}}), -1
}

// beside is how much of the text beside a hit is shown, in bytes.
const beside = 16

// around is a hit with what is beside it, on one line.
func (s Spot) around() (before, hit, after string) {
	start, end := max(s.Start-beside, 0), min(s.End+beside, len(s.Text))
	line := func(text string) string { return strings.ToValidUTF8(strings.ReplaceAll(text, "\n", "⏎"), "") }
	return line(s.Text[start:s.Start]), line(s.Text[s.Start:s.End]), line(s.Text[s.End:end])
}
