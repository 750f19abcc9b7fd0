package theme

// The colours of dark and light are numbers of the 256: every terminal that has more than sixteen
// shows them alike, and a change of style costs few bytes.

var darkSpec = Spec{Name: "dark", Dark: true, few: ansiDarkLooks, Looks: Texts{
	{"muted", "247"}, {"faint", "245"}, {"title", "bold"}, {"section", "bold 110"}, {"field", "249"}, {"key", "117"}, {"cursor", "bold on 237"},
	{"error", "203"}, {"warning", "221"}, {"good", "114"}, {"info", "80"},
	{"changed", "bold 215"}, {"added", "150"}, {"removed", "210"},
	{"corrected", "222"}, {"judged", "79"}, {"locked", "246"}, {"marked", "bold 228"},
	{"control", "213"}, {"match", "16 on 179"}, {"current", "reverse"},
	{"user", "bold 75"}, {"assistant", "bold 147"}, {"system", "bold 144"}, {"tool", "bold 176"}, {"speaker", "bold 247"},
	{"json_name", "109"}, {"json_number", "180"}, {"json_word", "182"},
}}

var lightSpec = Spec{Name: "light", few: ansiLightLooks, Looks: Texts{
	{"muted", "241"}, {"faint", "243"}, {"title", "bold"}, {"section", "bold 24"}, {"field", "239"}, {"key", "25"}, {"cursor", "bold on 253"},
	{"error", "160"}, {"warning", "94"}, {"good", "28"}, {"info", "23"},
	{"changed", "bold 130"}, {"added", "22"}, {"removed", "124"},
	{"corrected", "95"}, {"judged", "29"}, {"locked", "242"}, {"marked", "bold 89"},
	{"control", "127"}, {"match", "16 on 222"}, {"current", "reverse"},
	{"user", "bold 26"}, {"assistant", "bold 56"}, {"system", "bold 58"}, {"tool", "bold 90"}, {"speaker", "bold 241"},
	{"json_name", "60"}, {"json_number", "88"}, {"json_word", "96"},
}}

// The themes of high contrast reach 7:1.

var contrastDarkSpec = Spec{Name: "contrast-dark", Dark: true, few: ansiDarkLooks, Looks: Texts{
	{"muted", "254"}, {"faint", "251"}, {"title", "bold underline"}, {"section", "bold 159"}, {"field", "255"}, {"key", "bold 51"}, {"cursor", "bold 16 on 231"},
	{"error", "bold 231 on 88"}, {"warning", "bold 226"}, {"good", "bold 120"}, {"info", "87"},
	{"changed", "bold 220"}, {"added", "156"}, {"removed", "218"},
	{"corrected", "229"}, {"judged", "122"}, {"locked", "252"}, {"marked", "bold 227"},
	{"control", "bold 219"}, {"match", "bold 16 on 226"}, {"current", "bold 16 on 51"},
	{"user", "bold 117"}, {"assistant", "bold 189"}, {"system", "bold 187"}, {"tool", "bold 225"}, {"speaker", "bold 254"},
	{"json_name", "152"}, {"json_number", "223"}, {"json_word", "183"},
}}

var contrastLightSpec = Spec{Name: "contrast-light", few: ansiLightLooks, Looks: Texts{
	{"muted", "236"}, {"faint", "239"}, {"title", "bold underline"}, {"section", "bold 18"}, {"field", "234"}, {"key", "bold 19"}, {"cursor", "bold 231 on 16"},
	{"error", "bold 231 on 88"}, {"warning", "bold underline 52"}, {"good", "bold 22"}, {"info", "23"},
	{"changed", "bold 52"}, {"added", "bold 23"}, {"removed", "88"},
	{"corrected", "89"}, {"judged", "bold 17"}, {"locked", "238"}, {"marked", "bold 53"},
	{"control", "underline 90"}, {"match", "bold 16 on 226"}, {"current", "bold 231 on 19"},
	{"user", "bold 20"}, {"assistant", "bold 54"}, {"system", "bold 235"}, {"tool", "bold 90"}, {"speaker", "bold 237"},
	{"json_name", "24"}, {"json_number", "124"}, {"json_word", "55"},
}}

// The themes of sixteen colours leave those to the terminal's own scheme. What is read has the
// terminal's foreground. A terminal that has no more colours shows these for all that are built in.

var (
	ansiDarkSpec  = Spec{Name: "ansi-dark", Dark: true, Looks: ansiDarkLooks}
	ansiLightSpec = Spec{Name: "ansi-light", Looks: ansiLightLooks}
)

