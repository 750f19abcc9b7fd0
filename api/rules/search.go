package rules

import (
	"slices"

	"errata/api"
	"errata/model"
	"errata/model/jsonraw"
	"errata/model/search"
)

// SearchAll is the word of api.LogQuery.SearchIn for all places.
const SearchAll = "all"

// The places of a search that are no field: the id of the log, and the names of the functions that
// its messages call.
const (
	SearchID   = "id"
	SearchTool = "tool"
)

// Searched lists the fields whose text the search of a list reads.
func Searched() []*model.Field { return []*model.Field{model.Inputs, model.Output} }

// SearchedBeyond lists the fields whose text a search reads besides, where all places are asked
// for. The id is one of those places, too.
func SearchedBeyond() []*model.Field {
	return []*model.Field{model.PromptMessages, model.OutputMessage, model.ErrorText, model.Metadata}
}

// SearchPlaces are the words that api.LogQuery.SearchIn may hold.
func SearchPlaces() []string {
	words := []string{SearchAll}
	for _, f := range append(Searched(), SearchedBeyond()...) {
		words = append(words, f.Name)
	}
	return append(words, SearchID, SearchTool)
}

// IsSearchField tells whether a word before a colon in a search is the name of what it is looked
// for in.
func IsSearchField(name string) bool {
	return name == SearchID || name == SearchTool ||
		slices.ContainsFunc(model.Fields(), func(f *model.Field) bool { return f.Name == name })
}

// SearchedIn is the member of a page, with a comma before it, that says where a search looked which
// asked for places; empty for another.
func SearchedIn(places []string) []byte {
	if len(places) == 0 {
		return nil
	}
	member := append([]byte(`,"`+model.SearchedInMember+`":[`), jsonraw.Literal(places[0])...)
	for _, place := range places[1:] {
		member = append(append(member, ','), jsonraw.Literal(place)...)
	}
	return append(member, ']')
}

// Search reads what a query looks for. Without places it is a text, as the API has it; with some it
// is in the language of the package search. The error is Invalid and says at which column.
func Search(q api.LogQuery) (search.Search, error) {
	if len(q.SearchIn) == 0 {
		return search.Plain(q.Search), nil
	}
	s, err := search.Parse(q.Search, IsSearchField)
	if err != nil {
		return s, Refuse([]api.FieldError{{Loc: []any{inQuery, "search"}, Msg: err.Error(), Type: "value_error.search"}})
	}
	return s, nil
}
