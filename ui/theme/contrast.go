package theme

import (
	"image/color"
	"math"
	"strconv"

	"github.com/charmbracelet/x/ansi"
)

// readable is the contrast that words need to be read, as WCAG 2 computes it, from 1 to 21.
const readable = 4.5

// sixteen are the first colours of a terminal as xterm shows them. Those of other terminals differ,
// and many people choose their own.
var sixteen = [16]color.RGBA{
	{0x00, 0x00, 0x00, 0xff}, {0xcd, 0x00, 0x00, 0xff}, {0x00, 0xcd, 0x00, 0xff}, {0xcd, 0xcd, 0x00, 0xff},
	{0x00, 0x00, 0xee, 0xff}, {0xcd, 0x00, 0xcd, 0xff}, {0x00, 0xcd, 0xcd, 0xff}, {0xe5, 0xe5, 0xe5, 0xff},
	{0x7f, 0x7f, 0x7f, 0xff}, {0xff, 0x00, 0x00, 0xff}, {0x00, 0xff, 0x00, 0xff}, {0xff, 0xff, 0x00, 0xff},
	{0x5c, 0x5c, 0xff, 0xff}, {0xff, 0x00, 0xff, 0xff}, {0x00, 0xff, 0xff, 0xff}, {0xff, 0xff, 0xff, 0xff},
}

// grounds are the backgrounds on which a theme has to be readable.
func grounds(dark bool) []color.Color {
	if dark {
		return []color.Color{color.Black, color.RGBA{0x1e, 0x1e, 0x1e, 0xff}}
	}
	return []color.Color{color.White}
}

// colour is a colour of a look, which is "#rrggbb", "#rgb" or a number up to 255.
func colour(c string) color.Color {
	if n, err := strconv.ParseUint(c, 10, 8); err == nil {
		if n < 16 {
			return sixteen[n]
		}
		return ansi.IndexedColor(n)
	}
	n, _ := strconv.ParseUint(c[1:], 16, 32)
	if len(c) == len("#rgb") {
		n = n>>8*0x110000 + n>>4&0xf*0x1100 + n&0xf*0x11
	}
	return ansi.RGBColor{R: uint8(n >> 16), G: uint8(n >> 8), B: uint8(n)}
}

// contrast is that of two colours.
func contrast(a, b color.Color) float64 {
	light, dark := luminance(a), luminance(b)
	return (max(light, dark) + 0.05) / (min(light, dark) + 0.05)
}

// worst is the least contrast of a colour with the backgrounds of a theme.
func worst(c string, dark bool) float64 {
	least := math.Inf(1)
	for _, ground := range grounds(dark) {
		least = min(least, contrast(colour(c), ground))
	}
	return least
}

// luminance is how light a colour is, from 0 to 1.
func luminance(c color.Color) float64 {
	linear := func(part uint32) float64 {
		x := float64(part) / 0xffff
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	r, g, b, _ := c.RGBA()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}
