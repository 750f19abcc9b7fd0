//go:build unix

package cli_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"

	"errata/ui/term/termtest"
)

// The window of the moving picture, and the strip below it that says what is pressed, in pixels.
const (
	movingColumns, movingRows = 100, 28
	strip                     = 40
	movingLimit               = 1 << 20 // bytes of a file
)

// moving is where the moving picture is, by the ground that it is drawn on.
func moving(theme string) string { return "../../.docs/correcting-" + theme + ".svg" }

// movingTitle is what the moving picture shows, for those who hear it.
const movingTitle = "A log is found in the list and opened, its output is edited, the request is shown, sent, and read back: saved and verified"

// scene is something that is pressed: what the strip says of it, what of the screen shows that it
// was done, and how long that is to be seen.
type scene struct {
	keys, pressed, caption string
	shows                  *regexp.Regexp
	hold                   time.Duration
}

// scenes are the script, a key each; what is typed is a letter each.
func scenes() (list []scene) {
	add := func(keys, pressed, caption, shows string, hold time.Duration) {
		list = append(list, scene{keys, pressed, caption, regexp.MustCompile(shows), hold})
	}
	// letters are typed into a line, which is drawn otherwise once each of them is there. A blank
	// alone is not to be seen: it comes with the letter behind it.
	letters := func(text, caption, before, behind string, each time.Duration) {
		pending := ""
		for i, letter := range text {
			pending += string(letter)
			if letter == ' ' {
				continue
			}
			typed := text[:i+len(string(letter))]
			add(pending, strings.TrimSpace(typed), caption, before+regexp.QuoteMeta(typed)+behind, each)
			pending = ""
		}
	}
	pause := func(hold time.Duration) { list[len(list)-1].hold = hold }
	const find, edit = "find one", "edit it: each key is in a draft on disk before it is shown"
	add("", "", "the logs of an LLM app", "31 logs", 2*time.Second)
	add("/", "/", find, "filter:", 800*time.Millisecond)
	letters("recipe", find, "filter: ", `  \d+ logs?\b`, 140*time.Millisecond)
	pause(time.Second)
	add(keyEnter, "enter", find, "search recipe .* 2 logs", 1500*time.Millisecond)
	add(keyEnter, "enter", "open it: every field is there", "(?s)not judged.*hits for recipe", 2*time.Second)
	add(keyDown, "↓", "choose a field", "▸   Output message", 600*time.Millisecond)
	add(keyDown, "↓", "choose a field", "▸   Output  ", 1200*time.Millisecond)
	add(keyEnter, "enter", edit, "editing", time.Second)
	letters(" Bake it from the cold.", edit, `it\.`, "", 90*time.Millisecond)
	pause(1500 * time.Millisecond)
	add(keyReview, "ctrl+s", "see the request before it goes: what changed, and nothing else", "nothing is sent yet", 4*time.Second)
	add(keyReview, "ctrl+s", "send it: the log is read back and compared", "saved and verified", 5*time.Second)
	return list
}

// gapInText finds blanks within a text of the picture of which a viewer would draw but one.
var gapInText = regexp.MustCompile(`>[^<\n]*  [^<\n]*</text>`)