var ansiDarkLooks = Texts{
	{"title", "bold"}, {"section", "bold 6"}, {"key", "bold"}, {"cursor", "reverse"},
	{"error", "bold 15 on 1"}, {"warning", "3"}, {"good", "2"}, {"info", "6"},
	{"changed", "bold 11"}, {"added", "10"}, {"removed", "13"},
	{"corrected", "11"}, {"judged", "10"}, {"marked", "bold 3"},
	{"control", "13"}, {"match", "0 on 3"}, {"current", "reverse"},
	{"user", "bold 14"}, {"assistant", "bold 10"}, {"system", "bold"}, {"tool", "bold 13"}, {"speaker", "bold"},
	{"json_name", "6"}, {"json_number", "3"}, {"json_word", "13"},
}

var ansiLightLooks = Texts{
	{"title", "bold"}, {"section", "bold 4"}, {"key", "bold"}, {"cursor", "reverse"},
	{"error", "bold 15 on 1"}, {"warning", "5"}, {"good", "4"}, {"info", "4"},
	{"changed", "bold 5"}, {"added", "4"}, {"removed", "1"},
	{"corrected", "5"}, {"judged", "4"}, {"marked", "bold 5"},
	{"control", "5"}, {"match", "0 on 3"}, {"current", "reverse"},
	{"user", "bold 4"}, {"assistant", "bold 5"}, {"system", "bold"}, {"tool", "bold 1"}, {"speaker", "bold"},
	{"json_name", "4"}, {"json_number", "1"}, {"json_word", "5"},
}

var noneSpec = Spec{Name: "none", Dark: true, Looks: Texts{
	{"title", "bold"}, {"section", "bold"}, {"key", "bold"}, {"cursor", "reverse"},
	{"error", "bold"}, {"warning", "bold"}, {"good", "bold"}, {"changed", "bold"}, {"added", "bold"},
	{"corrected", "bold"}, {"judged", "bold"}, {"marked", "bold"},
	{"control", "underline"}, {"match", "underline"}, {"current", "reverse"},
	{"user", "bold"}, {"assistant", "bold"}, {"system", "bold"}, {"tool", "bold"}, {"speaker", "bold"},
}}

// The colours of gruvbox by Pavel Pertsev.

var gruvboxDarkSpec = Spec{Name: "gruvbox-dark", Dark: true, few: ansiDarkLooks, in256: gruvboxDark256, Looks: Texts{
	{"muted", "#a89984"}, {"faint", "#928374"}, {"title", "bold #fbf1c7"}, {"section", "bold #83a598"}, {"field", "#bdae93"}, {"key", "#8ec07c"},
	{"cursor", "bold #ebdbb2 on #3c3836"},
	{"error", "#fb4934"}, {"warning", "#fabd2f"}, {"good", "#b8bb26"}, {"info", "italic #8ec07c"},
	{"changed", "bold #fe8019"}, {"added", "italic #b8bb26"}, {"removed", "italic #fb4934"},
	{"corrected", "#fe8019"}, {"judged", "bold #b8bb26"}, {"locked", "italic #928374"}, {"marked", "bold #fabd2f"},
	{"control", "#d3869b"}, {"match", "#1d2021 on #d79921"}, {"current", "#1d2021 on #fe8019"},
	{"user", "bold italic #83a598"}, {"assistant", "bold #8ec07c"}, {"system", "bold #d5c4a1"}, {"tool", "bold #d3869b"}, {"speaker", "bold #a89984"},
	{"json_name", "#83a598"}, {"json_number", "italic #d3869b"}, {"json_word", "italic #fabd2f"},
}}

// What is nearest among the 256 is too pale in places, or the same for two colours.
var (
	gruvboxDark256  = Texts{{"#83a598", "109"}, {"#8ec07c", "108"}}
	gruvboxLight256 = Texts{{"#79740e", "58"}, {"#427b58", "23"}, {"#8f3f71", "89"}, {"#076678", "24"}, {"#7c6f64", "243"}}
	githubDark256   = Texts{{"#f0883e", "208"}, {"#ff7b72", "210"}}
	githubLight256  = Texts{{"#1b7c83", "23"}, {"#bf3989", "125"}, {"#9a6700", "94"}, {"#953800", "130"}}
)

