package chat

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/tree"
	"errata/ui/find"
	"errata/ui/paint"
	"errata/ui/rows"
	"errata/ui/theme"
	"errata/ui/uitest"
)

// look types a query.
func (d *driver) lookFor(query string) *driver {
	return d.press("/").write(query).press("enter")
}

func (d *driver) on(path string) *driver {
	d.t.Helper()
	if got := rows.JSONPath(d.Root(), d.Path()); got != path {
		d.t.Errorf("the cursor is on %s, want %s", got, path)
	}
	return d
}

func TestSearchWalksTheMessages(t *testing.T) {
	t.Parallel()
	d := drive(t, tides, false, 60, 12)
	d.lookFor("tide").says("1 of 3 hits for tide").on(".[0].content").shows("tide almanac")
	d.press("n").says("2 of 3").on(".[1].content[0].text").shows("high tide at the ☃ pier")
	d.press("n").says("3 of 3").on(".[2].tool_calls[0]").shows("→ get_tide")
	d.press("n").says("1 of 3").on(".[0].content").press("N").says("3 of 3")
	d.is(tides)
}

func TestSearchFindsWhatACardShows(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]struct {
		hits int
		on   string
	}{
		"maria":      {1, ".[1]"},                                  // a name, in the heading
		"pilot":      {1, ".[6]"},                                  // a role
		"☃":          {1, ".[1].content[0].text"},                  // as decoded
		"1.50":       {1, ".[2].tool_calls[0].function.arguments"}, // in JSON within a text
		"port":       {1, ".[2].tool_calls[0].function.arguments"}, // a name there
		"north":      {1, ".[2].tool_calls[1].function.arguments"}, // a text that is not JSON
		"table says": {1, ".[2].thinking[0].thinking"},             // collapsed
		"refusal":    {1, ".[5].refusal"},                          // the name of an unknown member
		"2.50":       {1, ".[1].content[2]"},                       // within one
		"cache":      {1, ".[1].content[0].cache"},                 // a member of a part
		"not a":      {1, ".[7]"},                                  // no message
		"call_9":     {1, ".[4]"},                                  // what a tool message answers
		"content":    {0, ".[0]"},                                  // names that every message has
		"iVBOR":      {0, ".[0]"},                                  // an image
		"image_url":  {0, ".[0]"},                                  // the type of a part
		"c2ln":       {0, ".[0]"},                                  // the signature of thinking
		"c2VjcmV0":   {0, ".[0]"},                                  // thinking that is redacted
		"get_wind":   {1, ".[2].tool_calls[1]"},
	} {
		d := drive(t, tides, false, 60, 12)
		words := fmt.Sprintf("of %d hit", want.hits)
		if want.hits == 0 {
			words = "not found"
		}
		d.lookFor(query).says(words).on(want.on)
		if h, ok := d.Search().Current(); ok != (want.hits > 0) {
			t.Errorf("%s: %v", query, h)
		}
	}
}

// The marks are looks, so that they can only be told with looks on.
func TestTheHitIsInSightAndMarked(t *testing.T) {
	t.Parallel()
	th := theme.For("dark", theme.Terminal{})
	current := paint.Of(th.CurrentMatch)
	long := strings.Repeat(`line\n`, 300) + `the Needle here\n` + strings.Repeat(`line\n`, 300)
	doc := `[{"role":"user","content":"` + long + `"},{"role":"assistant","content":"` + long + `","meta":{"a":["a needle"],"needle":2}}]`
	d := drive(t, doc, false, 80, 12)
	d.SetTheme(th)
	d.press("z").lookFor("needle")
	for i, row := range []string{"the Needle here", "the Needle here", `"a needle"`, `"needle": 2`} {
		d.says(fmt.Sprintf("%d of 4 hits", i+1)).shows(row)
		if n := strings.Count(d.View(), current.Before+"eedle") + strings.Count(d.View(), current.Before+"Needle"+current.After) +
			strings.Count(d.View(), current.Before+"needle"+current.After); n != 1 {
			t.Errorf("hit %d: %d current hits are marked in\n%q", i, n, d.View())
		}
		d.press("n")
	}
	if d.press("esc"); strings.Contains(d.View(), current.Before+"Needle") {
		t.Error("the mark stays")
	}
}

