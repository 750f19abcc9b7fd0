package theme

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
)

// look is how a role is drawn: colours as lipgloss has them, "" for the terminal's own.
type look struct {
	ink, ground                      string
	bold, italic, underline, reverse bool
}

// colourNames are the names of the sixteen colours of a terminal, in the order of their numbers.
var colourNames = []string{
	"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
	"bright-black", "bright-red", "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan", "bright-white",
}

// parseLook reads a look: "bold #d79921", "214 on 236", "underline", in any order but for the
// colour behind "on". "" is the look of plain text.
func parseLook(text string) (l look, err error) {
	attributes := map[string]*bool{"bold": &l.bold, "italic": &l.italic, "underline": &l.underline, "reverse": &l.reverse}
	into := &l.ink
	for _, word := range strings.Fields(strings.ToLower(text)) {
		if attribute, ok := attributes[word]; ok {
			*attribute = true
			continue
		}
		if word == "on" {
			into = &l.ground
			continue
		}
		c, err := parseColour(word)
		switch {
		case err != nil:
			return look{}, err
		case *into != "":
			return look{}, fmt.Errorf("%s: one colour is enough; the one behind it goes after \"on\"", word)
		}
		*into = c
	}
	return l, nil
}

// parseColour reads #rrggbb, #rgb, a number up to 255 or one of the sixteen names.
func parseColour(word string) (string, error) {
	if n := slices.Index(colourNames, word); n >= 0 {
		return strconv.Itoa(n), nil
	}
	if digits, ok := strings.CutPrefix(word, "#"); ok {
		if _, err := strconv.ParseUint(digits, 16, 32); err == nil && (len(digits) == 6 || len(digits) == 3) {
			return word, nil
		}
	} else if _, err := strconv.ParseUint(word, 10, 8); err == nil {
		return word, nil
	}
	return "", fmt.Errorf("%s is not a colour: want #rrggbb, a number from 0 to 255, or a name such as bright-blue; "+
		"before it bold, italic, underline or reverse", strconv.Quote(word))
}

// style makes the style of a look.
func (l look) style(r *lipgloss.Renderer) lipgloss.Style {
	s := r.NewStyle()
	if l.ink != "" {
		s = s.Foreground(lipgloss.Color(l.ink))
	}
	if l.ground != "" {
		s = s.Background(lipgloss.Color(l.ground))
	}
	if l.bold {
		s = s.Bold(true)
	}
	if l.italic {
		s = s.Italic(true)
	}
	if l.underline {
		s = s.Underline(true)
	}
	if l.reverse {
		s = s.Reverse(true)
	}
	return s
}

// inSixteen is a look on a terminal of sixteen colours: a colour that is not one of them becomes
// the next one if that can be read on the background, and else the terminal's own. A ground of its
// own becomes the reverse where words could not be read on it.
func (l look) inSixteen(dark bool) look {
	switch {
	case l.ground != "":
		ground, ink := sixteenth(l.ground), l.ink
		if ink != "" {
			ink = sixteenth(ink)
		}
		if ink == "" || contrast(colour(ink), colour(ground)) < readable {
			return look{bold: l.bold, reverse: true}
		}
		l.ground, l.ink = ground, ink
	case l.ink != "" && !basic(l.ink):
		if l.ink = sixteenth(l.ink); worst(l.ink, dark) < readable {
			l.ink = ""
		}
	}
	return l
}

// in256 is a look on a terminal of 256 colours. better are colours for which another of the 256 was
// chosen than the library would take.
func (l look) in256(better Texts) look {
	for _, c := range []*string{&l.ink, &l.ground} {
		if n := better.of(*c); n != "" {
			*c = n
		} else if strings.HasPrefix(*c, "#") {
			*c = strconv.Itoa(int(ansi.Convert256(colour(*c))))
		}
	}
	return l
}

// basic reports whether a colour is one of the sixteen.
func basic(c string) bool {
	n, err := strconv.Atoi(c)
	return err == nil && n < 16
}

// sixteenth is the one of the sixteen colours that comes next to c.
func sixteenth(c string) string {
	if basic(c) {
		return c
	}
	return strconv.Itoa(int(ansi.Convert16(colour(c))))
}
