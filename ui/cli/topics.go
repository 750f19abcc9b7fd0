package cli

import (
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"errata/model/pattern"
)

// topic is a page that help shows under a name.
type topic struct{ name, page, short string }

// topics are all of them. A command of the same name comes first: keys is one, keyboard is not.
var topics = []topic{
	{"keyboard", "keys.md", "The keys of each screen, and how to choose others"},
	{"settings", "settings.md", "Flags, environment, profiles, keys of servers, prices, colours"},
	{"selections", "selections.md", "Which logs are meant: searches, filters, expressions"},
	{"paths", "paths.md", "Places within a value, and assignments"},
	{"servers", "servers.md", "The store, serving it, PostgreSQL"},
	{"safety", "safety.md", "What is written where, what a kill costs, redacting, deleting"},
}

// topicNames are the names of topics.
func topicNames() (names []string) {
	for _, t := range topics {
		names = append(names, t.name)
	}
	return names
}

// listOfTopics is what the help says of them.
func listOfTopics() string {
	var b strings.Builder
	for _, t := range topics {
		b.WriteString("\n  " + t.name + strings.Repeat(" ", 12-len(t.name)) + t.short)
	}
	return b.String()
}

// completeTopics offers the names of topics.
func completeTopics() (out []cobra.Completion) {
	for _, t := range topics {
		out = append(out, cobra.CompletionWithDesc(t.name, t.short))
	}
	return out
}

// explain prints the page of a topic; known is false for any other word.
func (a *app) explain(name string) (known bool, err error) {
	for _, t := range topics {
		if t.name != name {
			continue
		}
		text, err := fs.ReadFile(a.env.Pages, t.page)
		if err != nil {
			return true, fail(exitFailed, "the page of %s: %w", name, err)
		}
		a.out.printf("%s", plainPage(string(text)))
		return true, nil
	}
	return false, nil
}

var (
	pageMark = pattern.Of(`(?m)^<!-- .* -->\n`)
	pageLink = pattern.Of(`\[([^\]\n]+)\]\([^()\s]+\)`)
)

// plainPage is a page for reading in a terminal: Markdown without links and the marks of what is
// made.
func plainPage(text string) string {
	return pageLink().ReplaceAllString(pageMark().ReplaceAllString(text, ""), "$1")
}
