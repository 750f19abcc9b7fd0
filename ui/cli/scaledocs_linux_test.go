package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// needle stands once in each large log, near its end.
const needle = "zebra-needle-4711"

// scaleSize is how large the logs of BenchmarkScale are: ERRATA_SCALE, in bytes or with k or m
// behind, or 100 MB.
func scaleSize(tb testing.TB) int {
	tb.Helper()
	text := os.Getenv("ERRATA_SCALE")
	if text == "" {
		return 100_000_000
	}
	unit := 1
	switch text[len(text)-1] {
	case 'k':
		unit, text = 1000, text[:len(text)-1]
	case 'm':
		unit, text = 1_000_000, text[:len(text)-1]
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		tb.Fatalf("ERRATA_SCALE: %v", err)
	}
	return n * unit
}

// shape is a kind of large log, and the keys that lead from the list to its large value.
type shape struct {
	name, field string
	size        int // of small, for the shapes that do not grow; 0 for all of the size asked for
	doc         func(name string, size int) string
	// the keys that change it in its editor: x in that of a text, as little in the others
	edit string
}

// shapes are the logs that BenchmarkScale opens.
var shapes = []shape{
	{name: "small", field: "gjj", size: 10_000, doc: largeText, edit: "x"},
	{name: "text", field: "gjj", doc: largeText, edit: "x"},
	{name: "message", field: "g", doc: oneMessage, edit: "\rs"},
	{name: "messages", field: "g", doc: manyMessages, edit: "D"},
	{name: "line", field: "gjj", doc: oneLine, edit: "x"},
	{name: "deep", field: "g" + strings.Repeat("j", 16), doc: deepMap, edit: "D"},
}

// put imports a log from a file of its own.
func (h home) put(name, doc string) (file string) {
	h.t.Helper()
	file = filepath.Join(h.dir, name+".json")
	if err := os.WriteFile(file, []byte(doc), 0o600); err != nil {
		h.t.Fatal(err)
	}
	h.run("import", file)
	return file
}

// logOf wraps members into a log; each is on a line of its own, as in a file that somebody opens in
// another editor.
func logOf(name, members string) string {
	return fmt.Sprintf("{\"id\":\"log_%s\",\n\"prompt\":{\"id\":\"pr_scale\",\"path\":\"scale/%[1]s\"},\n\"created_at\":\"2025-03-01T10:00:00\",\n%s}", name, members)
}

// largeText is a log with a text of many lines.
func largeText(name string, size int) string {
	return logOf(name, `"output":"`+prose(size)+needle+`\nThe end."`)
}

// oneMessage is a log with one huge message.
func oneMessage(name string, size int) string {
	return logOf(name, `"messages":[{"role":"user","content":"`+prose(size)+needle+`\nThe end."}]`)
}

// manyMessages is a log of 50,000 messages, of fewer when that would make them very small.
func manyMessages(name string, size int) string {
	n := min(50_000, max(size/500, 2))
	text := prose(size/n - 60)
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf(`{"role":"%s","content":"%d. %s"}`, [2]string{"user", "assistant"}[i%2], i+1, text)
	}
	list[n-1] = `{"role":"user","content":"` + needle + `"}`
	return logOf(name, "\"messages\":[\n"+strings.Join(list, ",\n")+"]")
}

// oneLine is a log with a text of half the size in a single line.
func oneLine(name string, size int) string {
	return logOf(name, `"output":"`+strings.ReplaceAll(prose(size/2), `\n`, " ")+needle+`"`)
}

// deepMap is a log with a map nested 1,000 deep.
func deepMap(name string, size int) string {
	const depth = 1000
	text := prose(size / depth)
	var b strings.Builder
	for i := range depth {
		fmt.Fprintf(&b, `{"%d":"%s","in":`, i, text)
	}
	return logOf(name, `"inputs":`+b.String()+`"`+needle+`"`+strings.Repeat("}", depth))
}
