package theme

import (
	"strings"
	"testing"
)

func TestLooksAreRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]look{
		"":                         {},
		"bold":                     {bold: true},
		"#D79921":                  {ink: "#d79921"},
		"bold underline 214 on 16": {ink: "214", ground: "16", bold: true, underline: true},
		"on bright-blue reverse":   {ground: "12", reverse: true},
		"italic #abc":              {ink: "#abc", italic: true},
	} {
		if got, err := parseLook(text); err != nil || got != want {
			t.Errorf("%q is %+v, %v; want %+v", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		"bald red": `"bald" is not a colour`, "256": `"256" is not a colour`, "#12345": `"#12345" is not a colour`, "#-12345": "is not a colour", "red blue": "one colour is enough",
	} {
		if _, err := parseLook(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

// A terminal of sixteen colours shows what can be read of a theme that was made for more.
func TestSixteenColours(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		look string
		dark bool
		want look
	}{
		{"#ffff55", true, look{ink: "11"}},
		{"#ffff55", false, look{}},
		{"bold #2020c0", true, look{bold: true}},
		{"bold #2020c0", false, look{ink: "4", bold: true}},
		{"1", true, look{ink: "1"}}, // somebody chose it
		{"on 237", true, look{reverse: true}},
		{"16 on 226", true, look{ink: "0", ground: "11"}},
	} {
		l, err := parseLook(c.look)
		if got := l.inSixteen(c.dark); err != nil || got != c.want {
			t.Errorf("%q, dark %v: %+v, want %+v", c.look, c.dark, got, c.want)
		}
	}
}
