package price

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// TOML writes a list as the tables of the configuration file, by name.
func (l List) TOML() []byte {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(l)) {
		p := l[name]
		key := `prices.` + basic(name)
		b.WriteString("\n[" + key + "]\n")
		p.write(&b)
		write(&b, key, p.Over)
		for _, w := range p.When {
			b.WriteString("[[" + key + ".when]]\n")
			for _, of := range [][2]string{{"since", w.Since}, {"from", w.From}, {"to", w.To}} {
				if of[1] != "" {
					b.WriteString(of[0] + ` = "` + of[1] + "\"\n")
				}
			}
			w.write(&b)
			write(&b, key+".when", w.Over)
		}
	}
	return []byte(b.String())
}

// write writes tiers.
func write(b *strings.Builder, key string, tiers []Tier) {
	for _, t := range tiers {
		b.WriteString("[[" + key + ".over]]\ntokens = " + strconv.FormatInt(t.Tokens, 10) + "\n")
		t.write(b)
	}
}

func (r Rates) write(b *strings.Builder) {
	for _, n := range names {
		if of := *n.of(&r); of != "" {
			b.WriteString(n.name + ` = "` + of + "\"\n")
		}
	}
}

// basic is a text as a basic string of TOML.
func basic(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range text {
		switch {
		case c == '"' || c == '\\':
			b.WriteString(`\` + string(c))
		case c < ' ' || c == 0x7f:
			b.WriteString(`\u00` + strconv.FormatInt(int64(c)+0x100, 16)[1:])
		default:
			b.WriteRune(c)
		}
	}
	return b.String() + `"`
}
