package store

import (
	"slices"
	"sync"

	"errata/api"
	"errata/api/rules"
	"errata/api/store/index"
	"errata/model"
	words "errata/model/selection"
)

// idMember is the member of a log that holds its id.
const idMember = "id"

// places are the places of a search in all places. The index has the text of all of them.
// Nobody changes the list.
var places = sync.OnceValue(func() []index.Place {
	var list []index.Place
	for _, f := range append(rules.Searched(), rules.SearchedBeyond()...) {
		list = append(list, placesNamed(f.Name)...)
	}
	return append(list, placesNamed(words.SearchID)...)
})

// placesOf are the places of a search that names one, or all.
func placesOf(name string) []index.Place {
	if name == rules.SearchAll {
		return places()
	}
	return placesNamed(name)
}

// placesNamed are the places of a search in a field, the id or the called functions.
func placesNamed(name string) []index.Place {
	switch name {
	case words.SearchID:
		return []index.Place{{Member: idMember}}
	case words.SearchTool:
		return []index.Place{{Member: model.PromptMessages.Name, As: index.Tools}, {Member: model.OutputMessage.Name, As: index.Tools}}
	case model.PromptMessages.Name, model.OutputMessage.Name:
		return []index.Place{{Member: name, As: index.Shown}}
	}
	return []index.Place{{Member: name}}
}

// searched are the members of a log whose text is in the index. Nobody changes the list.
var searched = sync.OnceValue(func() []string {
	var names []string
	for _, p := range places() {
		names = append(names, p.Member)
	}
	return names
})

// expression is the search of a query as an expression for the index.
func expression(q api.LogQuery) (index.Expr, error) {
	s, err := rules.Search(q)
	if err != nil {
		return nil, err
	}
	var anywhere []index.Place
	for _, name := range q.SearchIn {
		anywhere = append(anywhere, placesOf(name)...)
	}
	if len(q.SearchIn) == 0 {
		for _, f := range rules.Searched() {
			anywhere = append(anywhere, placesOf(f.Name)...)
		}
	}
	var expr index.Expr
	for _, group := range s.Groups {
		var clauses []index.Clause
		for _, w := range group {
			in := anywhere
			if w.Field != "" {
				in = placesOf(w.Field)
			}
			clauses = append(clauses, index.Clause{Term: term(w.Text, in), Not: w.Not})
		}
		expr = append(expr, clauses)
	}
	return expr, nil
}

// term is a search for a word in some places.
func term(word string, in []index.Place) index.Term {
	indexed := searched()
	kind := index.Searched
	if slices.ContainsFunc(in, func(p index.Place) bool { return !slices.Contains(indexed, p.Member) }) {
		kind = 0
	}
	return index.NewTerm(word, kind, in...)
}
