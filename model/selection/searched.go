package selection

import (
	"slices"

	"errata/model"
	"errata/model/search"
)

// The places of a search that are not fields: the id of the log, and the names of the functions that
// its messages call.
const (
	SearchID   = "id"
	SearchTool = "tool"
)

// IsSearchField reports whether a word before a colon in a search is the name of what it is looked
// for in.
func IsSearchField(name string) bool {
	return name == SearchID || name == SearchTool ||
		slices.ContainsFunc(model.Fields(), func(f *model.Field) bool { return f.Name == name })
}

// Wanted lists the texts because of which logs are selected, none of a search that cannot be read.
func (s Selection) Wanted() []string {
	read, err := search.Parse(s.Search, IsSearchField)
	if err != nil {
		return nil
	}
	return read.Wanted()
}
