package keys

import (
	"slices"
	"strings"
	"sync"

	tea "github.com/charmbracelet/bubbletea"
)

// table is a table of keys under the name that the configuration has for it. Tables that are seen
// in turn on one screen have one name.
type table struct {
	name   string
	maps   []*Map
	typing bool // text is typed there: a letter alone is text
	moving bool // only the actions that move a cursor are meant
}

// lists is the name for what moves the cursor in all tables that have it.
const lists = "lists"

// registry lists the tables whose keys can be chosen. An action that several tables of a name have
// gets its keys in all of them.
var registry = []table{
	{lists, []*Map{
		&Themes, &HelpScreen, &CompareScreen, &Browse, &Form, &Fill, &Reading, &Outline, &OutlineReading, &OutlineLook, &Chat, &ChatReading, &Judging, &ReviewScreen,
		&Conflict, &HistoryScreen, &BulkReview, &BulkRun, &BulkResults, &ColumnsScreen, &Picker,
	}, false, true},
	{"everywhere", []*Map{&Global}, false, false},
	{"help", []*Map{&HelpScreen}, false, false},
	{"help_search", []*Map{&HelpFilter}, true, false},
	{"themes", []*Map{&Themes}, false, false},
	{"browse", []*Map{&Browse}, false, false},
	{"columns", []*Map{&ColumnsScreen}, false, false},
	{"picker", []*Map{&Picker}, true, false},
	{"form", []*Map{&Form}, false, false},
	{"fill", []*Map{&Fill}, false, false},
	{"reading", []*Map{&Reading, &Locked}, false, false},
	{"typing", []*Map{&Typing}, true, false},
	{"editor", []*Map{&Editor, &LineEditor, &Clock, &Choice, &Find, &FindInText, &Inner}, true, false},
	{"structure", []*Map{&Structure}, false, false},
	{"outline", []*Map{&Outline, &OutlineReading, &OutlineLook}, false, false},
	{"type", []*Map{&OutlineType}, false, false},
	{"outline_text", []*Map{&OutlineEntry, &OutlineText, &OutlineLines}, true, false},
	{"conversation", []*Map{&Chat, &ChatReading}, false, false},
	{"conversation_text", []*Map{&ChatText, &ChatLine, &ChatJSON, &ChatList}, true, false},
	{"choice", []*Map{&ChatChoice}, true, false},
	{"judging", []*Map{&Judging, &JudgingSeveral}, false, false},
	{"judging_text", []*Map{&JudgingNumber, &JudgingText}, true, false},
	{"annotating", []*Map{&Annotating, &AnnotatingValue, &AnnotatingText}, false, false},
	{"strip", []*Map{&Strip}, false, false},
	{"search", []*Map{&Prompt, &ReplaceWith, &FileName, &NoteLine}, true, false},
	{"line", []*Map{&FilterLine, &GoToLine, &AddColumn, &HistoryFilter, &BulkChange}, true, false},
	{"replacing", []*Map{&Replacing}, false, false},
	{"review", []*Map{&ReviewScreen, &ReviewSending}, false, false},
	{"conflict", []*Map{&Conflict}, false, false},
	{"merge", []*Map{&MergeEditor}, true, false},
	{"compare", []*Map{&CompareScreen}, false, false},
	{"history", []*Map{&HistoryScreen}, false, false},
	{"bulk", []*Map{&BulkReview, &BulkRun, &BulkResults}, false, false},
}

// inText are the tables that hold while a text of several lines is typed, ahead of its own.
var inText = []*Map{&Editor, &Inner, &Find, &ChatText, &OutlineLines, &JudgingText, &MergeEditor}

// beside are the tables that hold at the same time as another.
func beside(m *Map) []*Map {
	switch {
	case m == &Typing:
		return append([]*Map{&Global}, inText...)
	case slices.Contains(inText, m):
		return []*Map{&Global, &Typing}
	}
	return []*Map{&Global}
}

// isMove reports whether an action moves a cursor.
func isMove(a Action) bool {
	_, ok := a.Steps(1, 1)
	return ok
}

// tableNames lists the names of the tables.
func tableNames() (list []string) {
	for _, t := range registry {
		list = append(list, t.name)
	}
	return list
}

// name is that of an action in the configuration: next_field.
func (a Action) name() string { return strings.ReplaceAll(string(a), " ", "_") }

// actions lists the names of the actions of a table, each once.
func (t table) actions() (list []string) {
	for _, m := range t.maps {
		for _, b := range m.Bindings() {
			if b.Do != "" && (!t.moving || isMove(b.Do)) && !slices.Contains(list, b.Do.name()) {
				list = append(list, b.Do.name())
			}
		}
	}
	return list
}

// Names lists every action whose keys can be chosen: TABLE.ACTION.
func Names() (list []string) {
	for _, t := range registry {
		for _, action := range t.actions() {
			list = append(list, t.name+"."+action)
		}
	}
	return list
}

// space is how the space is written; Bubble Tea calls it " ".
const space = "space"

// special tells of a key whether it has a name, as Bubble Tea calls them. Most runs ask for none.
var special = sync.OnceValue(func() map[string]bool {
	known := map[string]bool{}
	for t := tea.KeyType(-128); t < 128; t++ {
		if name := (tea.Key{Type: t}).String(); len(name) > 1 {
			known[name] = true
		}
	}
	return known
})

// isKey reports whether there is a key of that name: a character, or one such as ctrl+n, alt+x, f5.
func isKey(name string) bool {
	name = strings.TrimPrefix(name, "alt+")
	return special()[name] || len([]rune(name)) == 1
}

// shown are the names of keys as the help writes them.
var shown = strings.NewReplacer("up", "↑", "down", "↓", "left", "←", "right", "→")

// Label is how the help writes keys.
func Label(keys []string) string {
	list := make([]string, len(keys))
	for i, k := range keys {
		last := k[strings.LastIndexByte(k[:len(k)-1], '+')+1:]
		switch {
		case k == " ":
			list[i] = space
		case last == "up" || last == "down" || last == "left" || last == "right":
			list[i] = strings.TrimSuffix(k, last) + shown.Replace(last)
		case len(k) > 1 && k[0] == 'f' && special()[k]:
			list[i] = strings.ToUpper(k)
		default:
			list[i] = k
		}
	}
	return strings.Join(list, " ")
}
