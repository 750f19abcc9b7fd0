package theme

import (
	"image/color"
	"math"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
)

// depths are the numbers of colours that terminals have, with what each makes of a colour.
var depths = []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256, colorprofile.ANSI}

// seen is the colour of a style that a terminal shows, nil for its own.
func seen(c lipgloss.TerminalColor, p colorprofile.Profile) color.Color {
	written, ok := c.(lipgloss.Color)
	if !ok {
		return nil
	}
	if basic(string(written)) {
		return colour(string(written))
	}
	shown := p.Convert(colour(string(written)))
	if n, ok := shown.(ansi.BasicColor); ok {
		return sixteen[n]
	}
	return shown
}

// Every role of every theme can be read, whatever the terminal shows of its colours.
func TestEveryRoleCanBeRead(t *testing.T) {
	t.Parallel()
	for _, spec := range builtIn {
		for _, p := range depths {
			th := spec.Make(Terminal{Dark: spec.Dark, Profile: p})
			for _, role := range roles {
				want := readable
				if spec.few != nil && len(spec.Name) > 8 && spec.Name[:8] == "contrast" && p != colorprofile.ANSI {
					want = 7
				}
				style := *role.style(th)
				if got := leastContrast(style, spec.Dark, p); got < want {
					t.Errorf("%s in %v: %s (%q) has a contrast of %.2f, want %.1f", spec.Name, p, role.Name, spec.Looks.of(role.Name), got, want)
				}
				if got := leastContrast(th.OnCursor(style), spec.Dark, p); got < readable {
					t.Errorf("%s in %v: %s on the bar has a contrast of %.2f", spec.Name, p, role.Name, got)
				}
			}
		}
	}
}

// leastContrast is that of a style's words, on its own ground or on every background. Where both
// are the terminal's own it is without bounds.
func leastContrast(s lipgloss.Style, dark bool, p colorprofile.Profile) float64 {
	ink, under := seen(s.GetForeground(), p), grounds(dark)
	if ground := seen(s.GetBackground(), p); ground != nil {
		under = []color.Color{ground}
		if ink == nil { // the terminal's own foreground, which is about this
			ink = color.Gray{0xd0}
			if !dark {
				ink = color.Gray{0x20}
			}
		}
	}
	least := math.Inf(1)
	for _, ground := range under {
		if ink != nil {
			least = min(least, contrast(ink, ground))
		}
	}
	return least
}

func TestContrast(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"#ffffff", "#000000", 21}, {"#000", "#fff", 21}, {"#777777", "#ffffff", 4.48}, {"0", "15", 21}, {"231", "16", 21}, {"#abc", "#aabbcc", 1},
	} {
		if got := contrast(colour(c.a), colour(c.b)); math.Abs(got-c.want) > 0.01 {
			t.Errorf("contrast of %s and %s is %.2f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

// One look means one thing: no two roles of a theme look alike where a terminal has the colours.
func TestOneLookMeansOneThing(t *testing.T) {
	t.Parallel()
	for _, spec := range builtIn {
		if spec.few == nil {
			continue // sixteen colours are too few for that
		}
		for _, p := range depths[:2] {
			th, taken := spec.Make(Terminal{Dark: spec.Dark, Profile: p}), map[string]string{}
			for _, role := range roles {
				if role.Name == "json_string" {
					continue // a string is text
				}
				s := *role.style(th)
				drawn := look{bold: s.GetBold(), italic: s.GetItalic(), underline: s.GetUnderline(), reverse: s.GetReverse()}
				drawn.ink, drawn.ground = hex(seen(s.GetForeground(), p)), hex(seen(s.GetBackground(), p))
				key := drawn.style(renderer()).Render("x")
				if other, ok := taken[key]; ok {
					t.Errorf("%s in %v: %s looks as %s does", spec.Name, p, role.Name, other)
				}
				taken[key] = role.Name
			}
		}
	}
}

func hex(c color.Color) string {
	if c == nil {
		return ""
	}
	const digits = "0123456789abcdef"
	r, g, b, _ := c.RGBA()
	out := []byte("#")
	for _, part := range []uint32{r, g, b} {
		out = append(out, digits[part>>12], digits[part>>8&0xf])
	}
	return string(out)
}

// A theme names no role that there is not, and each of its looks can be read.
func TestThemesAreWrittenRight(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, role := range roles {
		known[role.Name] = true
	}
	for _, spec := range append([]Spec{{Name: "dark in sixteen", Looks: ansiDarkLooks}, {Name: "light in sixteen", Looks: ansiLightLooks}}, builtIn...) {
		named := map[string]bool{}
		for _, l := range spec.Looks {
			if _, err := parseLook(l.Text); err != nil || !known[l.Name] || named[l.Name] {
				t.Errorf("%s: %s = %q: known %v, already there %v, %v", spec.Name, l.Name, l.Text, known[l.Name], named[l.Name], err)
			}
			named[l.Name] = true
		}
	}
}