// TestMovingPicture plays a correction in the real program, in front of a dark and a light ground,
// and holds the moving pictures of the README against what it draws. UPDATE_PICTURE=1 draws them
// again; ERRATA_STILLS=DIR writes each of their moments as a picture of its own, to look at.
func TestMovingPicture(t *testing.T) {
	t.Parallel()
	for theme, g := range map[string]ground{"dark": onDark, "light": onLight} {
		t.Run(theme, func(t *testing.T) {
			t.Parallel()
			r := newHome(t).open(movingColumns, movingRows, "demo", "--theme", theme)
			f := film{ground: g, known: map[string]int{}}
			for _, s := range scenes() {
				r.Send(s.keys)
				r.Until(s.shows.String(), func() bool { return s.shows.MatchString(r.Screen()) })
				if s.hold >= time.Second/2 { // a letter changes its row at once
					r.Quiet(200 * time.Millisecond)
				}
				f.take(r, s)
			}
			got := f.drawing()
			if err := xml.Unmarshal(got, new(struct{})); err != nil {
				t.Errorf("it is no SVG: %v", err)
			}
			if gap := gapInText.Find(got); gap != nil {
				t.Errorf("a viewer draws several blanks as one, and pulls this apart: %s", gap)
			}
			if len(got) > movingLimit {
				t.Errorf("it has %d bytes, want %d at most", len(got), movingLimit)
			}
			f.stills(t, theme)
			if os.Getenv("UPDATE_PICTURE") != "" {
				if err := os.WriteFile(moving(theme), got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(moving(theme))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("the program draws other frames than the moving picture, first at %s\n"+
					"UPDATE_PICTURE=1 go test ./ui/cli -run TestMovingPicture draws it anew", firstDifference(got, want))
			}
		})
	}
}

// film is frames side by side. The window moves from one to the next; a row that several frames
// have in common is drawn once.
type film struct {
	ground
	rows   []string       // what rows of a screen show
	known  map[string]int // their places in rows
	frames []string
	begins []time.Duration
	length time.Duration
}

// take adds a frame: what the terminal shows, and what was pressed for it.
func (f *film) take(r *termtest.Remote, s scene) {
	shown := r.CursorShown()
	var b bytes.Buffer
	r.Look(func(screen *vt.Emulator) {
		for y := range screen.Height() {
			if at := f.row(screen, y); at >= 0 {
				fmt.Fprintf(&b, `<use href="#r%d" y="%d"/>`, at, y*cellHeight)
			}
		}
		if shown {
			f.cursor(&b, screen)
		}
	})
	f.told(&b, s)
	f.frames, f.begins = append(f.frames, b.String()), append(f.begins, f.length)
	f.length += s.hold
}

// row is the place of what a row of the screen shows, -1 where it is blank.
func (f *film) row(screen *vt.Emulator, y int) int {
	var b bytes.Buffer
	for _, s := range stretches(screen, y) {
		s.draw(&b, 0, f.ground)
	}
	if b.Len() == 0 {
		return -1
	}
	at, ok := f.known[b.String()]
	if !ok {
		at = len(f.rows)
		f.rows, f.known[b.String()] = append(f.rows, b.String()), at
	}
	return at
}

// width and height are those of the picture, in pixels.
func (f *film) width() int  { return movingColumns*cellWidth + 2*margin }
func (f *film) height() int { return movingRows*cellHeight + 2*margin + strip }

// told draws the strip: what is going on at the left, the key at the right.
func (f *film) told(b *bytes.Buffer, s scene) {
	base := f.height() - 15
	fmt.Fprintf(b, `<text x="%d" y="%d" fill="%s" font-size="15">`, margin, base, f.ink)
	_ = xml.EscapeText(b, []byte(s.caption)) // into a buffer, which takes everything
	b.WriteString("</text>")
	if s.pressed == "" {
		return
	}
	wide := len([]rune(s.pressed))*9 + 20
	left := f.width() - margin - wide
	fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="26" rx="5" shape-rendering="auto" fill="%s" stroke="%s"/>`, left, base-18, wide, f.paper, f.ink)
	fmt.Fprintf(b, `<text x="%d" y="%d" textLength="%d" fill="%s" font-size="15" font-weight="bold">`, left+10, base, wide-20, f.ink)
	_ = xml.EscapeText(b, []byte(s.pressed))
	b.WriteString("</text>")
}

// edge is the colour around the terminal.
var edge = map[ground]string{onDark: "#2a2e37", onLight: "#e7eaee"}

// begin draws what stands still: the ground, the window, and the rows that frames use.
func (f *film) begin(b *bytes.Buffer, style string) {
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" role="img">`+"\n", f.width(), f.height())
	fmt.Fprintf(b, "<title>%s</title>\n<style>%s</style>\n<defs>\n", movingTitle, style)
	for i, row := range f.rows {
		fmt.Fprintf(b, "<g id=\"r%d\">\n%s</g>\n", i, row)
	}
	fmt.Fprintf(b, `</defs>`+"\n"+`<rect width="%d" height="%d" rx="8" fill="%s"/>`+"\n", f.width(), f.height(), edge[f.ground])
	fmt.Fprintf(b, `<rect x="4" y="4" width="%d" height="%d" rx="6" fill="%s"/>`+"\n", f.width()-8, f.height()-strip-8, f.paper)
	fmt.Fprintf(b, `<g font-family="%s" font-size="%.1f" shape-rendering="crispEdges">`+"\n", fonts, fontSize)
}

// drawing is the film as an SVG picture that moves by CSS alone, over and over. Whoever wants no
// motion sees its end.
func (f *film) drawing() []byte {
	var b, moments bytes.Buffer
	for i, at := range f.begins {
		fmt.Fprintf(&moments, "%.3f%%{transform:translateX(%dpx)}", 100*at.Seconds()/f.length.Seconds(), -i*f.width())
	}
	f.begin(&b, fmt.Sprintf("\n.film{animation:film %.1fs step-end infinite}\n@keyframes film{%s}\n"+
		"@media (prefers-reduced-motion:reduce){.film{animation:none;transform:translateX(%dpx)}}\n",
		f.length.Seconds(), moments.String(), -(len(f.frames)-1)*f.width()))
	b.WriteString(`<g class="film">` + "\n")
	for i, frame := range f.frames {
		fmt.Fprintf(&b, `<g transform="translate(%d)">%s</g>`+"\n", i*f.width(), frame)
	}
	b.WriteString("</g>\n</g>\n</svg>\n")
	return b.Bytes()
}

// stills writes each frame as a picture of its own into the folder that ERRATA_STILLS names.
func (f *film) stills(t *testing.T, theme string) {
	dir := os.Getenv("ERRATA_STILLS")
	if dir == "" {
		return
	}
	for i, frame := range f.frames {
		var b bytes.Buffer
		f.begin(&b, "")
		b.WriteString(frame + "</g>\n</svg>\n")
		if err := os.WriteFile(fmt.Sprintf("%s/%s-%02d.svg", dir, theme, i), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