var gruvboxLightSpec = Spec{Name: "gruvbox-light", few: ansiLightLooks, in256: gruvboxLight256, Looks: Texts{
	{"muted", "#665c54"}, {"faint", "#7c6f64"}, {"title", "bold #282828"}, {"section", "bold #076678"}, {"field", "#504945"}, {"key", "#427b58"},
	{"cursor", "bold #282828 on #ebdbb2"},
	{"error", "#9d0006"}, {"warning", "#79740e"}, {"good", "italic #79740e"}, {"info", "italic #427b58"},
	{"changed", "bold #af3a03"}, {"added", "italic bold #79740e"}, {"removed", "italic #9d0006"},
	{"corrected", "#af3a03"}, {"judged", "bold #79740e"}, {"locked", "italic #7c6f64"}, {"marked", "bold #8f3f71"},
	{"control", "#8f3f71"}, {"match", "#282828 on #fabd2f"}, {"current", "#282828 on #fe8019"},
	{"user", "bold italic #076678"}, {"assistant", "bold #427b58"}, {"system", "bold #504945"}, {"tool", "bold italic #8f3f71"}, {"speaker", "bold #665c54"},
	{"json_name", "#076678"}, {"json_number", "italic #8f3f71"}, {"json_word", "italic #af3a03"},
}}

// The colours of GitHub's Primer.

var githubDarkSpec = Spec{Name: "github-dark", Dark: true, few: ansiDarkLooks, in256: githubDark256, Looks: Texts{
	{"muted", "#b1bac4"}, {"faint", "#8b949e"}, {"title", "bold #f0f6fc"}, {"section", "bold #79c0ff"}, {"field", "#c9d1d9"}, {"key", "#58a6ff"},
	{"cursor", "bold #f0f6fc on #30363d"},
	{"error", "#ff7b72"}, {"warning", "#e3b341"}, {"good", "#3fb950"}, {"info", "#39c5cf"},
	{"changed", "bold #ffa657"}, {"added", "#7ee787"}, {"removed", "#ffa198"},
	{"corrected", "#f0883e"}, {"judged", "#56d364"}, {"locked", "italic #8b949e"}, {"marked", "bold #e3b341"},
	{"control", "#f778ba"}, {"match", "#0d1117 on #d29922"}, {"current", "#0d1117 on #ffa657"},
	{"user", "bold #58a6ff"}, {"assistant", "bold #d2a8ff"}, {"system", "bold #b1bac4"}, {"tool", "bold #ff9bce"}, {"speaker", "bold #8b949e"},
	{"json_name", "#a5d6ff"}, {"json_number", "#79c0ff"}, {"json_word", "#bc8cff"},
}}

var githubLightSpec = Spec{Name: "github-light", few: ansiLightLooks, in256: githubLight256, Looks: Texts{
	{"muted", "#57606a"}, {"faint", "#656d76"}, {"title", "bold #1f2328"}, {"section", "bold #0550ae"}, {"field", "#424a53"}, {"key", "#0969da"},
	{"cursor", "bold #1f2328 on #eaeef2"},
	{"error", "#cf222e"}, {"warning", "#9a6700"}, {"good", "#1a7f37"}, {"info", "#1b7c83"},
	{"changed", "bold #bc4c00"}, {"added", "#116329"}, {"removed", "#82071e"},
	{"corrected", "#953800"}, {"judged", "bold #1a7f37"}, {"locked", "italic #656d76"}, {"marked", "bold #7d4e00"},
	{"control", "#bf3989"}, {"match", "#1f2328 on #eac54f"}, {"current", "#1f2328 on #fb8f44"},
	{"user", "bold #0969da"}, {"assistant", "bold #8250df"}, {"system", "bold #57606a"}, {"tool", "bold #99286e"}, {"speaker", "bold #656d76"},
	{"json_name", "#0550ae"}, {"json_number", "italic #0550ae"}, {"json_word", "#6639ba"},
}}

// builtIn are the themes that are there without a file, in the order of the picker.
var builtIn = []Spec{
	darkSpec, lightSpec, contrastDarkSpec, contrastLightSpec, gruvboxDarkSpec, gruvboxLightSpec, githubDarkSpec, githubLightSpec,
	ansiDarkSpec, ansiLightSpec, noneSpec,
}

// pairs are the names that stand for a dark theme and a light one: which of them it is says the
// background of the terminal.
var pairs = []struct{ name, dark, light string }{
	{"auto", "dark", "light"}, {"contrast", "contrast-dark", "contrast-light"}, {"gruvbox", "gruvbox-dark", "gruvbox-light"},
	{"github", "github-dark", "github-light"}, {"ansi", "ansi-dark", "ansi-light"},
}
