package server

import (
	"errors"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"errata/api"
	"errata/api/rules"
	"errata/model/jsonraw"
)

// sort is the type of a query parameter.
type sort int

// The types of query parameters.
const (
	text   sort = iota
	whole       // a whole number between least and most
	yesNo       // a boolean
	moment      // ISO 8601
	choice      // one of words
)

// param is one parameter of a query: how it is read, and what the description of the API says of
// it.
type param struct {
	name        string
	sort        sort
	many        bool // it may stand more than once; of any other the last counts
	required    bool
	private     bool // its value may quote a log, and is kept out of the records of requests
	least, most int
	words       func() []string // of a choice
	help        string
}

// Limits and defaults of a page.
const (
	defaultPage = 1
	defaultSize = 10
	maxSize     = 1000
)

// createdAt orders files by when they were made.
const createdAt = "created_at"

// Parameters that several endpoints have.
var (
	pageParam        = param{name: "page", sort: whole, least: 1, most: math.MaxInt, help: "which page, from 1; 1 when it is left out"}
	sizeParam        = param{name: "size", sort: whole, least: 0, most: maxSize, help: "how many records a page has; 10 when it is left out"}
	versionParam     = param{name: "version_id", help: "the version"}
	environmentParam = param{name: "environment", help: "the name of the environment whose version is meant"}
	sortParam        = param{name: "sort_by", sort: choice, words: orderings, help: "what the records are ordered by"}
	orderParam       = param{name: "order", sort: choice, words: directions, help: "the direction of the order"}
	cutParam         = param{name: "cut", sort: whole, least: 1, most: math.MaxInt, help: "an addition: about how many bytes each member of a log may have; those that are not whole are listed in its member " + jsonraw.CutMember}
	nameParam        = param{name: "name", private: true, help: "contained in the name, in any case"}
)

func orderings() []string  { return []string{createdAt, "updated_at", "name"} }
func directions() []string { return []string{"desc", "asc"} }

// refusal makes the entry of a 422 about the parameter.
func (p *param) refusal(msg, kind string) []api.FieldError {
	return []api.FieldError{{Loc: []any{"query", p.name}, Msg: msg, Type: kind}}
}

// args are the parameters of a request, checked by the table of its endpoint.
type args struct{ values url.Values }

// readArgs checks a query by a table; parameters that the table does not have are passed over. A
// query of which a part cannot be read is refused: without that part it would ask for something
// else. The error is an *api.Error of code Invalid.
func readArgs(table []param, query string) (args, error) {
	if query == "" && len(table) == 0 {
		return args{}, nil
	}
	values, err := url.ParseQuery(query)
	if err != nil {
		return args{}, rules.Refuse([]api.FieldError{{Loc: []any{"query"}, Msg: "the query cannot be read: " + queryFault(query, err), Type: "value_error.query"}})
	}
	var bad []api.FieldError
	for i := range table {
		p := &table[i]
		list := values[p.name]
		if len(list) == 0 && p.required {
			bad = append(bad, p.refusal("field required", "value_error.missing")...)
		}
		if !p.many && len(list) > 1 {
			list = list[len(list)-1:]
		}
		for _, value := range list {
			bad = append(bad, p.check(value)...)
		}
	}
	return args{values}, rules.Refuse(bad)
}

// queryFault says why a query cannot be read.
func queryFault(query string, err error) string {
	var escape url.EscapeError
	switch {
	case errors.As(err, &escape):
		return fmt.Sprintf("%q is not an escape; write %%25 for a %%", string(escape))
	case strings.Contains(query, ";"):
		return "a ; separates no parameters; write &, or %3B for a ; in a value"
	}
	return "it has too many parameters"
}

// check says what is wrong with a value, nothing when it is of the parameter's sort.
func (p *param) check(value string) []api.FieldError {
	switch p.sort {
	case whole:
		return p.checkWhole(value)
	case yesNo:
		if _, ok := readYesNo(value); !ok {
			return p.refusal("value could not be parsed to a boolean", "type_error.bool")
		}
	case moment:
		if _, err := rules.Instant(value); value != "" && err != nil {
			return p.refusal("invalid datetime format", "value_error.datetime")
		}
	case choice:
		if words := p.words(); !slices.Contains(words, value) {
			return p.refusal("value is not a valid enumeration member; permitted: "+strings.Join(words, ", "), "type_error.enum")
		}
	case text:
	}
	return nil
}

func (p *param) checkWhole(value string) []api.FieldError {
	n, ok := readWhole(value)
	switch {
	case !ok:
		return p.refusal("value is not a valid integer", "type_error.integer")
	case n < p.least:
		return p.refusal(fmt.Sprintf("ensure this value is greater than or equal to %d", p.least), "value_error.number.not_ge")
	case n > p.most:
		return p.refusal(fmt.Sprintf("ensure this value is less than or equal to %d", p.most), "value_error.number.not_le")
	}
	return nil
}

// readWhole reads a whole number; one that is out of range comes back as the nearest one in it.
func readWhole(value string) (n int, ok bool) {
	n, err := strconv.Atoi(strings.TrimSpace(value))
	return n, err == nil || errors.Is(err, strconv.ErrRange)
}

// readYesNo reads a boolean in the words that FastAPI takes.
func readYesNo(value string) (yes, ok bool) {
	switch strings.ToLower(value) {
	case "true", "1", "yes", "on", "t", "y":
		return true, true
	case "false", "0", "no", "off", "f", "n":
		return false, true
	}
	return false, false
}

// text is the last value of a parameter, empty when there is none.
func (a args) text(name string) string {
	if list := a.values[name]; len(list) > 0 {
		return list[len(list)-1]
	}
	return ""
}

// texts is every value of a parameter.
func (a args) texts(name string) []string { return a.values[name] }

// whole is a whole number, fallback when there is none.
func (a args) whole(name string, fallback int) int {
	if len(a.values[name]) == 0 {
		return fallback
	}
	n, _ := readWhole(a.text(name))
	return n
}

// yes is a boolean, false when there is none.
func (a args) yes(name string) bool {
	yes, _ := readYesNo(a.text(name))
	return yes
}

// switches are booleans, in the order in which they stand.
func (a args) switches(name string) (list []bool) {
	for _, value := range a.values[name] {
		yes, _ := readYesNo(value)
		list = append(list, yes)
	}
	return list
}

// page is which page is asked for.
func (a args) page() (page, size int) {
	return a.whole(pageParam.name, defaultPage), a.whole(sizeParam.name, defaultSize)
}

// version is which version of a file is asked for.
func (a args) version() api.CreateQuery {
	return api.CreateQuery{VersionID: a.text(versionParam.name), Environment: a.text(environmentParam.name)}
}