func TestSearchGoesOnAfterAnEdit(t *testing.T) {
	t.Parallel()
	d := drive(t, `[{"role":"user","content":"a hit"},{"role":"user","content":"b"},{"role":"user","content":"a hit"},{"role":"user","content":"hit"}]`, false, 60, 12)
	d.lookFor("hit").on(".[0].content").to(1).press("x").lacks("[3]").press("n").says("2 of 3").on(".[1].content")
	d.press("u", "n").says("2 of 3").on(".[2].content").press("n").says("3 of 3")
}

func TestThePromptOfTheMessages(t *testing.T) {
	t.Parallel()
	d := drive(t, tides, false, 60, 6)
	d.press("/")
	if !d.Capturing() {
		t.Error("letters are keys while a query is typed")
	}
	d.write("q").paste("x").shows("/qx")
	if x, y, ok := d.Cursor(); x != 3 || y != 5 || !ok {
		t.Errorf("the cursor is at %d, %d, %v", x, y, ok)
	}
	if d.press("esc"); d.Capturing() || d.send(uitest.Key("esc")) {
		t.Error("esc does not just close the prompt")
	}
	d.lookFor("nine").press("/").shows("/nine").press("enter").says("of 2 hits")
	d.press("/", "alt+r").shows("regexp/").write(`0\d:`).press("enter").on(".[3].content")
}

// While a part is edited as JSON the search is within it.
func TestSearchWithinAPart(t *testing.T) {
	t.Parallel()
	d := drive(t, tides, false, 60, 16)
	d.to(2, 3, 0).press("down", "enter").lookFor("days").says("1 of 1 hit for days").press("esc", "esc")
	if d.Panel() != nil {
		t.Error("the part is not left")
	}
	d.is(tides)
}

// seek looks for something rare in a conversation and walks the hits; it gives how long each key
// took to its frame, and how long the whole search.
func seek(t *testing.T, doc []byte, query string) (keys, search time.Duration) {
	t.Helper()
	d := &driver{view: newView(tree.New(doc), false, rows.Options{Theme: theme.For("dark", theme.Terminal{})}), t: t}
	d.SetSize(120, 40)
	at := func(k string) (cmd tea.Cmd) {
		began := time.Now()
		_, cmd = d.Update(uitest.Key(k))
		d.View()
		keys = max(keys, time.Since(began))
		return cmd
	}
	at("/")
	for _, r := range query {
		at(string(r))
	}
	cmd := at("enter")
	began := time.Now()
	for cmd != nil {
		msg, ok := cmd().(find.Msg)
		if !ok {
			t.Fatal("the search brings something else")
		}
		shown := time.Now()
		_, cmd = d.Update(msg)
		d.View()
		keys = max(keys, time.Since(shown))
	}
	search = time.Since(began)
	for _, k := range []string{"n", "n", "N", "j", "n", "G", "N", "esc"} {
		at(k)
	}
	return keys, search
}

// quartz puts a rare word into a conversation, at its beginning, in the middle and near its end.
func quartz(doc []byte) []byte {
	text := string(doc)
	for _, part := range []int{90, 50, 10} { // from the end, so that places stay
		i := strings.LastIndex(text[:len(text)*part/100], " ")
		text = text[:i] + " quartz" + text[i:]
	}
	return []byte(text)
}

