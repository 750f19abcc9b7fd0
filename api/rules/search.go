package rules

import (
	"errata/api"
	"errata/model"
	"errata/model/jsonraw"
	"errata/model/search"
	"errata/model/selection"
)

// SearchAll is the word of api.LogQuery.SearchIn for all places.
const SearchAll = "all"

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
	return append(words, selection.SearchID, selection.SearchTool)
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
	s, err := search.Parse(q.Search, selection.IsSearchField)
	if err != nil {
		return s, Refuse([]api.FieldError{{Loc: []any{inQuery, "search"}, Msg: err.Error(), Type: "value_error.search"}})
	}
	return s, nil
}
