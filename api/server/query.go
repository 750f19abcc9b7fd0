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
)

// Limits and defaults of a page.
const (
	defaultSize = 10
	maxSize     = 1000
)

// query reads the parameters of a request and collects what is wrong with them.
type query struct {
	values url.Values
	bad    []api.FieldError
}

func (q *query) refuse(name, msg, kind string) {
	q.bad = append(q.bad, api.FieldError{Loc: []any{"query", name}, Msg: msg, Type: kind})
}

// last is the value of a parameter, the last one when it stands more than once.
func (q *query) last(name string) (value string, ok bool) {
	list := q.values[name]
	if len(list) == 0 {
		return "", false
	}
	return list[len(list)-1], true
}

// text is a parameter that may be left out.
func (q *query) text(name string) string {
	value, _ := q.last(name)
	return value
}

// required is a parameter that may not.
func (q *query) required(name string) string {
	value, ok := q.last(name)
	if !ok {
		q.refuse(name, "field required", "value_error.missing")
	}
	return value
}

// number is a whole number within bounds.
func (q *query) number(name string, fallback, least, most int) int {
	value, ok := q.last(name)
	if !ok {
		return fallback
	}
	n, err := strconv.Atoi(strings.TrimSpace(value)) // a number that is out of range comes back as the nearest one in it
	switch {
	case err != nil && !errors.Is(err, strconv.ErrRange):
		q.refuse(name, "value is not a valid integer", "type_error.integer")
	case n < least:
		q.refuse(name, fmt.Sprintf("ensure this value is greater than or equal to %d", least), "value_error.number.not_ge")
	case n > most:
		q.refuse(name, fmt.Sprintf("ensure this value is less than or equal to %d", most), "value_error.number.not_le")
	default:
		return n
	}
	return fallback
}

// words that stand for a boolean.
const switches = " true false 1 0 yes no on off t f y n "

// check reads a switch that makes no difference for prompt logs.
func (q *query) check(name string) {
	for _, value := range q.values[name] {
		if value == "" || !strings.Contains(switches, " "+strings.ToLower(value)+" ") {
			q.refuse(name, "value could not be parsed to a boolean", "type_error.bool")
		}
	}
}

// word is one of some words, the first when it is left out.
func (q *query) word(name string, words ...string) string {
	value, ok := q.last(name)
	switch {
	case !ok:
		return words[0]
	case !slices.Contains(words, value):
		q.refuse(name, "value is not a valid enumeration member; permitted: "+strings.Join(words, ", "), "type_error.enum")
	}
	return value
}

// page reads which page is asked for.
func (q *query) page() (page, size int) {
	return q.number("page", 1, 1, math.MaxInt), q.number("size", defaultSize, 0, maxSize)
}

// logQuery reads the parameters of GET /logs.
func logQuery(values url.Values) (api.LogQuery, error) {
	q := query{values: values}
	var l api.LogQuery
	l.FileID = q.required("file_id")
	l.Page, l.Size = q.page()
	l.VersionID, l.IDs = q.text("version_id"), values["id"]
	l.Search, l.MetadataSearch = q.text("search"), q.text("metadata_search")
	l.StartDate, l.EndDate = q.text("start_date"), q.text("end_date")
	if _, err := rules.WindowOf(l); err != nil {
		var e *api.Error
		if errors.As(err, &e) {
			q.bad = append(q.bad, e.Fields...)
		}
	}
	q.number("sample", 0, math.MinInt, math.MaxInt)
	for _, name := range []string{"include_parent", "in_trace_filter", "include_trace_children"} {
		q.check(name)
	}
	return l, rules.Refuse(q.bad)
}

// promptQuery reads the parameters of GET /prompts.
func promptQuery(values url.Values) (api.PromptQuery, error) {
	q := query{values: values}
	var p api.PromptQuery
	p.Page, p.Size = q.page()
	p.Name = q.text("name")
	p.SortBy = q.word("sort_by", strings.Fields("created_at updated_at name")...)
	p.Order = q.word("order", "desc", "asc")
	return p, rules.Refuse(q.bad)
}

// createQuery reads which version of a prompt is meant.
func createQuery(values url.Values) api.CreateQuery {
	q := query{values: values}
	return api.CreateQuery{VersionID: q.text("version_id"), Environment: q.text("environment")}
}