// No key of a search may cost more than a few times what it does in a small conversation. The
// fastest of some rounds is compared, which other work on the machine disturbs least.
func TestSearchTakesNoKeyInALargeConversation(t *testing.T) {
	best := func(doc []byte) (keys, search time.Duration) {
		keys, search = seek(t, quartz(doc), "quartz")
		for range 2 {
			k, s := seek(t, quartz(doc), "quartz")
			keys, search = min(keys, k), min(search, s)
		}
		return keys, search
	}
	var small time.Duration
	for _, doc := range [][]byte{many(400), huge(40<<10, true), huge(40<<10, false)} {
		keys, _ := best(doc)
		small = max(small, keys)
	}
	for name, doc := range map[string][]byte{"50,000 messages": many(50_000), "20 MB": huge(20<<20, true), "20 MB in a line": huge(20<<20, false)} {
		keys, search := best(doc)
		const slack = 20 * time.Millisecond // of a busy machine; what is read whole takes a hundred
		if keys > 5*small+slack {
			t.Errorf("%s: a key takes %v, the slowest in a small conversation %v", name, keys, small)
		}
		t.Logf("%s, %d MB: slowest key %v (%v in a small one), search %v", name, len(doc)>>20, keys, small, search)
	}
}

// TestEnterEditsAtTheHit opens a text with the cursor where the search is, a large one too.
func TestEnterEditsAtTheHit(t *testing.T) {
	t.Parallel()
	d := drive(t, tides, false, 60, 12)
	d.lookFor("pier").press("enter").write("*").press("esc")
	d.shows("high tide at the ☃ *pier")
	large := strings.Repeat("row after row\n", 100_000)
	d = drive(t, `[{"role": "user", "content": "`+strings.ReplaceAll(large, "\n", `\n`)+`a buoy and a buoy\n`+strings.ReplaceAll(large, "\n", `\n`)+`"}]`, false, 60, 12)
	d.lookFor("buoy").press("n", "enter").write("*").press("esc")
	if text, _ := d.Root().Child(0).Child(1).Text(); !strings.Contains(text, "a buoy and a *buoy") {
		t.Error("it was not edited at the hit")
	}
}

// TestEnterOpensJSONAtTheHit opens what is edited as JSON with the cursor where the search is: the
// JSON that a string holds, and a member that no card has words for.
func TestEnterOpensJSONAtTheHit(t *testing.T) {
	t.Parallel()
	const doc = `[{"role": "assistant", "content": null, "tool_calls": [{"id": "c", "type": "function", "function": {"name": "plan", ` +
		`"arguments": "{\"from\": \"north pier\", \"stops\": [{\"at\": \"the pier\"}, {\"at\": \"a buoy\", \"pier\": \"none\"}]}"}}], ` +
		`"meta": {"type": "a quay", "quay": {"text": "old quay\nnew quay"}}}]`
	for _, c := range []struct {
		query string
		nexts int
		on    string
	}{
		{"pier", 0, ".from"}, {"pier", 1, ".stops[0].at"}, {"pier", 2, ".stops[1].pier"}, {"buoy", 0, ".stops[1].at"},
		{"quay", 0, ".type"}, {"quay", 1, ".quay"}, {"quay", 2, ".quay.text"}, {"quay", 3, ".quay.text"},
	} {
		d := drive(t, doc, false, 60, 24)
		d.lookFor(c.query)
		for range c.nexts {
			d.press("n")
		}
		before := d.Root()
		d.press("enter")
		o, ok := d.Panel().(*nested)
		if !ok {
			t.Errorf("hit %d of %s: no JSON is open", c.nexts, c.query)
			continue
		}
		if got := rows.JSONPath(o.out.Root(), o.out.Path()); got != c.on {
			t.Errorf("hit %d of %s: the cursor is on %s, want %s", c.nexts, c.query, got, c.on)
		}
		if h, shown := o.out.Search().Current(); !shown || c.nexts == 3 && h.Line <= 1 {
			t.Errorf("hit %d of %s is not the one that is shown: %v", c.nexts, c.query, h)
		}
		d.says(fmt.Sprintf("%d of ", c.nexts+1))
		if d.Root() != before {
			t.Error("to look changes the value")
		}
	}
}
